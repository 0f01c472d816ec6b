"""All pairs of a kind: village by village, told while the rest is compared, stopped by who asks."""

from itertools import combinations

import pytest

from desktop.actions import review
from desktop.actions.pairs import pairs
from sync.errors import Stopped
from sync.records.project import Project
from tests.desktop.actions.test_duplicates import AGAIN, ROAD, WATER
from tests.ui.desks import record

VILLAGES = ("615647100", "615634100", "615630100")


@pytest.fixture
def sent(desk):
    """An issue that was sent for review."""

    def sent(values, village):
        id = record(desk, "issue", values | {"village": village})
        review.decide(desk, id, review.Decision.SEND)
        return id

    return sent


def ids(pairs):
    return [(pair.one.id, pair.other.id) for pair in pairs]


@pytest.mark.parametrize(
    "villages", [VILLAGES[:2], [VILLAGES[0], None], [None, None], [*VILLAGES[:2], VILLAGES[0]]]
)
def test_what_shares_a_contract_is_found_wherever_it_is_and_once(desk, villages):
    building = {"title": "Мектеп құрылысы", "contract_number": "КЗ-12/2026"}
    made = [record(desk, "project", building | {"village": village}) for village in villages]
    with desk.store.begin() as session:
        for id in made:
            session.get(Project, id).review = "approved"

    assert sorted(ids(pairs(desk, "project"))) == list(combinations(made, 2))


def test_each_village_is_compared_and_how_far_it_is_is_told(desk, sent):
    twice = [(sent(WATER, place), sent(AGAIN, place)) for place in VILLAGES]
    sent(ROAD, "Қызылкөл")
    told = []

    found = pairs(desk, "issue", tell=lambda done, of: told.append((done, of)))

    assert sorted(ids(found)) == sorted(twice)
    assert [done for done, of in told if of] == sorted(done for done, of in told if of)
    assert {done for done, of in told if of} == set(range(7))
    assert {of for _, of in told} == {0, 6}


def test_what_was_found_is_told_before_the_rest_is_compared(desk, sent, monkeypatch):
    monkeypatch.setattr("desktop.actions.pairs.FIRST", 0)
    monkeypatch.setattr("desktop.actions.pairs.NEXT", 0)
    for place in VILLAGES:
        sent(WATER, place)
        sent(AGAIN, place)
    told = []

    last = pairs(desk, "issue", found=lambda some: told.append(ids(some)))

    assert [len(some) for some in told] == [1, 2, 3]
    assert sorted(told[-1]) == sorted(ids(last))


def test_who_stops_it_has_it_compare_no_more(desk, sent):
    for place in VILLAGES:
        sent(WATER, place)
        sent(AGAIN, place)
    told = []

    def stop(done, of):
        told.append(done)
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        pairs(desk, "issue", tell=stop)
    assert told[-1] == 3


def test_of_many_the_likeliest_are_listed(desk, sent):
    for place in VILLAGES:
        sent(WATER, place)
        sent(WATER if place == VILLAGES[1] else AGAIN, place)

    [best] = pairs(desk, "issue", most=1)

    assert (best.score, best.one.score, best.one.title) == (1.0, 1.0, WATER["essence"])
