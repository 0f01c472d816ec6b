"""Both databases reckon the tallies of a stream as `sync.tally` says."""

import pytest

from sync.server import tallies
from sync.tally import MOST_WANTED, WIDTH, Tally, bucket, tally
from tests.servers import SAIRAM, SOZAQ, change


@pytest.fixture
def aidana(server):
    line = server.laptop("aidana")
    line.exchange(*(change("visit", people=n) for n in range(5)))
    return line


def test_a_stream_that_was_read_to_its_end_is_told_with_its_tally(aidana):
    reply = aidana.exchange(check=True)

    assert reply.tallies == {SOZAQ: tally(1, 2, 3, 4, 5), "region": Tally()}


def test_a_stream_that_goes_on_is_not_told(server, aidana, monkeypatch):
    monkeypatch.setattr("sync.server.news.since.__defaults__", (3, 2**20))
    monkeypatch.setattr("sync.server.news.LARGE", (3, 2**20))
    bekzat = server.laptop("bekzat")

    first, last = bekzat.exchange(check=True), bekzat.exchange(check=True)

    assert (first.more, first.tallies) == (True, {})
    assert last.tallies[SOZAQ] == tally(1, 2, 3, 4, 5)


def test_what_was_written_meanwhile_is_not_compared(server, aidana):
    with server.service.reading(aidana.person) as session:
        assert tallies.agreed(session, {SOZAQ: 4}) == {}
        assert tallies.differing(session, {SOZAQ: 4}, {SOZAQ: {}}) == {}


def test_nobody_is_told_of_a_district_that_is_not_theirs(server, aidana):
    zoe = server.laptop("zoe", district=SAIRAM)

    reply = zoe.exchange(check=True, compare={SOZAQ: {0: Tally()}}, wanted={SOZAQ: [1, 2]})

    assert set(reply.tallies) == {SAIRAM, "region"}
    assert (reply.differs, reply.changes) == ({}, [])


def test_buckets_that_differ_are_told_number_by_number(aidana):
    same = {0: tally(1, 2, 3, 4, 5)}
    other = {0: tally(1, 2, 3, 4), 7: tally(7 * WIDTH)}

    assert aidana.exchange(compare={SOZAQ: same}).differs == {SOZAQ: {}}
    assert aidana.exchange(compare={SOZAQ: other}).differs == {SOZAQ: {0: [1, 2, 3, 4, 5], 7: []}}


def test_of_what_is_wanted_comes_what_there_is_and_not_too_much_at_once(aidana):
    reply = aidana.exchange(wanted={SOZAQ: [2, 4, 99], "region": [1]})
    endless = aidana.exchange(wanted={SOZAQ: [0] * MOST_WANTED + [1]})

    assert sorted(one.revision for one in reply.changes) == [2, 4]
    assert endless.changes == []


def test_a_bucket_ends_where_the_next_begins():
    assert [bucket(one) for one in (1, WIDTH - 1, WIDTH, 2 * WIDTH)] == [0, 0, 1, 2]
