"""A region without sockets: the real ledger and the real engine, with a line that can be cut."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import Engine, StaticPool, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

import sync.client.tables  # noqa: F401  # its tables join the metadata
from sync.change import Change, SyncReply, SyncRequest, encode
from sync.client import engine, outbox
from sync.enrolment import Tokens
from sync.errors import Offline
from sync.person import REGION, Person
from sync.records import KINDS
from sync.records.base import Base, as_text, fields
from sync.server import exchange
from sync.server.accounts import Caller
from sync.server.audit import FIRST
from sync.server.tables import AuditHead, Device, Life, SealKey, ServerBase, Stream

SOZAQ, SAIRAM = "615600000", "615200000"
DISTRICTS = (SOZAQ, SAIRAM)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


_idle: dict[Any, list[Engine]] = {}  # whose files are gone; another file comes by them


def memory(base: type[Base] | type[ServerBase]) -> sessionmaker[Session]:
    """An empty file. Whoever has no more use for it disposes of its engine.

    The engine is then used again: what it has compiled costs more than all that a test does.
    """
    idle = _idle.setdefault(base, [])
    return sessionmaker(idle.pop() if idle else _engine(base, idle), expire_on_commit=False)


def _engine(base: type[Base] | type[ServerBase], idle: list[Engine]) -> Engine:
    said = {"check_same_thread": False}  # a laptop may be played by another thread each time
    made = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args=said, json_serializer=as_text
    )

    def connected(raw: sqlite3.Connection, _record: object) -> None:
        raw.deserialize(_empty(base))
        raw.execute("PRAGMA secure_delete=ON")
        raw.execute("PRAGMA foreign_keys=ON")

    def disposed(_engine: Engine) -> None:
        if made not in idle:
            idle.append(made)

    event.listen(made, "connect", connected)
    event.listen(made, "engine_disposed", disposed)
    return made


@cache
def _empty(base: type[Base] | type[ServerBase]) -> bytes:
    """A file with all tables and nothing in them."""
    made = create_engine("sqlite://", poolclass=StaticPool)
    base.metadata.create_all(made)
    with made.connect() as connection:
        raw: Any = connection.connection.driver_connection
        content: bytes = raw.serialize()
    made.dispose()
    return content


class Region:
    """The server's side of the line."""

    def __init__(self) -> None:
        self.store = memory(ServerBase)
        with self.store.begin() as session:
            session.add_all(Stream(district=district) for district in (*DISTRICTS, REGION))
            session.add(Life(number=1, epoch="first", points={}))
            session.add(AuditHead(id=1, number=0, hash=FIRST))
            session.add(SealKey(number=1, key="5ea1" * 16))

    def device(self, person: Person) -> UUID:
        """A laptop of this person, known to the server."""
        with self.store.begin() as session:
            device = Device(id=uuid4(), account=person.id, name="laptop", token=uuid4().hex)
            device.enrolled = NOW
            session.add(device)
        return device.id

    def answer(self, person: Person, device: UUID, request: SyncRequest) -> SyncReply:
        with self.store.begin() as session:
            return exchange.answer(session, request, Caller(person, device), DISTRICTS, NOW)


class Laptop:
    """One person's file, and their line to the region."""

    def __init__(self, region: Region, person: Person) -> None:
        self.region, self.person = region, person
        self.device = region.device(person)
        self.store = memory(Base)
        self.fault = ""  # "before", "after", "twice": what happens to the next request

    def exchange(self, request: SyncRequest) -> SyncReply:
        """The line: messages cross it as bytes."""
        fault, self.fault = self.fault, ""
        if fault == "before":
            raise Offline("cut")
        sent = msgspec.json.decode(encode(request), type=SyncRequest)
        reply = self.region.answer(self.person, self.device, sent)
        if fault == "twice":
            reply = self.region.answer(self.person, self.device, sent)
        if fault == "after":
            raise Offline("cut")
        return msgspec.json.decode(encode(reply), type=SyncReply)

    def expect(self, changes: list[Change]) -> None:
        """Nothing is made ready."""

    def rename(self) -> Tokens:
        """The server knows this laptop by another name from now on."""
        self.device = self.region.device(self.person)
        return Tokens("token")

    def use_token(self, token: str) -> None:
        """This line signs nothing."""

    def edit(
        self, kind: str, record: UUID, parent: UUID | None = None, **values: object
    ) -> Change:
        with self.store.begin() as session:
            known = session.get(KINDS[kind], record)
            change = Change(
                kind=kind,
                record=record,
                parent=parent,
                district=self.person.district if self.person.district != REGION else SOZAQ,
                fields=values,
                base=known.revision if known else 0,
                by=self.person.id,
            )
            return outbox.put(session, change)

    def sync(self) -> engine.Exchange:
        return engine.sync_once(self.store, self)

    def records(self) -> dict[UUID, dict[str, object]]:
        """Everything a person can see, by record."""
        with self.store() as session:
            return {row.id: _seen(row) for kind in KINDS.values() for row in session.query(kind)}


def raw(store: sessionmaker[Session]) -> bytes:
    """All bytes of the file, its free space too."""
    with store() as session:
        connection = session.connection().connection.driver_connection
        assert connection is not None
        content: bytes = connection.serialize()
    return content


def _seen(row: object) -> dict[str, object]:
    names = [field.name for field in fields(type(row))]  # type: ignore[arg-type]
    system = ("kind", "district", "author", "revision", "removed", "conflicts", "review", "parent")
    return {name: getattr(row, name, None) for name in (*system, *names)}


@contextmanager
def region_of(*people: Person) -> Iterator[list[Laptop]]:
    """Laptops of these people on one region."""
    region = Region()
    laptops = [Laptop(region, person) for person in people]
    yield laptops
    for store in (region.store, *(laptop.store for laptop in laptops)):
        store.kw["bind"].dispose()


AMA = Person(id="ama", name="Ама", role="activist", district=SOZAQ, language="en")
BEN = Person(id="ben", name="Бен", role="activist", district=SOZAQ, language="en")
EVA = Person(id="eva", name="Ева", role="coordinator", district=REGION, language="en")
ZOE = Person(id="zoe", name="Зоя", role="activist", district=SAIRAM, language="en")
