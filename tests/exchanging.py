"""A laptop that saves, exchanges with a real server, and is killed (-9) at the n-th thing it does."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIGKILL
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import select

from desktop.actions.exchange import exchange
from desktop.folder import Profile
from desktop.photos import PhotoFolder
from desktop.session import Desk
from desktop.store import Store, check, open_store
from sync.client import identity
from sync.client.check import Check
from sync.client.line import open_http
from sync.client.tables import Blob, Pending
from sync.client.tokens import TokenKeeper
from sync.client.transport import HttpTransport
from sync.person import Person
from sync.records.notes import Attachment
from sync.records.visit import Visit
from tests import saving
from tests.failpoints import DATABASE, DISK, LINE, Points, watched

Answered = dict[UUID, int | None]  # {change: the revision it became; None while it waits}


def desk(profile: Profile, url: str, person: Person) -> Desk:
    """As `open_desk` assembles it, without a password. The tokens are in the file."""
    store = open_store(profile.store, saving.KEY, profile.copies)
    keeper = TokenKeeper(store)
    with store() as session:
        mutual = identity.mutual(session)
    return Desk(
        person=person,
        store=store,
        photos=PhotoFolder(profile.photos, saving.KEY),
        server=HttpTransport(open_http(), url, keeper.held().token, keeper, mutual),
        pack=saving.PACK,
    )


def exchange_and_die(
    folder: Path, line: Connection, server: tuple[str, Person], life: int, dies_at: int,
    mutant: str,
) -> None:  # fmt: skip
    """The life of the process: some saves, each acknowledged, and an exchange."""
    at = desk(Profile(folder), *server)
    for number in range(2):
        saving.save(at, life * 2 + number, lambda record: line.send_bytes(record.bytes))
    points = Points(dies_at, _die, DATABASE + DISK + LINE)
    with unguarded(mutant), watched(points.reach):
        exchange(at)


@contextmanager
def unguarded(mutant: str) -> Iterator[None]:
    """The code with this guard removed, and without the self-check: it would put much right again."""
    if not mutant:
        yield
        return
    from tests.simulate.mutants import without  # here: with it comes the whole server

    with without(mutant), patch.object(Check, "_compare", lambda *_: None):
        yield


def _die(_point: str, _dialect: Any) -> None:
    os.kill(os.getpid(), SIGKILL)


def exchange_in_peace(at: Desk) -> None:
    """As often as it takes until all is sent and taken."""
    for _ in range(3):
        exchange(at)


def told(at: Desk) -> Answered:
    """What the laptop believes of each of its edits."""
    with at.store() as session:
        rows = session.execute(select(Pending.change, Pending.revision))
        return {row.change: row.revision for row in rows}


def losses(at: Desk, acknowledged: set[UUID]) -> list[str]:
    """What is wrong with the file after a kill; empty when nothing is."""
    assert isinstance(at.store, Store)
    found = check(at.store)
    with at.store() as session:
        attached = list(session.scalars(select(Attachment)))
        here = {one.id for one in attached} | set(session.scalars(select(Visit.id)))
        kept = set(session.scalars(select(Pending.record)))
        blobs = {row.sha256 for row in session.scalars(select(Blob)) if row.here}
    found += [f"lost: {record}" for record in acknowledged - here]
    found += [f"never sent: {record}" for record in acknowledged - kept]
    own = [one.sha256 or "" for one in attached if one.id in acknowledged]
    found += [f"no photo: {sum}" for sum in own if sum not in blobs or not at.photos.has(sum)]
    return found
