"""A server that was restored, a laptop that was copied, rights that changed: everyone ends alike."""

from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import delete, func, select

from sync.change import UNSURE, SyncRequest
from sync.client import outbox, scrub
from sync.client.engine import CONFUSED
from sync.client.facts import recall
from sync.client.tables import Attention, Blob
from sync.errors import Offline
from sync.person import Person
from sync.records.issue import Issue
from sync.records.visit import Visit
from sync.server import lives
from sync.server.tables import Device, Kept, Life
from tests.loopback import AMA, BEN, EVA, SAIRAM, SOZAQ, Laptop, region_of

WORDS = {"village": "615647100", "people": 3}


def restore(region, backup, *, told):
    """Put a copy of the server's database in the place of it."""
    file = region.store.kw["bind"].raw_connection().driver_connection
    file.deserialize(backup)
    if told:
        with region.store.begin() as session:
            lives.begin(session, at_once=True)


def copied(region):
    """The server's backup."""
    return region.store.kw["bind"].raw_connection().driver_connection.serialize()


def on_server(region):
    with region.store() as session:
        return {row.id: row.fields for row in session.scalars(select(Kept))}


@pytest.mark.parametrize("told", [True, False])
def test_what_a_restored_server_lost_is_told_again(told):
    with region_of(AMA, BEN) as (ama, ben):
        early = ama.edit("visit", uuid4(), **WORDS).record
        ama.sync()
        backup = copied(ama.region)
        late = ama.edit("visit", uuid4(), **WORDS).record
        ama.edit("visit", early, people=4)
        ama.sync(), ben.sync()
        restore(ama.region, backup, told=told)

        done = ama.sync()
        ben.sync(), ama.sync()

        assert done.offered_again >= 2
        with ama.region.store() as session:  # told, it knows exactly what is lost
            (points,) = session.scalars(select(Life.points).where(Life.number > 1))
            assert points.get(SOZAQ) == (1 if told else None)
        assert on_server(ama.region)[late]["people"] == 3
        assert on_server(ama.region)[early]["people"] == 4
        assert ama.records() == ben.records()


def test_what_only_others_have_of_a_lost_record_they_tell_as_it_stands():
    with region_of(AMA, BEN) as (ama, ben):
        backup = copied(ama.region)
        record = ama.edit("visit", uuid4(), **WORDS).record
        ama.sync(), ben.sync()
        restore(ama.region, backup, told=True)  # and Ama's laptop is stolen

        ben.sync()

        assert on_server(ben.region)[record]["people"] == 3
        with ben.store() as session:
            assert session.scalar(select(func.count()).select_from(Attention)) == 0


def test_an_edit_of_a_lost_record_takes_the_whole_record_along():
    with region_of(AMA, BEN) as (ama, ben):
        backup = copied(ama.region)
        record = ama.edit("visit", uuid4(), **WORDS).record
        ama.sync(), ben.sync()
        ben.edit("visit", record, households=2)
        restore(ama.region, backup, told=True)

        ben.sync()

        fields = on_server(ben.region)[record]
        assert (fields["village"], fields["people"], fields["households"]) == ("615647100", 3, 2)


def test_who_made_a_record_is_known_again_when_they_tell_it():
    with region_of(AMA, BEN) as (ama, ben):
        backup = copied(ama.region)
        record = ama.edit("visit", uuid4(), **WORDS).record
        ama.sync(), ben.sync()
        restore(ama.region, backup, told=True)

        ben.sync(), ama.sync(), ben.sync()

        assert on_server(ben.region)[record]["author"] == "ama"
        assert ama.records() == ben.records()


def test_of_a_record_that_is_gone_from_a_laptop_its_new_number_alone_is_not_written():
    with region_of(AMA) as (ama,):
        backup = copied(ama.region)
        issue = ama.edit("issue", uuid4(), village="615647100", essence="Су жоқ").record
        ama.sync()
        with ama.store.begin() as session:
            session.execute(delete(Issue))
        restore(ama.region, backup, told=True)

        ama.sync(), ama.sync()

        assert ama.records()[issue]["essence"] == "Су жоқ"


