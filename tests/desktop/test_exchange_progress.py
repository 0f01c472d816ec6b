"""An exchange tells how far it is, and can be stopped: what was answered stays answered."""

import pytest

from desktop.actions import exchange, records
from sync.errors import Stopped
from tests.photos import an_issue_with_photos, document

ISSUES = 25


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr("sync.client.pace.FIRST", 10)
    monkeypatch.setattr("sync.client.pace.MOST", 10)
    monkeypatch.setattr("sync.server.news.since.__defaults__", (10, 2**20))


def write(desk, count=ISSUES):
    return {
        records.save(desk, "issue", {"essence": f"Су жоқ {n}"})[0].record for n in range(count)
    }


def test_what_is_left_falls_to_nothing_in_both_directions(laptop):
    mine, colleague = laptop(), laptop()
    exchange.exchange(colleague)
    write(mine)
    up, down = [], []

    exchange.exchange(mine, up.append)
    exchange.exchange(colleague, down.append)

    assert [(one.sent, one.left) for one in up] == [(10, 15), (20, 5), (25, 0)]
    assert [(one.taken, one.left) for one in down] == [(10, 15), (20, 5), (25, 0)]
    assert [one.share for one in down] == [0.4, 0.8, 1.0]
    assert [len(one.changes) for one in down] == [10, 10, 5]
    assert 0 < down[0].bytes_down <= down[1].bytes_down <= down[2].bytes_down


def test_photos_are_told_part_by_part(laptop):
    mine, colleague = laptop(), laptop()
    exchange.exchange(colleague)
    an_issue_with_photos(mine, document("a"), document("b"))
    up, down = [], []

    exchange.exchange(mine, up.append)
    exchange.exchange(colleague, down.append)

    assert [(one.sent, one.left) for one in up if one.photos] == [(0, 1), (1, 0)]
    assert [(one.taken, one.left) for one in down if one.photos] == [(0, 1), (1, 0)]


def test_an_exchange_that_is_stopped_goes_on_where_it_was(laptop):
    mine, colleague = laptop(), laptop()
    written = write(mine)

    def stop(_):
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

    def stop(_):
        raise Stopped

    with pytest.raises(Stopped):
        exchange.exchange(colleague, stop)

    assert len(records.list_records(colleague, "issue")) == before + 10
    assert exchange.exchange(colleague).taken == 15
