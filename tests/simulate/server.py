"""The regional server's own code on a database in memory, without its routes' HTTP."""

from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from sync.change import SyncRequest, encode
from sync.enrolment import EnrolRequest, RenewRequest, SignInRequest, Tokens
from sync.person import REGION, Person
from sync.places import load_pack
from sync.rights import streams
from sync.sealing import PublicKeys, new_seed
from sync.server import accounts, carried, carried_numbers, deps, exchange, lives, proofs, tokens
from sync.server.audit import FIRST
from sync.server.carried_numbers import Known
from sync.server.passwords import Passwords
from sync.server.problems import Problem
from sync.server.proofs import Asked, Proven
from sync.server.service import Service
from sync.server.tables import Account, AuditHead, Device, Entry, Life, OwnKeys, SealKey, Stream
from tests.servers import CHEAP
from tests.simulate.memory import Memory
from tests.simulate.valid import Valid

SOZAQ, SAIRAM = "615600000", "615200000"
DISTRICTS = (SOZAQ, SAIRAM)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PEOPLE = (
    Person(id="ama", name="Ама", role="activist", district=SOZAQ, language="en"),
    Person(id="ben", name="Бен", role="leader", district=SOZAQ, language="en"),
    Person(id="eva", name="Ева", role="coordinator", district=REGION, language="en"),
    Person(id="zoe", name="Зоя", role="activist", district=SAIRAM, language="en"),
)
PASSWORD = "тоғыз жолдың торабы"
PACK = load_pack()
NOTHING = Known()


class ServerClock:
    """Takes the place of `datetime` where the ledger notes when an edit came."""

    server: "Server"  # the one that is played with

    @classmethod
    def now(cls, _zone: object = None) -> datetime:
        """By the server's clock."""
        return cls.server.clock


