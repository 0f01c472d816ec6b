"""Python's garbage collector stops all threads while it looks: it is given little to look at."""

import gc


def settle() -> None:
    """What was made so far stays: it is cleared of garbage once, and not looked through again.

    A full look through all that an open program holds takes a tenth of a second on a good
    machine, and an exchange brings one about again and again. Afterwards only what is new is
    looked through. Call it where nobody types: it takes that long itself.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def keep() -> None:
    """What came since stays, too: modules that were loaded. It takes no time; garbage among it is cleared
    by the next `settle`."""
    gc.freeze()
