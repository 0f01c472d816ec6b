"""A program that saves without end, to be killed: what it has acknowledged must be there."""

import io
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from PIL import Image
from sqlalchemy import select

from desktop.actions import attachments, records
from desktop.actions.edits import Edit
from desktop.folder import Profile
from desktop.journal_file import read_journal
from desktop.mended import take_unsaid
from desktop.mending import keep_journal
from desktop.photos import PhotoFolder
from desktop.session import Desk
from desktop.store import Store, check, create_store, open_store
from sync.client.line import open_http
from sync.client.tables import Blob, Pending
from sync.client.transport import HttpTransport
from sync.person import Person
from sync.places import load_pack
from sync.records.notes import Attachment
from sync.records.visit import Visit

KEY = bytes(range(32))
SOMEBODY = Person("a.beisenova", "Айгүл Бейсенова", "activist", "615600000")
PACK = load_pack()  # read once, in the process that the killed ones are forked from

Acknowledge = Callable[[UUID], None]
Save = Callable[[Desk, int, Acknowledge], None]


def make(profile: Profile) -> None:
    """An empty file."""
    create_store(profile.store, KEY, profile.copies).close()


def desk(profile: Profile) -> Desk:
    """As `open_desk` assembles it, without a password."""
    store = open_store(profile.store, KEY, profile.copies)
    keep_journal(profile, store, KEY)
    return Desk(
        person=SOMEBODY,
        store=store,
        photos=PhotoFolder(profile.photos, KEY),
        server=HttpTransport(open_http(), "http://127.0.0.1:9"),
        pack=PACK,
    )


def picture(number: int) -> bytes:
    """One that no other number has."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (number % 251, number // 251 % 251, 7)).save(out, "PNG")
    return out.getvalue()


def save(at: Desk, number: int, acknowledge: Acknowledge) -> None:
    """One record with a photo, each acknowledged when its call has returned."""
    change = records.save(at, "visit", {"people": number, "outcome": "Қысқаша жазба " * 20})[0]
    acknowledge(change.record)
    acknowledge(attachments.attach(at, change.record, picture(number))[0].record)


def save_too_sure(at: Desk, number: int, acknowledge: Acknowledge) -> None:
    """A mutant: it acknowledges what is written but not yet on the disk."""
    with at.store.begin() as session:
        change = records.put(at, session, Edit("visit", {"people": number}))
        assert change is not None
        acknowledge(change.record)


def save_in_two(at: Desk, number: int, acknowledge: Acknowledge) -> None:
    """A mutant: the record in one transaction, its outbox row in the next."""
    with at.store.begin() as session:
        change = records.put(at, session, Edit("visit", {"people": number}))
        assert change is not None
        row = session.scalars(select(Pending).where(Pending.change == change.id)).one()
        session.delete(row)
    body = row.body
    with at.store.begin() as session:
        session.add(
            Pending(change=change.id, record=change.record, district=change.district, body=body)
        )
    acknowledge(change.record)


def save_for_ever(folder: Path, line: Connection, how: Save) -> None:
    """The life of the process: it ends by being killed."""
    at = desk(Profile(folder))
    for number in count():
        how(at, number, lambda record: line.send_bytes(record.bytes))


def losses(profile: Profile, acknowledged: set[UUID]) -> list[str]:
    """What is wrong with the file and its journal after a kill; empty when nothing is."""
    told = read_journal(profile.journal, KEY)
    entries = told.entries if told is not None else []
    told_of = {edit.record for _, edits in entries for edit in edits}
    at = desk(profile)
    found = [f"not in the journal: {record}" for record in acknowledged - told_of]
    found += ["the file was behind its journal"] if take_unsaid(at.store) else []
    assert isinstance(at.store, Store)
    found += check(at.store)
    with at.store() as session:
        visits = set(session.scalars(select(Visit.id)))
        attached = list(session.scalars(select(Attachment)))
        waiting = set(session.scalars(select(Pending.record)))
        blobs = set(session.scalars(select(Blob.sha256)))
    here = visits | {one.id for one in attached}
    found += [f"lost: {record}" for record in acknowledged - here]
    found += [f"never sent: {record}" for record in here - waiting]
    found += [f"made of nothing: {record}" for record in waiting - here]
    sums = {one.sha256 or "" for one in attached}
    found += [f"no photo: {sum}" for sum in sums if sum not in blobs or not at.photos.has(sum)]
    at.store.close()
    return found
