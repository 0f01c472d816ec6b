"""What would take away much of a district is held until the person was asked."""

from uuid import uuid4

import pytest

from sync.client import removals
from sync.client.tables import Cursor
from tests.erasing import LEA, erase
from tests.loopback import AMA, EVA, SOZAQ, region_of

MANY = 60


def given(eva, ama, many=MANY):
    """Visits that both laptops have."""
    ids = [uuid4() for _ in range(many)]
    for id in ids:
        eva.edit("visit", id, people=3)
    eva.sync()
    ama.sync()
    return ids


def remove(laptop, ids):
    for id in ids:
        laptop.edit("visit", id, removed=True)
    laptop.sync()


def here(laptop):
    return sum(not row["removed"] for row in laptop.records().values())


def held(laptop):
    with laptop.store() as session:
        return removals.held(session)


def cursor(laptop):
    with laptop.store() as session:
        return session.get_one(Cursor, SOZAQ).revision


def test_more_than_a_fifth_is_held_and_told():
    with region_of(EVA, AMA) as (eva, ama):
        ids = given(eva, ama)
        before = cursor(ama)
        remove(eva, ids[:20])

        ama.sync()

        assert (here(ama), held(ama), cursor(ama)) == (MANY, {SOZAQ: (20, MANY)}, before)


def test_what_else_is_new_comes_all_the_same_and_what_waits_is_sent():
    with region_of(EVA, AMA) as (eva, ama):
        ids = given(eva, ama)
        remove(eva, ids[:20])
        new = uuid4()
        eva.edit("visit", new, people=7)
        eva.sync()
        mine = ama.edit("visit", uuid4(), people=1)

        done = ama.sync()

        assert done.sent == 1
        assert ama.records()[new]["people"] == 7
        eva.sync()
        assert mine.record in eva.records()


def test_when_the_person_says_yes_it_is_taken_once():
    with region_of(EVA, AMA) as (eva, ama):
        ids = given(eva, ama)
        remove(eva, ids[:20])
        ama.sync()

        with ama.store.begin() as session:
            removals.allow(session)
        ama.sync()
        assert (here(ama), held(ama)) == (MANY - 20, {})

        remove(eva, ids[20:40])
        ama.sync()
        assert here(ama) == MANY - 20


def test_it_is_held_again_as_long_as_nobody_answers():
    with region_of(EVA, AMA) as (eva, ama):
        remove(eva, given(eva, ama)[:20])

        for _ in range(3):
            ama.sync()

        assert (here(ama), held(ama)) == (MANY, {SOZAQ: (20, MANY)})


def test_what_was_brought_back_is_not_asked_about_any_more():
    with region_of(EVA, AMA) as (eva, ama):
        ids = given(eva, ama)
        remove(eva, ids[:20])
        ama.sync()
        for id in ids[:20]:
            eva.edit("visit", id, removed=False)
        eva.sync()

        ama.sync()

        assert (here(ama), held(ama)) == (MANY, {})


@pytest.mark.parametrize("many", [12, MANY])
def test_little_goes_unasked(many):
    with region_of(EVA, AMA) as (eva, ama):
        ids = given(eva, ama, many)
        remove(eva, ids[:10])

        ama.sync()

        assert (here(ama), held(ama)) == (many - 10, {})


def test_little_at_a_time_is_counted_together_in_one_exchange(monkeypatch):
    monkeypatch.setattr("sync.server.news.PAGE", 8)
    monkeypatch.setattr("sync.server.news.since.__defaults__", (8, 2**20))
    monkeypatch.setattr("sync.server.news.LARGE", (8, 2**20))
    with region_of(EVA, AMA) as (eva, ama):
        remove(eva, given(eva, ama)[:40])

        ama.sync()

        assert here(ama) >= MANY - 12
        assert held(ama)


def test_erasures_count_too():
    with region_of(EVA, AMA, LEA) as (eva, ama, lea):
        ids = given(eva, ama)
        lea.sync()
        for id in ids[:20]:
            erase(lea, id, "visit")
        lea.sync()

        ama.sync()

        assert (here(ama), held(ama)) == (MANY, {SOZAQ: (20, MANY)})


def test_a_laptop_that_is_new_is_not_asked():
    with region_of(EVA, AMA) as (eva, ama):
        ids = [uuid4() for _ in range(MANY)]
        for id in ids:
            eva.edit("visit", id, people=3)
        remove(eva, ids[:40])

        ama.sync()

        assert (here(ama), held(ama)) == (MANY - 40, {})
