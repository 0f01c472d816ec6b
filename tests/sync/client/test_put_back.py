"""An older file gets back what was recorded after it: nothing twice, nothing lost, nothing half."""

import os
from random import Random
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select

from sync.change import Change
from sync.client import erasure, outbox, put_back
from sync.client.tables import Attention, Blob, Draft, Pending, PendingBody
from sync.errors import UserError
from sync.records.notes import Attachment
from sync.records.visit import Visit
from sync.server.tables import Entry
from tests.erasing import LEA, erase
from tests.loopback import AMA, BEN, SOZAQ, region_of

SEED = 20261128
SEEDS = 300 if os.environ.get("DALA_SOAK") else 12


def raw(laptop):
    with laptop.store() as session:
        return session.connection().connection.dbapi_connection


def copied(laptop):
    """The laptop's file as it stands."""
    return raw(laptop).serialize()


def restored(laptop, copy, told):
    """An older file in its place, and in that what was put in since."""
    raw(laptop).deserialize(copy)
    with laptop.store.begin() as session:
        return put_back.put_back(session, told)


def visits(laptop):
    with laptop.store() as session:
        return {row.id: (row.people, row.outcome) for row in session.scalars(select(Visit))}


def waits(laptop):
    with laptop.store() as session:
        return [change.fields for change in outbox.waiting(session)]


def once(laptop):
    """No edit is in the ledger twice."""
    with laptop.region.store() as session:
        changes = session.scalars(select(Entry.change)).all()
    return len(changes) == len(set(changes))


@pytest.fixture
def two():
    with region_of(AMA, BEN) as laptops:
        yield laptops


def test_what_was_recorded_since_the_copy_is_there_and_is_sent_once(two):
    ama, ben = two
    first = ama.edit("visit", uuid4(), people=1).record
    ama.sync()
    copy = copied(ama)
    told = [ama.edit("visit", uuid4(), people=2), ama.edit("visit", first, people=3)]
    ama.sync()  # both were answered, and the file that knew it is lost
    told += [ama.edit("visit", uuid4(), people=4)]

    back = restored(ama, copy, told)
    assert (back.edits, back.later) == (3, 0)
    assert sorted(people for people, _ in visits(ama).values()) == [2, 3, 4]
    ama.sync(), ben.sync()

    assert waits(ama) == []
    assert visits(ama) == visits(ben)
    assert once(ama)


def test_an_edit_upon_what_the_copy_never_read_does_not_keep_that_from_coming(two):
    ama, ben = two
    shared = ama.edit("visit", uuid4(), people=1, outcome="a").record
    ama.sync(), ben.sync()
    copy = copied(ama)
    ben.edit("visit", shared, outcome="Бенде")
    ben.sync(), ama.sync()
    told = [ama.edit("visit", shared, people=5)]  # upon Ben's

    restored(ama, copy, told)
    ama.sync(), ben.sync()

    assert visits(ama) == visits(ben) == {shared: (5, "Бенде")}


def test_an_edit_of_a_record_that_is_not_here_waits_and_shows_no_half_of_it(two):
    ama, ben = two
    copy = copied(ama)
    theirs = ben.edit("visit", uuid4(), people=1, outcome="бәрі").record
    ben.sync(), ama.sync()
    told = [ama.edit("visit", theirs, people=2)]

    back = restored(ama, copy, told)
    assert (back.edits, back.later, visits(ama)) == (1, 1, {})
    ama.sync(), ben.sync()

    assert visits(ama) == visits(ben) == {theirs: (2, "бәрі")}


def test_what_is_typed_next_is_not_put_into_an_edit_that_the_server_had(two):
    ama, ben = two
    copy = copied(ama)
    told = [ama.edit("visit", uuid4(), people=1)]
    ama.sync()

    restored(ama, copy, told)
    ama.edit("visit", told[0].record, people=9)
    ama.sync(), ben.sync()

    assert visits(ben) == {told[0].record: (9, None)}


def test_an_edit_that_was_answered_or_refused_by_then_has_had_its_turn(two):
    ama, _ = two
    sent = ama.edit("visit", uuid4(), people=1)
    ama.sync()
    refused = ama.edit("visit", uuid4(), people=2)
    with ama.store.begin() as session:
        outbox.hold(session, refused, "so it is")

    told_whole = msgspec.structs.replace(sent, fields={"people": 1, "outcome": "a"})

    back = restored(ama, copied(ama), [told_whole, refused])

    assert (back.edits, waits(ama)) == (0, [])
    with ama.store() as session:
        [row] = session.scalars(select(Pending))
        assert outbox.decode(row.body).fields == {"people": 1}
    with ama.store() as session:
        assert not put_back.reads_first(session)
        assert session.get(Attention, refused.id)


def test_what_no_server_knows_any_more_keeps_nothing_back_for_ever(two):
    """The stream is not this laptop's any more, or the server was put back itself."""
    ama, _ = two
    sent = ama.edit("visit", uuid4(), people=1)
    ama.sync()
    copy = copied(ama)
    upon = Change(kind="visit", record=sent.record, district=SOZAQ, fields={"people": 2}, base=999)

    restored(ama, copy, [upon])
    ama.sync()

    assert waits(ama) == []


def test_twice_is_as_once(two):
    ama, _ = two
    copy = copied(ama)
    told = [ama.edit("visit", uuid4(), people=1)]
    told += [ama.edit("visit", told[0].record, people=2)]  # the same edit, as it waits by then

    restored(ama, copy, told)
    again = restored(ama, copied(ama), told)

    assert (again.edits, waits(ama)) == (0, [{"people": 2}])


