"""A wave played by the program itself: real laptops' code, a real server, and somebody who sees all.

What is kept of it is what an attacker may have: each upload as it came to the server, with its hour and
account; the server's database as it lies on its disk; its log; and the diary of visits, by name.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch
from uuid import UUID

import msgspec
import requests
from sqlalchemy import select, text

from desktop.actions import answers, exchange, records
from desktop.photos import PhotoFolder
from desktop.session import Desk
from sync.client.tables import WaitingAnswer
from sync.client.transport import HttpTransport
from sync.errors import Offline
from sync.packing import unpack
from sync.places import load_pack
from sync.records.base import Base
from sync.server.tables import KeptAnswer
from tests.anonymity.people import DAYS, INTERVIEWERS, Interview, Plan, make_plan
from tests.servers import AppAdapter, HandClock, Regional, body_of, change, regional
from tests.simulate.memory import Memory, Sessions

STARTS = date(2026, 11, 1)
MIDNIGHT = datetime(2026, 11, 1, tzinfo=UTC)
LOST = 0.2  # of the answers to uploads do not reach the laptop
ONLINE = 0.4  # of the days out end where there is a network
LATE = 0.4  # of the laptops have an interview that is finished after the last upload
LONG = 0.3  # of the respondents have much to say
DAY = 24 * 60
MEMORY = Path("/dev/shm")  # where there is one: what is simulated need not outlive the power


@dataclass
class Upload:
    """A request with answers, as whoever runs the server sees it."""

    account: str
    minute: int
    size: int  # bytes on the line
    said: list[dict[str, Any]]  # in the order of its body


@dataclass
class Seen:
    """All that the attacker has, and what is true."""

    plan: Plan
    uploads: list[Upload] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of the server's log
    orders: dict[str, list[str]] = field(default_factory=dict)  # {where they lie: ids in order}
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)  # {id: as the server has it}
    truth: dict[str, Interview] = field(default_factory=dict)  # {id: who it was}
    stayed: int = 0  # answers that were never sent


class Watched(AppAdapter):
    """A line on which every upload of answers is seen, and some answers to them are lost."""

    def __init__(self, app: Any, account: str, world: "World") -> None:
        super().__init__(app)
        self._account, self._world = account, world

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        reply = super().send(request)
        if (request.url or "").endswith("/v1/answers"):
            body = body_of(request)
            plain = unpack(body, 2**24) if "Content-Encoding" in request.headers else body
            seen = Upload(self._account, self._world.minute, len(body), msgspec.json.decode(plain))
            self._world.seen.uploads.append(seen)
            if self._world.chance.random() < LOST:
                raise requests.ConnectionError
        return reply


class World:
    """One wave in a district."""

    def __init__(self, server: Regional, folder: Path, plan: Plan, chance: Random) -> None:
        self.server, self.chance, self.minute = server, chance, 0
        self.seen = Seen(plan)
        self._folder = folder
        self._clock: Any = server.service.clock
        self.wave, self._form = self._open_wave()
        self._desks = {
            name: self._desk(name, memory)
            for name, memory in zip(plan.interviewers, _memories(), strict=True)
        }

    def play(self) -> Seen:
        """From the first house to the last upload."""
        plan, chance = self.seen.plan, self.chance
        for day in range(DAYS):
            for interview in (one for one in plan.interviews if one.day == day):
                self._at(interview.minute)
                self._finish(interview)
            self._at((day + 1) * DAY - chance.randint(60, 180))
            for visit in (one for one in plan.visits if one.day == day):
                said = {"visited_on": str(self.today), "village": visit.village, "topic": "survey"}
                more = {"households": visit.households, "people": visit.households}
                records.save(self._desks[visit.interviewer], "visit", said | more)
            for name in sorted({one.interviewer for one in plan.visits if one.day == day}):
                if chance.random() < ONLINE:
                    self.sync(name)
        for name in plan.interviewers:
            self._at((DAYS + 1 + chance.randint(0, 5)) * DAY + chance.randint(0, DAY - 1))
            self.sync(name)
            if chance.random() < LATE:
                self._finish(self._late(name))
            for _ in range(8):  # until every answer to an upload was heard
                self.minute += 1
                with suppress(Offline):
                    answers.send(self._desks[name])
        self._look()
        return self.seen

    @property
    def today(self) -> date:
        """The day that laptops believe it is."""
        return STARTS + timedelta(days=self.minute // DAY)

    def sync(self, name: str) -> None:
        """An exchange of this laptop, at which the line may break."""
        self.minute += 1
        with suppress(Offline):
            exchange.exchange(self._desks[name])

    def _finish(self, interview: Interview) -> None:
        desk, chance = self._desks[interview.interviewer], self.chance
        values = {
            "/data/okrug": interview.okrug,
            "/data/person/sex": interview.sex,
            **asked_age(self.seen.plan, interview),
            "/data/person/household": str(interview.members),
            "/data/marks/honest": str(chance.randint(1, 5)),
            "/data/proposal": chance.choice("ауылжол") * (chance.randint(900, 3_000) if chance.random() < LONG else 9),
        }  # fmt: skip
        before = self._waiting(desk)
        noting(interview, values)
        answers.finish(desk, self.wave, placed(interview), self.today, values)
        (new,) = self._waiting(desk) - before
        self.seen.truth[str(new)] = interview

    def _late(self, name: str) -> Interview:
        own = [one for one in self.seen.plan.interviews if one.interviewer == name]
        late = replace(own[-1], household=-1 - len(self.seen.truth), minute=self.minute)
        self.seen.plan = replace(self.seen.plan, interviews=(*self.seen.plan.interviews, late))
        return late

    def _waiting(self, desk: Desk) -> set[UUID]:
        with desk.store() as session:
            return set(session.scalars(select(WaitingAnswer.id)))

    def _at(self, minute: int) -> None:
        self.minute = max(self.minute, minute)
        self._clock.time = MIDNIGHT + timedelta(minutes=self.minute)

    def _open_wave(self) -> tuple[UUID, UUID]:
        eset = self.server.laptop("eset", "coordinator")
        form = change("form", district="region", name="Рейтинг", xform="<h:html/>")
        ends = STARTS + timedelta(days=DAYS - 1)
        days = {"starts_on": str(STARTS), "ends_on": str(ends)}
        more = days | {"form": str(form.record), "groups": list(self.seen.plan.groups)}
        wave = change("wave", district="region", title="Күз", **more)
        assert eset.exchange(form, wave).refused == []
        return wave.record, form.record

    def _desk(self, name: str, memory: Sessions) -> Desk:
        line = self.server.laptop(name)
        http = requests.Session()
        http.trust_env = False
        http.mount("http://", Watched(self.server.app, name, self))
        desk = Desk(
            person=line.person,
            store=memory,
            photos=PhotoFolder(self._folder / f"{name}-photos", bytes(32)),
            server=HttpTransport(http, "http://server.test", line.transport._token),
            pack=self.server.service.pack,
        )
        exchange.exchange(desk)
        return desk

    def _look(self) -> None:
        """What is on the server in the end, and in which order it lies there."""
        seen, service = self.seen, self.server.service
        with self.server.looking() as session:
            rows = session.execute(select(KeptAnswer.id, KeptAnswer.body)).all()
            sqlite = session.get_bind().dialect.name == "sqlite"
            scan = "SELECT id FROM answer" + ("" if sqlite else " ORDER BY ctid")
            seen.orders["scan"] = [str(UUID(str(one))) for one in session.scalars(text(scan))]
        bodies = {str(row.id): row.body for row in rows}
        seen.kept = {id: msgspec.json.decode(body) for id, body in bodies.items()}
        seen.orders["id"] = sorted(bodies, key=lambda name: UUID(name).bytes)
        files = {"disk": b""}
        if sqlite:
            path = self._folder / "server.db"
            files["disk"] = path.read_bytes()
            journal = path.with_name(path.name + "-wal")
            files["journal"] = journal.read_bytes() if journal.exists() else b""
        if service.backups is not None:
            files["arrivals"] = (service.backups / "arrivals.db").read_bytes()
        for name, content in files.items():
            seen.orders[name] = _lying(content, bodies)
        for desk in self._desks.values():
            seen.stayed += len(self._waiting(desk))


def _lying(content: bytes, bodies: dict[str, bytes]) -> list[str]:
    """Ids in the order in which the ends of their bodies lie in a file: those of long rows lie apart."""
    places = {id: content.rfind(body[-60:]) for id, body in bodies.items()}
    named = {id: content.rfind(id.encode()) for id in bodies}
    found = {id: place if place >= 0 else named[id] for id, place in places.items()}
    return sorted((id for id, place in found.items() if place >= 0), key=found.__getitem__)


def noting(interview: Interview, values: dict[str, str]) -> None:
    """What a form notes by itself: nothing. Mutants have theirs in its place."""


def asked_age(plan: Plan, interview: Interview) -> dict[str, str]:
    """The group, or the number where the wave's plan makes groups of it."""
    if plan.groups:
        return {"/data/person/age": str(interview.age)}
    return {"/data/person/age_group": interview.age_group}


