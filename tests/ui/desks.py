"""Desks for the tests of screens: real store and actions, no encryption, no server."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

import resources
import sync.client.tables  # noqa: F401  # its tables join the metadata
from desktop.actions import records, review
from desktop.index.keeping import keep_index
from desktop.photos import PhotoFolder
from desktop.session import Desk
from sync.client.line import open_http
from sync.client.transport import HttpTransport
from sync.person import REGION, Person
from sync.places import load_pack
from sync.records.base import Base, Values

SOZAQ = "615600000"
VILLAGE = "615647100"  # Созақ ауылы
PEOPLE = {
    "activist": Person("a.beisenova", "Айгүл Бейсенова", "activist", SOZAQ),
    "leader": Person("n.tursynbek", "Нұржан Тұрсынбек", "leader", SOZAQ),
    "coordinator": Person("d.ospanov", "Дәурен Оспанов", "coordinator", REGION),
    "analyst": Person("s.aben", "Сәуле Әбен", "analyst", REGION),
    "officer": Person("m.qasym", "Мәдина Қасым", "integrity_officer", REGION),
}
NOWHERE = "http://127.0.0.1:9"  # the port of nobody: every call fails at once


def story() -> dict[str, Any]:
    """The story of `make demo`: lifelike records in Kazakh."""
    told: dict[str, Any] = json.loads(resources.text("demo", "story.json"))
    return told


def make_desk(folder: Path, role: str = "activist") -> Desk:
    """A desk on a plain SQLite file in `folder`; made again, it opens the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "test.db"
    if not path.exists():
        path.write_bytes(_empty(len(Base.metadata.tables)))
    engine = create_engine(f"sqlite:///{path}")
    return Desk(
        person=PEOPLE[role],
        store=sessionmaker[Session](engine, expire_on_commit=False),
        photos=PhotoFolder(folder / "photos", bytes(32)),
        server=HttpTransport(open_http(), NOWHERE),
        pack=load_pack("turkistan"),
    )


@cache
def _empty(_tables: int) -> bytes:
    """A file with so many tables, which all desks begin with: they take a fifth of a second to make."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        keep_index(connection)
    with engine.connect() as connection:
        made: bytes = connection.connection.driver_connection.serialize()  # type: ignore[union-attr]
    engine.dispose()
    return made


def close(desk: Desk) -> None:
    """Let go of the file."""
    desk.store.kw["bind"].dispose()


def seen_by(desk: Desk, role: str) -> Desk:
    """The same file as another person has it: what came by sync, without a server between."""
    return replace(desk, person=PEOPLE[role])


def record(desk: Desk, kind: str, values: Values, parent: UUID | None = None) -> UUID:
    """Save one record; its id."""
    return records.save(desk, kind, values, parent=parent)[0].record


def returned_issue(desk: Desk, comments: dict[str, str]) -> UUID:
    """The story's third issue, sent by the desk's person, returned with these comments."""
    id = record(desk, "issue", story()["issues"][2])
    review.decide(desk, id, review.Decision.SEND)
    review.decide(seen_by(desk, "coordinator"), id, review.Decision.RETURN, comments)
    return id
