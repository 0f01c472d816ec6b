"""News that come over several pages: what was on its way by one of them is not lost with the next."""

from uuid import uuid4

import msgspec
import pytest

from sync.client import engine
from sync.client.facts import recall
from sync.errors import Stopped
from tests.loopback import AMA, BEN, region_of

OTHERS = 5  # records, of which a page holds two


@pytest.fixture(autouse=True)
def given_small_pages(monkeypatch):
    monkeypatch.setattr("sync.server.news.since.__defaults__", (2, 2**20))
    monkeypatch.setattr("sync.server.news.LARGE", (2, 2**20))


@pytest.fixture(name="known")
def given_known():
    """Two laptops that know one record."""
    with region_of(AMA, BEN) as (ama, ben):
        record = ben.edit("visit", uuid4(), people=1, households=1).record
        for laptop in (ben, ama, ben, ama):
            laptop.sync()
        yield ama, ben, record


def written(ben, record=None, **said):
    for number in range(OTHERS):
        ben.edit("visit", uuid4(), people=number)
        ben.sync()
    if record:
        ben.edit("visit", record, **said)
        ben.sync()


def test_a_record_that_went_on_to_a_later_page_comes_with_all_that_changed_in_it(known):
    ama, ben, record = known
    ben.edit("visit", record, people=7)
    ben.sync()
    written(ben, record, households=9)

    ama.sync()

    assert ama.records()[record]["people"] == 7
    assert ama.records() == ben.records()


def test_also_where_the_line_broke_between_two_pages(known):
    ama, ben, record = known
    ben.edit("visit", record, people=7)
    ben.sync()
    written(ben, record, households=9)

    def stop(_):
        raise Stopped

    with pytest.raises(Stopped):
        engine.sync_once(ama.store, ama, stop)
    ama.sync()

    assert ama.records() == ben.records()
    with ama.store() as session:
        assert recall(session, engine.BEGAN) is None


class FromBefore:
    """A line on which a program speaks that does not say where its reading began."""

    def __init__(self, laptop):
        self._laptop, self.expect = laptop, laptop.expect

    def exchange(self, request):
        return self._laptop.exchange(msgspec.structs.replace(request, began={}))


@pytest.mark.parametrize("line", [lambda laptop: laptop, FromBefore], ids=["this one", "older"])
def test_ones_own_edit_does_not_hide_what_others_wrote_before_it(known, line):
    ama, ben, record = known
    ben.edit("visit", record, people=7)
    ben.sync()
    written(ben)
    ama.edit("visit", record, households=9)

    engine.sync_once(ama.store, line(ama))

    ben.sync()
    assert ama.records()[record]["people"] == 7
    assert ama.records() == ben.records()