@pytest.mark.parametrize("lost", [True, False])
def test_of_a_server_that_lost_records_it_is_asked_anew_which_photos_it_has(lost):
    with region_of(AMA) as (ama,):
        backup = copied(ama.region)
        ama.edit("visit", uuid4(), **WORDS)
        ama.sync()
        with ama.store.begin() as session:
            session.add(Blob(sha256="ab" * 32, size=1, here=True, there=True))
        restore(ama.region, backup if lost else copied(ama.region), told=True)

        ama.sync()

        with ama.store() as session:
            assert session.get_one(Blob, "ab" * 32).there is not lost


def test_a_server_that_is_started_anew_asks_for_nothing_again():
    with region_of(AMA, BEN) as (ama, ben):
        record = ama.edit("visit", uuid4(), **WORDS).record
        ama.sync(), ben.sync()
        with ama.region.store.begin() as session:
            lives.begin(session, at_once=True)
        ben.edit("visit", record, households=2)

        done = ben.sync()

        assert (done.sent, done.taken, done.offered_again) == (1, 0, 0)
        assert ama.sync().taken == 1


def test_who_tells_a_restored_server_what_it_knows_already_is_told_how_all_of_it_stands():
    with region_of(AMA) as (ama,):
        issue = ama.edit("issue", uuid4(), village="615647100", essence="Су жоқ").record
        ama.sync()
        told = ama.edit("issue", issue, essence="Су жоқ")
        witness = msgspec.structs.replace(told, base=UNSURE, witness=True)
        known = ama.exchange(SyncRequest(cursors={}, changes=[])).cursors

        news = ama.exchange(SyncRequest(cursors=known, changes=[witness])).changes[-1]

        assert (news.record, news.fields["number"]) == (issue, "6156-2026-00001")


def test_a_draft_that_was_refused_and_let_go_stays_a_draft_when_the_server_starts_anew():
    with region_of(AMA) as (ama,):
        refused = ama.edit("issue", uuid4(), village="615647100", essence="Су", review="approved")
        assert ama.sync().refused == 1
        with ama.store.begin() as session:
            session.execute(delete(Attention))
        with ama.region.store.begin() as session:
            lives.begin(session, at_once=True)

        ama.sync()

        assert ama.records()[refused.record]["essence"] == "Су"
        assert refused.record not in on_server(ama.region)


def test_who_works_in_another_district_now_has_lost_nothing_when_the_server_starts_anew():
    with region_of(AMA) as (ama,):
        ama.edit("visit", uuid4(), **WORDS)
        ama.sync()
        moved(ama, SAIRAM)
        ama.sync()
        with ama.store.begin() as session:
            session.add(Blob(sha256="ab" * 32, size=1, here=True, there=True))
        with ama.region.store.begin() as session:
            lives.begin(session, at_once=True)

        assert ama.sync().offered_again == 0
        with ama.store() as session:
            assert session.get_one(Blob, "ab" * 32).there


def test_a_letter_whose_edits_were_made_upon_what_was_lost_is_not_taken():
    with region_of(AMA) as (ama,):
        ama.edit("visit", uuid4(), **WORDS)
        ama.sync()
        with ama.region.store.begin() as session:
            life = lives.current(session)
            lives.begin(session, at_once=True)
        edit = ama.edit("visit", uuid4(), **WORDS)
        letter = SyncRequest(cursors={}, changes=[edit], epoch=life, holds={SOZAQ: 1})

        upon_what_is_here = msgspec.structs.replace(edit, base=1)
        upon_what_was_lost = msgspec.structs.replace(edit, base=2)

        for change, is_taken in ((upon_what_was_lost, False), (upon_what_is_here, True)):
            reply = ama.exchange(msgspec.structs.replace(letter, changes=[change]))
            assert (reply.restored is None) == is_taken


def test_a_copied_laptop_gets_a_name_of_its_own_and_loses_nothing():
    with region_of(AMA) as (ama,):
        ama.edit("visit", uuid4(), **WORDS)
        ama.sync()
        twin = Laptop(ama.region, AMA)
        twin.device = ama.device
        file = ama.store.kw["bind"].raw_connection().driver_connection.serialize()
        twin.store.kw["bind"].raw_connection().driver_connection.deserialize(file)
        for laptop in (ama, twin):
            laptop.edit("visit", uuid4(), **WORDS)

        ama.sync(), twin.sync(), ama.sync()

        assert twin.device != ama.device
        assert len(on_server(ama.region)) == 3
        assert ama.records() == twin.records()
        twin.store.kw["bind"].dispose()


