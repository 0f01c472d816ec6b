"""An exchange tells how far it is, and can be stopped: what was answered stays answered."""

from itertools import groupby
from random import Random

import pytest

from desktop.actions import exchange, records
from desktop.actions.progress import Teller
from sync.client.blobs import PhotoExchange
from sync.client.engine import Exchange
from sync.errors import Stopped
from tests.photos import an_issue_with_photos, document

ISSUES = 25


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr("sync.client.pace.FIRST", 10)
    monkeypatch.setattr("sync.client.pace.MOST_AT_ONCE", 10)
    monkeypatch.setattr("sync.server.news.since.__defaults__", (10, 2**20))
    monkeypatch.setattr("sync.server.news.LARGE", (10, 2**20))


def write(desk, count=ISSUES):
    return {
        records.save(desk, "issue", {"essence": f"Су жоқ {n}"})[0].record for n in range(count)
    }


def steps(told):
    """What was told, each only once where it was told again with the next piece on the line."""
    return [one for one, _ in groupby(told)]


def test_what_is_left_falls_to_nothing_in_both_directions(laptop):
    mine, colleague = laptop(), laptop()
    exchange.exchange(colleague)
    write(mine)
    up, down = [], []

    exchange.exchange(mine, up.append)
    exchange.exchange(colleague, down.append)

    assert steps((one.sent, one.left) for one in up) == [(0, 25), (10, 15), (20, 5), (25, 0)]
    assert steps((one.taken, one.left) for one in down) == [(0, 0), (10, 15), (20, 5), (25, 0)]
    assert steps(one.share for one in down) == [0, 0.4, 0.8, 1.0]
    assert [len(one.changes) for one in down if one.changes] == [10, 10, 5]


def test_bytes_are_told_as_they_go_and_not_only_with_the_answer(laptop):
    mine = laptop()
    exchange.exchange(mine)
    records.save(mine, "issue", {"essence": Random(7).randbytes(30_000).hex()})
    told = []

    exchange.exchange(mine, told.append)

    up = [one.bytes_up for one in told if not one.sent]
    assert up == sorted(up)
    assert len(set(up)) > 3


def test_photos_are_told_part_by_part(laptop):
    mine, colleague = laptop(), laptop()
    exchange.exchange(colleague)
    an_issue_with_photos(mine, document("a"), document("b"))
    up, down = [], []

    exchange.exchange(mine, up.append)
    exchange.exchange(colleague, down.append)

    assert steps((one.sent, one.left) for one in up if one.photos) == [(0, 1), (1, 0)]
    assert steps((one.taken, one.left) for one in down if one.photos) == [(0, 1), (1, 0)]


def test_records_and_photos_have_each_a_pace_of_their_own(laptop):
    now, told = [100.0], []
    teller = Teller(laptop().server, told.append, 10, lambda: now[0])

    for sent, waiting in ((2, 8), (4, 6)):
        now[0] += 10
        teller.records(Exchange(sent=sent, waiting=waiting))
    teller.piece()
    now[0] += 30
    for sent in (1, 2):
        teller.photos(PhotoExchange(sent=sent, to_send=4 - sent))
        now[0] += 6
    teller.piece()

    assert [one.seconds_left for one in told] == [40, 30, 30, None, 6, 12]


def test_an_exchange_that_is_stopped_goes_on_where_it_was(laptop):
    mine, colleague = laptop(), laptop()
    written = write(mine)

    def stop(progress):
        if progress.sent:
            raise Stopped

    with pytest.raises(Stopped):
        exchange.exchange(mine, stop)
    waiting = exchange.state(mine).waiting
    rest = exchange.exchange(mine)
    exchange.exchange(colleague)

    assert waiting == 15  # the page that was answered is settled
    assert rest.sent == 15
    assert written <= {row["id"] for row in records.list_records(colleague, "issue")}


def test_who_waits_for_news_and_stops_has_what_came(laptop):
    mine, colleague = laptop(), laptop()
    exchange.exchange(colleague)
    before = len(records.list_records(colleague, "issue"))
    write(mine)
    exchange.exchange(mine)

    def stop(progress):
        if progress.taken:
            raise Stopped

    with pytest.raises(Stopped):
        exchange.exchange(colleague, stop)

    assert len(records.list_records(colleague, "issue")) == before + 10
    assert exchange.exchange(colleague).taken == 15


def test_who_stops_does_not_wait_for_the_rest_of_a_large_body(laptop):
    mine = laptop()
    exchange.exchange(mine)
    records.save(mine, "issue", {"essence": Random(8).randbytes(40_000).hex()})

    def stop(progress):
        if progress.bytes_up > 10_000:
            raise Stopped

    with pytest.raises(Stopped):
        exchange.exchange(mine, stop)

    assert exchange.state(mine).waiting == 1
    assert exchange.exchange(mine).sent == 1
