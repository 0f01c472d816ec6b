"""After a restore laptops tell the numbers that they know: all show the same, and none is given twice."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from sync.client import engine
from sync.client.check import Check
from sync.records.issue import Issue
from sync.server.tables import Kept
from tests.loopback import AMA, BEN, EVA, raw, region_of
from tests.sticks import Sticks
from tests.sync.test_erasure_restored import restore

PLACE = {"village": "615647100", "received_on": "2026-11-05"}


def issue_of(laptop):
    """A new issue of this person, sent."""
    issue = uuid4()
    laptop.edit("issue", issue, **PLACE)
    laptop.sync()
    return issue


def shown(*laptops):
    """What each laptop shows: {issue: number}."""
    found = []
    for laptop in laptops:
        with laptop.store() as session:
            found.append(dict(session.execute(select(Issue.id, Issue.number)).all()))
    return found


def numbered(region):
    with region.store() as session:
        return {row.id: row.fields.get("number") for row in session.scalars(select(Kept))}


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("author_first", [True, False])
def test_an_issue_that_was_lost_has_its_number_again_and_a_new_one_another(at_once, author_first):
    with region_of(AMA, BEN) as (ama, ben):
        issue_of(ama)
        backup = raw(ama.region.store)
        lost = issue_of(ama)
        ben.sync()
        [before, _] = shown(ama, ben)
        restore(ama.region, backup, at_once)
        new = uuid4()
        ben.edit("issue", new, **PLACE)

        for laptop in (ama, ben, ama) if author_first else (ben, ama, ben):
            laptop.sync()

        after = numbered(ama.region)
        assert after[lost] == before[lost] == "6156-2026-00002"
        assert after[new] not in before.values()
        assert shown(ama, ben) == [after, after]


def test_where_the_author_is_gone_whoever_knows_the_number_tells_it():
    with region_of(AMA, BEN, EVA) as (ama, ben, eva):
        backup = raw(ama.region.store)
        lost = [issue_of(ama), issue_of(ama)]
        ben.sync()
        eva.sync()
        restore(ama.region, backup)

        eva.sync()
        new = issue_of(eva)
        ben.sync()

        told = numbered(ama.region)
        assert [told[one] for one in (*lost, new)] == [f"6156-2026-0000{n}" for n in (1, 2, 3)]


def test_a_letter_tells_them_too():
    with region_of(AMA, BEN) as (ama, ben):
        sticks = Sticks([ama, ben])
        backup = raw(ama.region.store)
        lost = [issue_of(ama), issue_of(ama)]
        restore(ama.region, backup)
        issue_of(ben)

        for _ in range(2):  # the first one brings back that the server was restored
            sticks.take(ama, sticks.deliver(sticks.letter(ama)).reply)

        told = numbered(ama.region)
        assert len({*told.values()}) == len(told) == 3
        assert told[lost[1]] == shown(ama)[0][lost[1]] == "6156-2026-00002"


def test_a_laptop_says_no_numbers_where_nothing_was_lost():
    with region_of(AMA) as (ama,):
        issue_of(ama)
        ama.edit("issue", uuid4(), **PLACE)
        request = engine._ask(ama.store, Check())

        assert request.changes
        assert (request.numbers, request.passed) == ({}, [])