def test_of_what_was_erased_nothing_comes_back():
    with region_of(LEA) as (lea,):
        gone = lea.edit("issue", uuid4(), essence="Су жоқ")
        copy = copied(lea)
        part = lea.edit("step", uuid4(), gone.record, text="Құбыр", type="note")
        told = [part, lea.edit("issue", gone.record, essence="Су келді")]
        told.append(erase(lea, gone.record))

        restored(lea, copy, told)

        with lea.store() as session:
            assert erasure.erased_as(session, gone.record)
            bodies = session.scalars(select(PendingBody.body)).all()
            assert not any("Су".encode() in body or "Құбыр".encode() in body for body in bodies)
            assert len(bodies) == 1
        lea.sync()
        assert waits(lea) == []


def test_a_draft_of_what_was_saved_since_is_gone(two):
    ama, _ = two
    kept, saved, new = uuid4(), uuid4(), uuid4()
    with ama.store.begin() as session:
        for key, id in ((f"visit:{kept}", kept), (f"visit:{saved}", saved), ("visit:new", new)):
            body = msgspec.json.encode({"id": str(id), "values": {}})
            session.add(Draft(key=key, body=body, edited=now()))
    copy = copied(ama)
    told = [ama.edit("visit", saved, people=1), ama.edit("visit", new, people=2)]

    restored(ama, copy, told)

    with ama.store() as session:
        assert session.scalars(select(Draft.key)).all() == [f"visit:{kept}"]


def now():
    return Change(kind="visit", record=uuid4(), district="", fields={}).at


class Photos:
    def __init__(self, **kept):
        self.kept = kept

    def has(self, sha256):
        return sha256 in self.kept

    def read(self, sha256):
        if self.kept[sha256] is None:
            raise UserError("damaged")
        return self.kept[sha256]


def test_the_photos_that_came_back_with_an_edit_wait_to_be_sent(two):
    ama, _ = two
    visit = ama.edit("visit", uuid4(), people=1).record
    copy = copied(ama)
    named = {"sha256": "a" * 64, "thumbnail": "b" * 64, "name": "a.jpg"}
    told = [ama.edit("attachment", uuid4(), visit, **named)]
    told += [ama.edit("attachment", uuid4(), visit, sha256="c" * 64, thumbnail="d" * 64)]

    back = restored(ama, copy, told)
    with ama.store.begin() as session:
        files = Photos(**{"a" * 64: b"photo", "b" * 64: b"s", "c" * 64: None})
        put_back.keep_files(session, back.photos, files)

    with ama.store() as session:
        rows = {row.sha256: (row.size, row.here, row.there) for row in session.query(Blob)}
        assert len(session.scalars(select(Attachment.id)).all()) == 2
    assert rows == {"a" * 64: (5, True, False), "b" * 64: (1, True, False)}


def test_an_older_file_with_what_was_recorded_since_comes_to_the_same_end():
    """Any work of two people, a copy at any moment of it, and a loss at any later one."""
    for seed in range(SEEDS):
        ends_alike(Random(SEED + seed), f"seed {seed}")


def ends_alike(chance, seed):
    with region_of(AMA, BEN) as (ama, ben):
        copy, told, known = copied(ama), [], []
        for step in range(chance.randrange(8, 20)):
            if chance.random() < 0.1:
                copy, told = copied(ama), []
            who = chance.choice((ama, ama, ben))
            if chance.random() < 0.35:
                who.sync()
                continue
            here = [record for record in known if record in visits(who)]
            record = chance.choice(here) if here and chance.random() < 0.85 else uuid4()
            said = chance.choice(({"people": step}, {"outcome": str(step)}))
            edit = who.edit("visit", record, **said)
            known.append(record)
            told += [edit] if who is ama else []
        restored(ama, copy, told)
        if chance.random() < 0.5 and (here := list(visits(ama))):
            ama.edit("visit", chance.choice(here), people=1000)  # before anybody syncs
        for who in (ama, ben) * 3:
            who.sync()
        with ama.region.store() as session:
            ids = set(session.scalars(select(Entry.change)))
        assert [edit for edit in told if edit.id not in ids] == [], seed
        assert everything(ama) == everything(ben), seed
        assert waits(ama) == [], seed
        assert once(ama), seed


def everything(laptop):
    with laptop.store() as session:
        return {
            row.id: (row.people, row.outcome, row.revision, str(row.conflicts), row.author)
            for row in session.scalars(select(Visit))
        }


@pytest.mark.parametrize(
    ("owner", "name", "value", "story"),
    [
        (
            put_back,
            "reads_first",
            lambda _: False,
            test_an_edit_upon_what_the_copy_never_read_does_not_keep_that_from_coming,
        ),
        (
            outbox,
            "newest",
            lambda _: 0,
            test_what_is_typed_next_is_not_put_into_an_edit_that_the_server_had,
        ),
        (
            put_back,
            "_standing",
            lambda _, edits: {one.record for one in edits},
            test_an_edit_of_a_record_that_is_not_here_waits_and_shows_no_half_of_it,
        ),
    ],
    ids=["sends before it has read", "folds into what was sent", "shows halves"],
)
def test_without_its_guard_the_story_ends_otherwise(two, monkeypatch, owner, name, value, story):
    monkeypatch.setattr(owner, name, value)

    with pytest.raises(AssertionError):
        story(two)
