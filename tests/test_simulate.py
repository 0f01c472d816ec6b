"""The simulation itself: the same seed plays the same, and what it promises to find it finds.

`python -m tests` plays 2,000 schedules beside these tests; `make soak` plays every mutant.
"""

import logging

import pytest

from tests.simulate.line import FAULTS
from tests.simulate.mutants import MUTANTS, without
from tests.simulate.run import run

SEEDS = range(900_000, 900_004)
QUICK = (
    "no_change_id",
    "outbox_emptied_before_the_answer",
    "cursor_before_the_page",
    "lost_reply_locks_out",
    "no_term",
)


@pytest.fixture(autouse=True)
def quiet():
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_schedule_keeps_every_promise_and_plays_alike_twice(seed):
    first, again = run(seed), run(seed)

    assert first.words == []
    assert first == again


@pytest.mark.slow
@pytest.mark.parametrize("mutant", QUICK)
def test_a_guard_removed_breaks_a_promise(mutant):
    with without(mutant):
        assert any(run(seed).wrong for seed in range(20))


def test_there_are_mutants_enough_and_each_says_what_it_removes():
    assert len(MUTANTS) >= 12
    assert all(make.__doc__ or make.__wrapped__.__doc__ for make in MUTANTS.values())


@pytest.mark.slow
def test_every_fault_of_the_line_is_injected():
    wanted, seen = {*FAULTS, "term ended", "password asked"}, set()

    assert any(seen.update(run(seed).injected) or seen >= wanted for seed in range(60))
