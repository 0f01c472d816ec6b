"""One region under a seeded adversary: the laptops' and the server's real code, in one process."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import msgspec
import requests
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import sync.client.tables  # noqa: F401  # its tables join the metadata
from desktop.actions import erasure, records
from desktop.actions.records import Edit, standing
from desktop.session import Desk
from sync.change import SyncRequest, encode
from sync.client import engine, identity, outbox
from sync.client.facts import recall
from sync.client.tables import Cursor, Erased
from sync.client.transport import HttpTransport
from sync.enrolment import Enrolled
from sync.errors import UserError
from sync.person import Person
from sync.places import load_pack
from sync.records import KINDS
from sync.records.base import REGION, field_map
from sync.sealing import PublicKeys, new_seed
from sync.server import carried, exchange, introductions, lives
from sync.server.accounts import Caller
from sync.server.tables import Account, Device, Life, OwnKeys, SealKey, Stream
from tests.simulate.line import Line
from tests.simulate.memory import Died, Memory, dies_at, full_at

SOZAQ, SAIRAM = "615600000", "615200000"
DISTRICTS = (SOZAQ, SAIRAM)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PEOPLE = (
    Person(id="ama", name="Ама", role="activist", district=SOZAQ, language="en"),
    Person(id="ben", name="Бен", role="leader", district=SOZAQ, language="en"),
    Person(id="eva", name="Ева", role="coordinator", district=REGION, language="en"),
    Person(id="zoe", name="Зоя", role="activist", district=SAIRAM, language="en"),
)
MOST_LAPTOPS = len(PEOPLE) + 1  # one may be copied
ROUNDS = 8  # of exchanges, after which everyone must have nothing more to say
PACK = load_pack()


@dataclass
class Made:
    """An edit that a laptop acknowledged to its person."""

    by: str
    kind: str
    record: UUID
    fields: dict[str, Any]
    parent: UUID | None = None


class Server:
    """The regional server: its database, and who may speak to it."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.people = {person.id: person for person in PEOPLE}
        self.callers: dict[str, tuple[str, UUID]] = {}  # by token
        memory.put_back()
        with memory.sessions.begin() as session:
            session.add_all(Stream(district=one) for one in (*DISTRICTS, REGION))
            session.add(Life(number=1, epoch=uuid4().hex, points={}))
            session.add(OwnKeys(id=1, seed=new_seed()))
            session.add(SealKey(number=1, key="5ea1" * 16))
        store = SimpleNamespace(reading=memory.sessions, writing=memory.sessions)
        blobs = SimpleNamespace(lost=lambda _: set())
        now = lambda: NOW  # noqa: E731
        self.service: Any = SimpleNamespace(store=store, blobs=blobs, districts=DISTRICTS, now=now)

    def enrol(self, person: str) -> str:
        """A new laptop's token."""
        device, token = uuid4(), uuid4().hex
        self._know(device, person, token)
        self.callers[token] = (person, device)
        return token

    def answer(self, path: str, body: bytes, token: str) -> bytes:
        """One request, in one transaction; the reply leaves after the commit."""
        person, device = self.callers[token]
        if path in ("/v1/key", "/v1/carry"):
            return self._carry(path, body, device, person, token)
        if path == "/v1/device":
            enrolled = Enrolled(self.enrol(person), self.people[person])
            return msgspec.json.encode(enrolled)
        request = msgspec.json.decode(body, type=SyncRequest)
        caller = Caller(self.people[person], device)
        try:
            with self.memory.sessions.begin() as session:
                if session.get(Device, device) is None:  # a backup older than the laptop
                    self._know(device, person, token, session)
                reply = exchange.answer(session, request, caller, DISTRICTS, NOW)
        except OperationalError as error:
            raise OSError("the disk is full") from error
        return encode(reply)

    def _carry(self, path: str, body: bytes, device: UUID, person: str, token: str) -> bytes:
        """Introductions and letters, by the server's own code."""
        try:
            with self.memory.sessions.begin() as session:
                if session.get(Device, device) is None:
                    self._know(device, person, token, session)
                for one in self.people.values():
                    session.merge(Account(**msgspec.structs.asdict(one), active=True))
                if path == "/v1/key":
                    keys = msgspec.json.decode(body, type=PublicKeys)
                    return msgspec.json.encode(introductions.introduce(session, device, keys))
            return msgspec.json.encode(carried.deliver(self.service, body))
        except OperationalError as error:
            raise OSError("the disk is full") from error

    def _know(self, device: UUID, person: str, token: str, session: Any = None) -> None:
        row = Device(id=device, account=person, name="laptop", token=token, enrolled=NOW)
        if session is not None:
            session.add(row)
            session.flush()
            return
        with self.memory.sessions.begin() as own:
            own.add(row)


