"""What a process of the simulation is given to do."""

import logging
from collections.abc import Iterable

from tests.simulate.mutants import without
from tests.simulate.run import Result, run

CAUGHT_WITHIN = 1_000  # schedules


def play_batch(seeds: Iterable[int], mutant: str) -> list[Result]:
    """These schedules, with this guard removed or, with "", none."""
    logging.disable()
    with without(mutant):
        return [run(seed) for seed in seeds]


def first_caught(mutant: str) -> tuple[int, str] | None:
    """After how many schedules this mutant is caught, and by what; None where it is not."""
    logging.disable()
    with without(mutant):
        for number in range(CAUGHT_WITHIN):
            if (result := run(number)).wrong:
                return number + 1, result.words[0]
    return None
