"""Who uses a folder now: many beside each other, or one alone. A lock goes with its process.

On Windows nothing is locked, and one process serves alone, as in `sync.server.parts`.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import UserError

NAME = ".in-use"  # of the locked file; it stays, for a lock on a file that comes and goes is none


@contextmanager
def beside_others(folder: Path, refusal: UserError) -> Iterator[None]:
    """Use the folder while the block runs, as others may. Raises `refusal` where one is alone in it."""
    with _locked(folder, refusal, NAME, shared=True):
        yield


@contextmanager
def alone(folder: Path, refusal: UserError, name: str = NAME) -> Iterator[None]:
    """Have the folder to oneself while the block runs. Raises `refusal` where others use it.
    Locks of another `name` are of another use of the folder.

    Both make the folder where it is missing, for its owner only, and raise OSError.
    """
    with _locked(folder, refusal, name, shared=False):
        yield


if sys.platform == "win32":

    @contextmanager
    def _locked(folder: Path, refusal: UserError, name: str, *, shared: bool) -> Iterator[None]:
        yield

else:
    import fcntl

    @contextmanager
    def _locked(folder: Path, refusal: UserError, name: str, *, shared: bool) -> Iterator[None]:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                raise refusal from None
            yield
        finally:
            os.close(handle)  # and with it the lock
