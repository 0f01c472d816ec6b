"""The simulation itself: the same seed plays the same, and what it promises to find it finds.

`python -m tests` plays 2,000 schedules beside these tests; `make soak` plays every mutant.
"""

import logging
from contextlib import contextmanager
from random import Random
from uuid import uuid4

import pytest

from desktop.actions.edits import Edit
from sync.client import engine
from tests.simulate import names, steps, verdict
from tests.simulate.laptop import hidden
from tests.simulate.line import FAULTS
from tests.simulate.mutants import MUTANTS, without
from tests.simulate.run import begin, run, seeded
from tests.simulate.server import DISTRICTS

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


@pytest.mark.parametrize("told", [True, False])
def test_a_laptop_that_a_restored_server_never_knew_is_bound_by_a_code_and_loses_nothing(told):
    with playing(Random(7)) as world:
        first = world.laptops[0]
        steps.back_up(world, first)
        world.copy(first)
        for _ in range(3):
            for laptop in world.laptops:
                steps.write(world, laptop)
                assert world.sync(laptop) or world.sync(laptop)
        assert not world.shares_name(first)

        world.put_back(told=told)
        for laptop in world.laptops:
            steps.write(world, laptop)
        world.peace()

        assert world.injected["bound again"] == 1
        assert wrong(world) == []


def test_edits_told_again_whose_record_left_with_its_district_are_not_missed():
    """Their author has moved, and reads the district no more: a restored server has them held for it."""
    with playing(Random(3)) as world:
        ama = moved_away_and_told_again(world)

        assert hidden(ama) == []
        world.peace()
        assert wrong(world) == []


def test_an_edit_that_waits_is_missed_where_its_record_leaves_with_the_district():
    with playing(Random(3)) as world:
        ama = moved_away_and_told_again(world)
        ama.told.clear()  # as if no server had ever taken it

        assert hidden(ama)


def test_what_its_author_erased_is_not_missed_where_a_restored_server_refuses_the_erasure():
    """It goes at once, also what was kept for a restored server (decision 12); the erasure is held."""
    with playing(Random(3)) as world:
        answered_and_erased(world)

        assert wrong(world) == []


def test_what_its_author_erased_is_missed_where_no_restore_lost_it():
    with playing(Random(3)) as world:
        edit, _ = answered_and_erased(world)
        world.forgotten.clear()

        assert verdict.losses(world) == [f"edit {edit} of ben is nowhere"]


def test_an_erasure_that_was_refused_is_missed_where_its_person_does_not_find_it():
    with playing(Random(3)) as world, without("refused_edits_dropped"):
        _, erasure = answered_and_erased(world)

        assert verdict.losses(world) == [f"refused edit {erasure} is not held"]


@pytest.mark.parametrize("waits", [True, False])
def test_an_edit_of_another_record_is_missed_where_an_erasure_took_it_along(waits):
    with playing(Random(3)) as world, without("erasure_takes_other_edits_along"):
        ben = world.laptops[1]
        steps.back_up(world, ben)
        other = None if waits else written(world, ben)
        edit = written(world, ben)
        assert world.sync(ben)
        other = other or written(world, ben)
        erased_and_refused(world, edit)

        assert verdict.losses(world) == [f"edit {other} of ben is nowhere"]


@pytest.mark.parametrize("who", ["ama", "eva"])
def test_a_name_alone_is_not_missed_where_its_consent_ended_before_a_restored_server_lost_it(who):
    """An edit that is told again says no name, and this one says nothing else (decision 40)."""
    with playing(Random(3)) as world:
        named_and_lost(world, withdrawn_by=who)

        assert wrong(world) == []


@pytest.mark.parametrize(("who", "more"), [("", {}), ("eva", {"address": "5"})])
def test_a_name_is_missed_where_its_consent_stands_and_so_is_what_else_was_said(who, more):
    with playing(Random(3)) as world, without("answered_edits_forgotten"):
        edit = named_and_lost(world, withdrawn_by=who, **more)

        assert f"edit {edit} of ama is nowhere" in verdict.losses(world)


def named_and_lost(world, withdrawn_by, **more):
    """Ama writes a name into an issue with a consent that is perhaps withdrawn then; the server is
    restored from before that → that edit, when all have synced."""
    ama, _, eva, *_ = world.laptops
    issue = uuid4()
    world.edit(ama, Edit("issue", {"village": names.VILLAGE[DISTRICTS[0]]}, issue))
    names._give(world, ama, issue)
    assert world.sync(ama)
    steps.back_up(world, ama)
    assert world.edit(ama, Edit("issue", {"applicant": names._name(world, issue), **more}, issue))
    edit = list(world.made)[-1]
    assert world.sync(ama)
    assert world.sync(eva)
    for laptop in (ama, eva):
        if laptop.person == withdrawn_by:
            names._withdraw(world, laptop, *names._issues(laptop))
            assert world.sync(laptop)
    assert world.sync(ama)
    world.put_back(told=True)
    world.peace()
    return edit


def written(world, laptop):
    """A new visit, which waits → the edit that makes it."""
    before = set(world.made)
    assert world.edit(laptop, Edit("visit", {"village": steps.VILLAGE[DISTRICTS[0]]}, uuid4()))
    (edit,) = world.made.keys() - before
    return edit


def answered_and_erased(world):
    """Ben alone has what a server has answered; he erases it → (the edit, the erasure)."""
    ben = world.laptops[1]
    steps.back_up(world, ben)
    edit = written(world, ben)
    assert world.sync(ben)
    return edit, erased_and_refused(world, edit)


def erased_and_refused(world, edit):
    """Ben erases what he wrote, is no leader any more, and the server is restored from before it →
    the erasure, when all have synced."""
    world.erase(world.laptops[1], world.made[edit].record, "by_mistake")
    erasure = list(world.made)[-1]
    world.server.move("ben", district=DISTRICTS[0], role="activist")
    world.put_back(told=True)
    world.peace()
    return erasure


def moved_away_and_told_again(world):
    """Ama's record has left her laptop with its district, and waits once more when the line breaks."""
    ama = world.laptops[0]
    steps.back_up(world, ama)
    world.edit(ama, Edit("visit", {"village": steps.VILLAGE[DISTRICTS[0]]}, uuid4()))
    assert world.sync(ama)
    world.server.move("ama", district=DISTRICTS[1], role="activist")
    assert world.sync(ama)
    assert hidden(ama) == []
    world.put_back(told=True)
    request = engine._ask(ama.memory.sessions, engine.Check())
    reply = world.desk(ama).server.exchange(request)
    engine._put_right(ama.memory.sessions, world.desk(ama).server, reply)
    return ama


@contextmanager
def playing(chance):
    """A world at its beginning."""
    with seeded(chance):
        yield begin(chance)


def wrong(world):
    """What a schedule would be blamed for."""
    asked = (verdict.divergences, verdict.losses, verdict.doubles, verdict.remains)
    found = [word for one in asked for word in one(world)]
    return [*found, *world.hidden, *world.locked_out, *world.server.valid.wrong]