class Laptop:
    """One person's file and line."""

    def __init__(self, world: "World", memory: Memory, person: str, token: str) -> None:
        self.memory, self.person, self.token = memory, person, token
        self.line = Line(world.server.answer, world.chance, world.late)
        self.line.others, self.line.note = world.heard, world.trace.update
        self.clock = NOW
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.adapters.clear()
        self.http.mount("http://", self.line)

    def desk(self, fallback: Person) -> Desk:
        """As after a restart: everything is read from the file."""
        with self.memory.sessions() as session:
            person = recall(session, "person", Person) or fallback
            token = recall(session, "token", str) or self.token
        transport = HttpTransport(self.http, "http://server.test", token)
        photos: Any = None
        return Desk(person, self.memory.sessions, photos, transport, PACK)  # type: ignore[arg-type]


@dataclass
class World:
    """All that one schedule plays with."""

    chance: Random
    server: Server
    memories: list[Memory]
    laptops: list[Laptop] = field(default_factory=list)
    late: list[Callable[[], object]] = field(default_factory=list)
    letters: list[tuple[Laptop, bytes]] = field(default_factory=list)  # on sticks, with writers
    replies: list[tuple[Laptop, bytes]] = field(default_factory=list)  # for whom
    heard: dict[str, tuple[dict[str, str], bytes]] = field(default_factory=dict)
    made: dict[UUID, Made] = field(default_factory=dict)
    given_up: set[UUID] = field(default_factory=set)  # edits of what their own author erased
    backup: bytes | None = None
    hidden: list[str] = field(default_factory=list)  # what was typed and not shown any more
    injected: dict[str, int] = field(default_factory=dict)
    written: int = 0  # sentences, each unlike all others
    trace: Any = field(default_factory=sha256)  # of every byte that crossed a line, in its order

    def enrol_all(self) -> None:
        for person, memory in zip(PEOPLE, self.memories, strict=False):
            memory.put_back()
            laptop = Laptop(self, memory, person.id, self.server.enrol(person.id))
            self.laptops.append(laptop)
            identity.introduce(memory.sessions, self.desk(laptop).server)

    def count(self, fault: str) -> None:
        """A fault was injected."""
        self.injected[fault] = self.injected.get(fault, 0) + 1

    def desk(self, laptop: Laptop) -> Desk:
        """What this laptop's person works with."""
        return laptop.desk(next(one for one in PEOPLE if one.id == laptop.person))

    def edit(self, laptop: Laptop, *edits: Edit) -> bool:
        """Save edits, and note them if the program said that they are saved."""
        desk = self.desk(laptop)
        try:
            changes = records.save_all(desk, edits)
        except (UserError, OperationalError, Died):
            return False
        finally:
            laptop.memory.fail = lambda _: None
        with laptop.memory.sessions() as session:
            for change in changes:
                about = [one for one in outbox.waiting(session) if one.record == change.record]
                waits = about[-1]  # it may have been put into one that waited already
                self.made[waits.id] = Made(
                    laptop.person, change.kind, change.record, dict(waits.fields), change.parent
                )
        return True

    def erase(self, laptop: Laptop, record: UUID, reason: str) -> None:
        """Somebody erases a record; what they had not sent of it is given up by them."""
        desk = self.desk(laptop)
        with laptop.memory.sessions() as session:
            before = {change.id for change in outbox.waiting(session)}
        try:
            erasure.erase(desk, record, reason)
        except (UserError, OperationalError, Died):
            return
        finally:
            laptop.memory.fail = lambda _: None
        self.count("erased")
        with laptop.memory.sessions() as session:
            self.given_up |= before - {change.id for change in outbox.waiting(session)}

    def sync(self, laptop: Laptop) -> bool:
        """One exchange, whatever befalls it; whether it came to its end."""
        desk = self.desk(laptop)
        try:
            engine.sync_once(desk.store, desk.server)
            identity.introduce(desk.store, desk.server)
        except (UserError, OperationalError, Died):
            self.hidden += hidden(laptop)
            return False
        finally:
            laptop.memory.fail = self.server.memory.fail = lambda _: None
            self.hidden += risen(laptop)
        return True

    def fail(self, memory: Memory, sort: str, number: int) -> None:
        """Something goes wrong at a coming statement of this file."""
        memory.fail = dies_at(number) if sort == "dies" else full_at(number)

    def put_back(self, *, told: bool) -> None:
        """Yesterday's backup takes the place of the server's database.

        Not `told`, the server must find out by itself: the first to speak is a laptop that knows
        more than it. Where there is none, only a comparison of all records could show it.
        """
        assert self.backup is not None
        self.server.memory.put_back(self.backup)
        self.late.clear()  # the machine was off meanwhile
        ahead = [] if told else [laptop for laptop in self.laptops if self.knows_more(laptop)]
        if ahead:
            self.sync_in_peace(self.chance.choice(ahead))
        else:
            with self.server.memory.sessions.begin() as session:
                lives.begin(session, at_once=True)

    def knows_more(self, laptop: Laptop) -> bool:
        """Whether a laptop has read or was answered more than the server remembers."""
        with laptop.memory.sessions() as session:
            cursors = {row.stream: row.revision for row in session.query(Cursor)}
            answered = outbox.answered(session)
            token = recall(session, "token", str) or laptop.token
        with self.server.memory.sessions() as session:
            device = session.get(Device, self.server.callers[token][1])
            remembered = (device.answered if device else None) or 0
            return answered > remembered or lives.runs_ahead(session, cursors)

    def copy(self, laptop: Laptop) -> None:
        """Somebody copies a laptop's folder to a second one."""
        memory = self.memories[len(self.laptops)]
        memory.put_back(laptop.memory.copy())
        self.laptops.append(Laptop(self, memory, laptop.person, laptop.token))

    def peace(self) -> None:
        """No more faults: everyone syncs until nobody has anything to say."""
        for late in self.late:
            with suppress(OSError):
                late()
        self.late.clear()
        for _ in range(ROUNDS):
            told = [self.sync_in_peace(laptop) for laptop in self.laptops]
            if not any(told):
                return

    def look_at(self, laptop: Laptop) -> None:
        """After each page."""
        self.hidden += risen(laptop)

    def sync_in_peace(self, laptop: Laptop) -> bool:
        """One exchange; whether there was anything to say."""
        desk = self.desk(laptop)
        done = engine.sync_once(desk.store, desk.server, lambda _: self.look_at(laptop))
        return bool(done.sent or done.taken or done.refused or done.offered_again)


def risen(laptop: Laptop) -> list[str]:
    """Records that were erased on a laptop, and are on it again."""
    with laptop.memory.sessions() as session:
        stones = set(session.scalars(select(Erased.record)))
        return [
            f"{kind.kind} {id} was erased and is on {laptop.person}'s laptop again"
            for kind in KINDS.values()
            for id in session.scalars(select(kind.id).where(kind.id.in_(stones)))
        ]


def hidden(laptop: Laptop) -> list[str]:
    """Edits that wait on a laptop and do not stand in the record that its person sees."""
    with laptop.memory.sessions() as session:
        waiting = {
            (change.kind, change.record, name): value
            for change in outbox.waiting(session)
            for name, value in change.fields.items()
            if name in field_map(KINDS[change.kind])  # an erasure leaves nothing to be shown
        }
        shown = {
            (kind, record): standing(row).fields
            for kind, record, _ in waiting
            if (row := session.get(KINDS[kind], record)) is not None
        }
    return [
        f"{laptop.person}'s {name}={value!r} waits and is not shown"
        for (kind, record, name), value in waiting.items()
        if shown.get((kind, record), {}).get(name) != value
    ]