def test_a_server_that_asks_for_ever_to_be_put_right_is_left_alone(monkeypatch):
    with region_of(AMA) as (ama,):
        ama.edit("visit", uuid4(), **WORDS)
        plain = ama.exchange
        monkeypatch.setattr(
            ama, "exchange", lambda asked: msgspec.structs.replace(plain(asked), cloned=True)
        )

        with pytest.raises(Offline) as told:
            ama.sync()
        assert told.value.text == CONFUSED
        with ama.store() as session:
            assert outbox.count(session) == 1


def moved(laptop, district):
    person = laptop.person
    laptop.person = Person(person.id, person.name, person.role, district, person.language)


def test_another_district_brings_its_records_and_takes_the_old_ones():
    with region_of(AMA, EVA) as (ama, eva):
        here = ama.edit("visit", uuid4(), **WORDS).record
        ama.sync(), eva.sync()

        moved(ama, SAIRAM)
        there = ama.edit("visit", uuid4(), village="615241100").record
        ama.sync()

        assert set(ama.records()) == {there}
        assert here in eva.records()
        with ama.store() as session:
            assert recall(session, "person", Person).district == SAIRAM


@pytest.mark.parametrize("there", [True, False])
def test_with_a_districts_records_their_photos_leave_once_the_server_has_them(there):
    with region_of(AMA) as (ama,):
        visit = ama.edit("visit", uuid4(), **WORDS).record
        photo = {"name": "су.jpg", "media_type": "image/jpeg", "size": 1, "sha256": "ab" * 32}
        ama.edit("attachment", uuid4(), visit, **photo)
        ama.sync()
        with ama.store.begin() as session:
            session.add(Blob(sha256="ab" * 32, size=1, here=True, there=there))

        moved(ama, SAIRAM)
        ama.sync()

        with ama.store() as session:
            assert scrub.doomed(session) == (["ab" * 32] if there else [])
            assert (session.get(Blob, "ab" * 32) is None) == there
            assert scrub.is_untidy(session) == there


def test_a_district_leaves_only_when_nothing_waits_for_it():
    with region_of(AMA, EVA) as (ama, eva):
        record = ama.edit("visit", uuid4(), **WORDS).record
        ama.sync()
        moved(ama, SAIRAM)
        late = ama.edit("visit", record, people=9)
        with ama.store.begin() as session:  # as it was written before the move
            row = session.scalars(select(outbox.Pending).where(outbox.WAITS)).one()
            row.body = row.body.replace(SAIRAM.encode(), SOZAQ.encode())
            row.district = SOZAQ

        ama.sync()

        with ama.store() as session:
            held = session.scalars(select(Attention)).one()
            assert (held.change, session.get(Visit, record)) == (late.id, None)
        assert eva.sync().refused == 0


def test_the_first_life_of_a_database_has_a_name_and_each_restore_another():
    with region_of(AMA) as (ama,), ama.region.store.begin() as session:
        first = lives.current(session)
        second = lives.begin(session, at_once=True)

        assert first != second == lives.current(session)
        assert session.scalar(select(func.count()).select_from(Life)) == 2


def test_how_far_a_stream_is_known_is_the_least_of_all_lives_since():
    with region_of(AMA) as (ama,):
        ama.edit("visit", uuid4(), **WORDS)
        ama.sync()
        with ama.region.store.begin() as session:
            first = lives.current(session)
            lives.begin(session, at_once=True)
            second = lives.current(session)
            lives.begin(session, at_once=False)

            assert lives.known_until(session, first, [SOZAQ]) == {SOZAQ: 0}
            assert lives.known_until(session, second, [SOZAQ]) == {SOZAQ: 0}
            assert lives.known_until(session, "unheard of", [SOZAQ]) == {SOZAQ: 0}


def test_the_server_keeps_the_highest_number_that_it_answered():
    with region_of(AMA) as (ama,):
        for _ in range(3):
            ama.edit("visit", uuid4(), **WORDS)
        ama.sync()

        with ama.region.store() as session:
            assert session.get_one(Device, ama.device).answered == 3