def placed(interview: Interview) -> str:
    """Where the laptop says that somebody answered."""
    return interview.okrug


def _memories() -> list[Sessions]:
    """Empty files of laptops; an engine takes longer than a wave."""
    for one in _made():
        one.put_back()
    return [one.sessions for one in _made()]


@cache
def _made() -> list[Memory]:
    return [Memory(Base) for _ in range(INTERVIEWERS)]


def play(seed: int, url: str = "") -> Seen:
    """The wave of this seed, on SQLite in memory or on the prepared database `url`.

    Those of odd seeds have cells of their own.
    """
    chance = Random(seed)
    clock = HandClock()
    clock.time = MIDNIGHT
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name, _logged() as lines:
        folder = Path(name)
        backups = folder / "backups"
        backups.mkdir()
        database = url or f"sqlite:///{folder / 'server.db'}"
        with regional(database, folder, prepared=bool(url), clock=clock) as server:
            server.service = replace(server.service, backups=backups)
            server.app.state.service = server.service
            plan = make_plan(load_pack(), chance, cells=bool(seed % 2))
            world = World(server, folder, plan, chance)
            with patch.object(answers, "date", _Calendar(world)):
                seen = world.play()
        seen.lines = lines
        return seen


class _Calendar:
    """Takes the place of `date` where a laptop asks which day it is."""

    def __init__(self, world: World) -> None:
        self._world = world

    def today(self) -> date:
        return self._world.today


@contextmanager
def _logged() -> Iterator[list[str]]:
    """The server's lines meanwhile, with their hours."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    log, handler = logging.getLogger("dala.server"), Keep()
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
