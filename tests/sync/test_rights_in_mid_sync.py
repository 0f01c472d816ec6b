"""Somebody's role or district changes while their laptop is in the middle of an exchange."""

from uuid import uuid4

import msgspec
import pytest

from sync.client.facts import recall
from sync.client.tables import Cursor
from sync.person import REGION, Person
from sync.server.tables import LateEdit
from tests.loopback import AMA, EVA, SAIRAM, SOZAQ, ZOE, region_of

MANY = 30


class ChangedAfter:
    """A line on which the rights change after so many requests."""

    def __init__(self, laptop, requests, **changed):
        self._laptop, self._left, self._changed = laptop, requests, changed
        self._plain = laptop.exchange

    def __call__(self, request):
        if self._left == 0:
            self._laptop.person = msgspec.structs.replace(self._laptop.person, **self._changed)
        self._left -= 1
        return self._plain(request)


@pytest.fixture(autouse=True)
def given_small_pages(monkeypatch):
    monkeypatch.setattr("sync.server.news.since.__defaults__", (8, 2**20))
    monkeypatch.setattr("sync.server.news.LARGE", (8, 2**20))


def written(eva, village):
    ids = {eva.edit("visit", uuid4(), people=3, village=village).record for _ in range(MANY)}
    eva.sync()
    return ids


def test_a_district_that_was_lost_gives_nothing_more_and_leaves_in_the_same_exchange():
    with region_of(AMA, EVA) as (ama, eva):
        written(eva, "615647100")
        ama.exchange = ChangedAfter(ama, 2, district=SAIRAM)

        ama.sync()

        assert ama.records() == {}
        with ama.store() as session:
            assert recall(session, "person", Person).district == SAIRAM
            assert {row.stream for row in session.query(Cursor)} <= {REGION, SAIRAM}


def test_a_role_that_reads_nothing_takes_effect_in_the_same_exchange():
    with region_of(AMA, EVA) as (ama, eva):
        written(eva, "615647100")
        ama.exchange = ChangedAfter(ama, 2, role="analyst")

        ama.sync()

        assert ama.records() == {}


def test_a_district_that_was_won_is_read_from_its_start_in_the_same_exchange():
    with region_of(AMA, EVA, ZOE) as (ama, eva, zoe):
        here = written(eva, "615647100")
        written(zoe, "615241100")
        ama.person = msgspec.structs.replace(AMA, district=SAIRAM)
        ama.exchange = ChangedAfter(ama, 2, district=SOZAQ)

        ama.sync()

        assert set(ama.records()) == here


def test_an_edit_that_was_allowed_when_the_exchange_began_is_not_lost():
    with region_of(AMA, EVA) as (ama, eva):
        written(eva, "615647100")
        ama.sync()
        first, late = (ama.edit("visit", uuid4(), people=n) for n in (1, 2))
        ama.exchange = ChangedAfter(ama, 0, district=SAIRAM)

        done = ama.sync()

        assert (done.refused, done.waiting) == (2, 0)
        with eva.region.store() as session:
            assert {row.change for row in session.query(LateEdit)} == {first.id, late.id}