class Server:
    """The regional server: its database, its clock, and whose laptops may speak to it."""

    def __init__(self, memory: Memory, file: bytes | None = None) -> None:
        """`file`: the database as it stands; without it a new one."""
        self.memory = memory
        self.people = {person.id: person for person in PEOPLE}
        self.clock = NOW
        ServerClock.server = self
        self.valid = Valid()
        memory.put_back(file)
        if file is None:
            _prepare(memory)
        self.service: Any = SimpleNamespace(
            region_keys=(),
            store=SimpleNamespace(reading=memory.sessions, writing=memory.sessions),
            writing=lambda _person: memory.sessions.begin(),
            reading=lambda _person: memory.sessions(),
            blobs=SimpleNamespace(lost=lambda _: set()),
            districts=DISTRICTS,
            pack=PACK,
            passwords=Passwords(CHEAP),
            readable=lambda person: streams(person, DISTRICTS),
            now=lambda: self.clock,
        )

    def start(self, known: Known = NOTHING) -> None:
        """It was stopped, and begins again. `known`: to the database that a backup took the place of."""
        with self.memory.sessions.begin() as session:
            carried_numbers.go_on(session, known)
            doubt = carried_numbers.is_in_doubt(session, known)
            given = carried_numbers.of_lost(session, known)
            lives.begin(session, at_once=True, doubt=doubt, given=given)

    def numbers(self) -> Known:
        """What its database knows of numbers of the register."""
        with self.memory.sessions() as session:
            return carried_numbers.read(session)

    def edits(self) -> set[UUID]:
        """All that it has answered, as far as it knows."""
        with self.memory.sessions() as session:
            return set(session.scalars(select(Entry.change)))

    def lost(self, known: Known) -> set[UUID]:
        """The records whose numbers, of these, its database does not know."""
        with self.memory.sessions() as session:
            return {UUID(id) for id in carried_numbers.of_lost(session, known)}

    def code(self, person: str) -> str:
        """A new code for somebody's laptop."""
        with self.memory.sessions.begin() as session:
            return accounts.make_code(session, person, self.clock)

    def move(self, person: str, **rights: str) -> None:
        """Somebody's rights are others from now on."""
        self.people[person] = msgspec.structs.replace(self.people[person], **rights)
        self.put_rights()

    def put_rights(self) -> None:
        """The accounts as whoever runs the server wants them, also after a restore."""
        with self.memory.sessions.begin() as session:
            for person in self.people.values():
                session.execute(
                    update(Account)
                    .where(Account.id == person.id)
                    .values(role=person.role, district=person.district)
                )

    def laptops(self) -> dict[UUID, tuple[str | None, ...]]:
        """{laptop: what the server keeps of its tokens}."""
        columns = (Device.id, Device.token, Device.refresh, Device.family, Device.spent)
        with self.memory.sessions() as session:
            return {id: tuple(kept) for id, *kept in session.execute(select(*columns))}

    def answer(self, asked: Asked, body: bytes) -> tuple[bytes, Proven | None]:
        """One request; the reply leaves after the commit. `body`: unpacked."""
        try:
            return self._answer(asked, body)
        except OperationalError as error:
            raise OSError("the disk is full") from error

    def _answer(self, asked: Asked, body: bytes) -> tuple[bytes, Proven | None]:
        """As the routes do it, whom to let in included."""
        service, path = self.service, asked.target
        if path == "/v1/renew":
            return self._renew(msgspec.json.decode(body, type=RenewRequest), asked), None
        if path in ("/v1/token", "/v1/enrol"):
            return self._take_in(path, body), None
        token = asked.headers["Authorization"].removeprefix("Bearer ")
        caller = deps._named(service, f"Bearer {token}")
        if path == "/v1/key":
            keys = msgspec.json.decode(body, type=PublicKeys)
            with self.memory.sessions.begin() as session:
                said, proven = proofs.introduce(session, asked, keys, caller)
            return msgspec.json.encode(said), proven
        proven = proofs.prove(service.store, asked, caller)
        self.valid.show(token, self.clock)
        if path == "/v1/device":
            given = accounts.rename(service.store, caller, service.now)
            return self._enrolled(given, caller.person), proven
        if path == "/v1/carry":
            return msgspec.json.encode(carried.deliver(service, body)), proven
        with self.memory.sessions.begin() as session:
            request = msgspec.json.decode(body, type=SyncRequest)
            reply = exchange.answer(session, request, caller, DISTRICTS, self.clock)
        return encode(reply), proven

    def _renew(self, request: RenewRequest, asked: Asked) -> bytes:
        try:
            tokens.renew(self.service.store, request, self.clock, partial(proofs.require, asked))
        except Problem as problem:
            if problem.text == tokens.COPIED:
                self.valid.close(request)
            raise
        self.valid.renew(request, self.clock)
        return b""

    def _take_in(self, path: str, body: bytes) -> bytes:
        store, passwords = self.service.store, self.service.passwords
        if path == "/v1/token":
            who = msgspec.json.decode(body, type=SignInRequest)
            given, person = accounts.sign_in(
                store, passwords, who.person, who.password, who.token, self.service.now,
                renews=who.renews,
            )  # fmt: skip
        else:
            new = msgspec.json.decode(body, type=EnrolRequest)
            given, person = accounts.enrol(
                store, passwords, new.code, new.password, new.device, self.service.now,
                renews=new.renews,
            )  # fmt: skip
        return self._enrolled(given, person)

    def _enrolled(self, given: Tokens, person: Person) -> bytes:
        self.valid.give(given, self.clock)
        return msgspec.json.encode(Service.enrolled(self.service, given, person))


def _prepare(memory: Memory) -> None:
    with memory.sessions.begin() as session:
        session.add_all(Stream(district=one) for one in (*DISTRICTS, REGION))
        session.add(Life(number=1, epoch=uuid4().hex, points={}))
        session.add(OwnKeys(id=1, seed=new_seed()))
        session.add(AuditHead(id=1, number=0, hash=FIRST))
        session.add(SealKey(number=1, key="5ea1" * 16))
        session.add_all(Account(**_row(one), password=None, active=True) for one in PEOPLE)


def _row(person: Person) -> dict[str, str]:
    row: dict[str, str] = msgspec.structs.asdict(person)
    return row
