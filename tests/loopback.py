"""A region without sockets: the real ledger and the real engine, with a line that can be cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session, sessionmaker

import sync.client.tables  # noqa: F401  # its tables join the metadata
from sync.change import Change, SyncReply, SyncRequest, encode
from sync.client import engine, outbox
from sync.errors import Offline
from sync.records import KINDS
from sync.records.base import REGION, Base, fields
from sync.rights import Person, streams
from sync.server import ledger
from sync.server.tables import ServerBase, Stream

SOZAQ, SAIRAM = "615600000", "615200000"
DISTRICTS = (SOZAQ, SAIRAM)


def memory(base: type[Base] | type[ServerBase]) -> sessionmaker[Session]:
    made = create_engine("sqlite://", poolclass=StaticPool)
    base.metadata.create_all(made)
    return sessionmaker(made, expire_on_commit=False)


class Region:
    """The server's side of the line."""

    def __init__(self) -> None:
        self.store = memory(ServerBase)
        with self.store.begin() as session:
            session.add_all(Stream(district=district) for district in (*DISTRICTS, REGION))

    def answer(self, person: Person, device: UUID, request: SyncRequest) -> SyncReply:
        with self.store.begin() as session:
            answers = ledger.accept(session, request.changes, person, device, DISTRICTS)
            cursors = {
                stream: request.cursors.get(stream, 0) for stream in streams(person, DISTRICTS)
            }
            news, reached, more = ledger.since(session, cursors, answers.own)
            return SyncReply(
                epoch="1",
                accepted=answers.accepted,
                refused=answers.refused,
                changes=[*news, *answers.given, *ledger.current(session, answers.astray)],
                cursors=reached,
                more=more,
            )


class Laptop:
    """One person's file, and their line to the region."""

    def __init__(self, region: Region, person: Person) -> None:
        self.region, self.person, self.device = region, person, uuid4()
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
            outbox.put(session, change)
        return change

    def sync(self) -> engine.Exchange:
        return engine.sync_once(self.store, self)

    def records(self) -> dict[UUID, dict[str, object]]:
        """Everything a person can see, by record."""
        with self.store() as session:
            return {row.id: _seen(row) for kind in KINDS.values() for row in session.query(kind)}


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
