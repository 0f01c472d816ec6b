"""A laptop notices that it does not hold what the server holds, and puts only that right."""

from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import delete, update

from sync.change import Change, encode
from sync.client import check, outbox
from sync.client.facts import recall, remember
from sync.client.rows import write
from sync.client.tables import Cursor
from sync.records import KINDS
from sync.records.visit import Visit
from sync.server.news import since
from sync.server.tables import Kept
from sync.tally import Tally, tally
from tests.loopback import AMA, BEN, SOZAQ, region_of

MANY = 2_500  # more than two buckets


@pytest.fixture
def laptops():
    with region_of(AMA, BEN) as (ama, ben):
        records = [ama.edit("visit", uuid4(), people=n).record for n in range(20)]
        ama.sync(), ben.sync()
        yield ama, ben, records


def asked(laptop):
    """One sync's requests, and the replies."""
    passed, plain = [], laptop.exchange

    def note(request):
        reply = plain(request)
        passed.append((request, reply))
        return reply

    laptop.exchange = note
    try:
        done = laptop.sync()
    finally:
        laptop.exchange = plain
    return passed, done


def forget(laptop, *records):
    with laptop.store.begin() as session:
        session.execute(delete(Visit).where(Visit.id.in_(records)))


def stale(laptop, record, revision):
    """The record as an earlier revision had it."""
    with laptop.store.begin() as session:
        session.execute(
            update(Visit).where(Visit.id == record).values(people=99, revision=revision)
        )


def tomorrow(laptop):
    with laptop.store.begin() as session:
        last = recall(session, check.CHECKED, check.Checked)
        remember(session, check.CHECKED, check.Checked(last.on - timedelta(days=1), last.cursors))


def test_where_nothing_differs_one_question_is_asked_and_that_once(laptops):
    ama, _, _ = laptops

    first, _ = asked(ama)
    second, _ = asked(ama)

    assert [request.check for request, _ in first] == [True]
    assert [request.check for request, _ in second] == [False]
    assert second[0][1].tallies == {}


def test_once_a_day_it_is_asked_again(laptops):
    ama, _, _ = laptops
    ama.sync()
    tomorrow(ama)

    passed, _ = asked(ama)

    assert [request.check for request, _ in passed] == [True]


def test_records_that_were_lost_here_come_again_and_only_they(laptops):
    ama, ben, records = laptops
    before = ama.records()
    forget(ben, *records[3:6])

    passed, _ = asked(ben)

    assert ben.records() == before
    assert sorted(one.record for _, reply in passed for one in reply.changes) == sorted(
        records[3:6]
    )


def test_a_record_that_was_lost_here_and_edited_since_comes_whole(laptops):
    ama, ben, records = laptops
    ben.sync()
    forget(ben, records[3])
    ama.edit("visit", records[3], households=4)
    ama.sync()

    ben.sync(), ben.sync()  # the first brings what changed, and that is not written alone

    assert ben.records() == ama.records()


def test_who_missed_a_page_and_edits_the_record_gets_the_whole_of_it(laptops):
    ama, ben, records = laptops
    ben.sync()
    ama.edit("visit", records[3], households=4)
    ama.sync()
    with ben.store.begin() as session:  # the page with the households was stepped over
        session.merge(Cursor(stream=SOZAQ, revision=21))
    ama.edit("visit", records[3], people=7)
    ama.sync()
    ben.edit("visit", records[3], people=9)

    ben.sync(), ben.sync(), ama.sync()

    seen = ben.records()[records[3]]
    assert (seen["households"], seen["people"], list(seen["conflicts"])) == (4, 7, ["people"])
    assert ben.records() == ama.records()


def test_a_record_that_stands_as_it_once_was_is_put_right(laptops):
    ama, ben, records = laptops
    ama.edit("visit", records[4], people=7)
    ama.sync(), ben.sync()
    stale(ben, records[4], 5)
    tomorrow(ben)

    ben.sync()

    assert ben.records() == ama.records()


def test_of_many_only_the_buckets_that_differ_are_looked_at():
    with region_of(AMA, BEN) as (ama, ben):
        records = [ama.edit("visit", uuid4(), people=n % 9).record for n in range(MANY)]
        ama.sync(), ben.sync(), ben.sync()
        forget(ben, records[1_200])
        tomorrow(ben)

        passed, _ = asked(ben)

        assert len(ben.records()) == MANY
        told = [buckets for _, reply in passed for buckets in reply.differs.values() if buckets]
        assert [list(buckets) for buckets in told] == [[1]]
        assert sum(len(reply.changes) for _, reply in passed) == 1


def test_what_the_server_does_not_have_is_told_to_it(laptops):
    ama, ben, records = laptops
    with ama.region.store.begin() as session:  # a fault that nobody knows of
        session.execute(delete(Kept).where(Kept.id == records[2]))

    ama.sync(), ben.sync(), ama.sync(), ben.sync()

    assert ama.records() == ben.records()
    assert len(ama.records()) == 20
    with ama.region.store() as session:
        assert session.get(Kept, (SOZAQ, records[2])).fields["people"] == 2


def test_edits_that_wait_are_not_touched(laptops):
    ama, ben, records = laptops
    ben.sync()
    ben.edit("visit", records[0], people=5)
    forget(ben, records[0], records[1])
    tomorrow(ben)

    ben.sync()
    ama.sync()

    assert ama.records()[records[0]]["people"] == 5
    assert ama.records() == ben.records()
    with ben.store() as session:
        assert outbox.count(session) == 0


def test_kinds_of_newer_programs_count_too(laptops, monkeypatch):
    _, ben, _ = laptops
    with ben.region.store() as session:
        news = [as_it_came(one) for one in since(session, {SOZAQ: 0}, {})[0]]

    monkeypatch.delitem(KINDS, "visit")
    with ben.store.begin() as session:
        none = check.count(session, SOZAQ)
        write(session, news)
        all_of_them = check.count(session, SOZAQ)

    assert none == Tally()
    assert all_of_them == tally(*(one.revision for one in news))
    assert all_of_them.count == 20


def as_it_came(change):
    return msgspec.json.decode(encode(change), type=Change)
