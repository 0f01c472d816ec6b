"""All pairs of a kind: village by village, told while the rest is compared, stopped by who asks."""

import gc
from itertools import combinations

import pytest

from desktop.actions import review
from desktop.actions.pairs import _Holders, pairs
from sync.change import new_id
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


def test_of_whom_nobody_else_has_the_key_only_a_text_is_kept():
    """Python looks through what holds other things for garbage, and all threads stand still meanwhile: of
    300,000 phones a fifth of a second."""
    holders = _Holders()
    ids = [new_id() for _ in range(4)]
    for number, id in enumerate(ids):
        holders.add(f"phone:{number}", id, VILLAGES[0])
    holders.add("phone:0", ids[1], VILLAGES[1])

    assert not any(map(gc.is_tracked, holders._first.values()))
    assert list(holders._several) == ["phone:0"]
    assert list(holders.apart()) == [{ids[0], ids[1]}]


@pytest.mark.parametrize(
    ("places", "apart"),
    [
        (["a", "a"], False),  # their village compares them
        (["", ""], True),
        (["a", ""], True),
        (["a", "a", "b"], True),
    ],
)
def test_who_shares_a_key_beyond_one_village_is_compared_by_it(places, apart):
    holders, ids = _Holders(), [new_id() for _ in places]
    for id, place in zip(ids, places, strict=True):
        holders.add("iin:1", id, place)

    assert list(holders.apart()) == ([set(ids)] if apart else [])


def test_many_that_share_a_key_are_compared_some_at_a_time(monkeypatch):
    monkeypatch.setattr("desktop.actions.pairs.SOME", 4)
    holders = _Holders()
    for number in range(10):
        for place in ("a", "b"):
            holders.add(f"phone:{number}", new_id(), place)

    assert [len(some) for some in holders.apart()] == [4, 4, 4, 4, 4]


def test_it_can_be_stopped_before_it_is_known_how_many_are_compared(desk, sent):
    sent(WATER, VILLAGES[0])

    def stop(done, of):
        assert (done, of) == (0, 0)
        raise Stopped

    with pytest.raises(Stopped):
        pairs(desk, "issue", tell=stop)


def test_while_the_words_of_a_village_are_read_it_is_told_again_and_again(desk, sent, monkeypatch):
    monkeypatch.setattr("desktop.actions.pairs.FEW", 2)
    for _ in range(6):
        sent(ROAD, VILLAGES[0])
    told = []

    pairs(desk, "issue", tell=lambda done, of: told.append((done, of)))

    # before anything is known, before each two rows that are counted and that are read, and as they are compared
    assert told == [(0, 0)] * 3 + [(0, 6)] * 4 + [(done, 6) for done in range(1, 7)]
