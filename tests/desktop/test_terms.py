"""A token runs out in the middle of what a person does; they notice nothing."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import select, update

from desktop.actions import attachments, carry, exchange, records
from desktop.actions.room import Room, deliver_bag, join
from desktop.profile import close_desk, open_desk, sign_in_again
from sync.client import outbox, pace
from sync.errors import SignInAgain
from sync.server.tables import Blob, Device, Entry
from tests.photos import picture
from tests.profiles import ISSUE, PASSWORD, VISIT, MemoryKeyring, keystore, new_profile
from tests.terms import Ending

HERE = "127.0.0.1"


@pytest.fixture
def laptop(own_server, tmp_path):
    """Enrol somebody: (their desk, their line)."""
    desks = []

    def enrolled(login):
        http, line = own_server.http(), Ending(own_server.app)
        http.mount("https://", line)
        desks.append(
            open_desk(new_profile(tmp_path / login, own_server, login), PASSWORD, http=http)
        )
        exchange.exchange(desks[-1])
        line.asked.clear()
        return desks[-1], line

    with keystore(MemoryKeyring()):
        yield enrolled
        for desk in desks:
            close_desk(desk)


def end_before(own_server, line, path, number=1):
    """The term ends while a laptop's request of this number is on its way."""
    line.before[path, number] = own_server.service.clock.run_out


def taken(own_server):
    with own_server.service.store.reading() as session:
        return sorted(session.scalars(select(Entry.change)))


def test_between_two_batches_of_edits_each_of_them_is_taken_once(own_server, laptop, monkeypatch):
    monkeypatch.setattr(pace, "FIRST", 3)
    monkeypatch.setattr(pace, "MOST", 3)
    desk, line = laptop("aidana")
    saved = sorted(records.save(desk, "visit", VISIT)[0].id for _ in range(7))
    end_before(own_server, line, "/v1/sync", 2)

    report = exchange.exchange(desk)

    assert (report.sent, report.waiting) == (7, 0)
    assert taken(own_server) == saved
    assert line.asked[:4] == ["/v1/sync", "/v1/sync", "/v1/renew", "/v1/sync"]
    assert line.asked.count("/v1/renew") == 1


def test_at_each_request_of_an_exchange_with_a_photo(own_server, laptop):
    desk, line = laptop("aidana")
    issue = records.save(desk, "issue", ISSUE)[0].record
    attachments.attach(desk, issue, picture())
    paths = {"/v1/sync", "/v1/blobs/offsets"}
    for path in paths:
        end_before(own_server, line, path)

    report = exchange.exchange(desk)

    assert (report.waiting, report.photos_waiting) == (0, 0)
    assert line.asked.count("/v1/renew") == len(paths)
    assert not line.before


@pytest.mark.parametrize("part", [1, 2, 3])
def test_at_any_part_of_a_carried_letter_that_another_laptop_delivers(
    own_server, laptop, tmp_path, part
):
    writer, _ = laptop("aidana")
    carrier, line = laptop("berik")
    issue = records.save(writer, "issue", ISSUE)[0].record
    attachments.attach(writer, issue, picture())
    carry.write_letter(writer, tmp_path / "letter.dala")
    end_before(own_server, line, "/v1/carry", part)

    [told] = carry.deliver(carrier, [tmp_path / "letter.dala"])

    assert (told.problem, told.again) == (None, False)
    assert line.asked.count("/v1/renew") == 1
    carry.take_reply(writer, told.reply)
    with writer.store() as session:
        assert outbox.count(session) == 0
    with own_server.service.store.reading() as session:
        assert len(session.scalars(select(Blob)).all()) == 2


@contextmanager
def hosting(desk):
    """A room that this desk has opened to one guest."""
    opened = Room(HERE)
    with ThreadPoolExecutor(1) as thread:
        met = thread.submit(opened.host, desk, seconds=30.0, guests=1)
        try:
            yield opened, met
        finally:
            opened.close()


def test_while_letters_that_were_taken_along_in_a_room_are_delivered(own_server, laptop):
    guest, _ = laptop("aidana")
    host, line = laptop("berik")
    hers = records.save(guest, "visit", VISIT)[0]
    with hosting(host) as (room, met):
        join(guest, room.address, room.code)
        met.result(30)
    end_before(own_server, line, "/v1/carry")

    report = exchange.exchange(host)

    assert (line.asked.count("/v1/renew"), host.bag.letters()) == (1, [])
    assert taken(own_server) == [hers.id]
    assert report.waiting == 0


def test_letters_of_others_stay_where_the_laptop_that_took_them_along_is_asked_for_its_password(
    own_server, laptop
):
    guest, _ = laptop("aidana")
    host, _ = laptop("berik")
    hers = records.save(guest, "visit", VISIT)[0]
    with hosting(host) as (room, met):
        join(guest, room.address, room.code)
        met.result(30)
    with own_server.service.store.writing.begin() as session:
        session.execute(update(Device).values(token=Device.family, refresh=None, family=None))

    with pytest.raises(SignInAgain):
        deliver_bag(host)
    assert len(host.bag.letters()) == 1

    exchange.exchange(sign_in_again(host, PASSWORD))
    assert (host.bag.letters(), taken(own_server)) == ([], [hers.id])
