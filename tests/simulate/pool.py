"""What a process of the simulation is given to do."""

import gc
import logging
from collections.abc import Iterable

from tests.simulate.mutants import without
from tests.simulate.run import Result, run

BROKEN = ("TypeError", "AttributeError", "NameError")
CAUGHT_WITHIN = 1_000  # schedules
RUBBISH = 200_000  # objects: looking through them more often takes a twentieth of the time


def play_batch(seeds: Iterable[int], mutant: str, twice: bool = False) -> list[Result]:
    """These schedules, with this guard removed or, with "", none; perhaps each a second time."""
    logging.disable()
    gc.set_threshold(RUBBISH, 50, 50)
    with without(mutant):
        return [_alike(seed) if twice else run(seed) for seed in seeds]


def _alike(seed: int) -> Result:
    """A schedule that must play the same twice, to the last byte."""
    first, again = run(seed), run(seed)
    if first != again:
        first.crashed = first.crashed or "it did not play the same a second time"
    return first


def first_caught(mutant: str) -> tuple[int, str] | None:
    """After how many schedules this mutant is caught, and by what; None where it is not."""
    logging.disable()
    with without(mutant):
        for number in range(CAUGHT_WITHIN):
            if (result := run(number)).wrong:
                if result.crashed.startswith(BROKEN):  # it does not fit the code any more
                    raise RuntimeError(f"{mutant}: {result.crashed}")
                return number + 1, result.words[0]
    return None
