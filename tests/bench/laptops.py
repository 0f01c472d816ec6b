"""Laptops that meet a real server: their files, their accounts, and their line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from desktop.store import create_store, open_store
from sync.change import Change, SyncReply, SyncRequest
from sync.client import engine, outbox
from sync.client.ahead import by_thread
from sync.client.line import open_http
from sync.client.transport import HttpTransport
from sync.records.issue import Issue
from tests.bench.material import KEY
from tests.servers import regional

PEOPLE = ("sender", "taker")  # two activists of one district
PASSWORD = "a password of nobody"


@dataclass(frozen=True)
class Passage:
    """One exchange: how long it took and what went over the line."""

    seconds: float
    sent: int  # records
    taken: int
    requests: int
    up: int  # bytes of bodies, packed
    down: int


class Line:
    """A laptop's line that counts its requests."""

    def __init__(self, http: HttpTransport) -> None:
        self._http, self.requests = http, 0

    def exchange(self, request: SyncRequest) -> SyncReply:
        """As the transport does it."""
        self.requests += 1
        return self._http.exchange(request)

    def expect(self, changes: list[Change]) -> None:
        """As the transport does it."""
        self._http.expect(changes)


def make_file(path: Path, changes: Sequence[Change] = ()) -> None:
    """A laptop's encrypted file, in which these changes wait."""
    store = create_store(path, KEY, path.parent / "copies")
    with store.begin() as session:
        for change in changes:
            outbox.put(session, change)
    store.close()


def enrol(database: str, folder: Path) -> dict[str, str]:
    """Prepare a server's database for two people: {name: token}."""
    tokens = {}
    with regional(database, folder) as server:
        for name in PEOPLE:
            server.account(name)
            line = server.transport()
            tokens[name] = line.enrol(server.code(name), PASSWORD, "laptop").token
    return tokens


class Laptop:
    """A laptop at work. The measured code is the program's own: engine, transport, store."""

    def __init__(self, path: Path, url: str, token: str) -> None:
        self._store = open_store(path, KEY, path.parent / "copies")
        self._session = open_http()
        self._http = HttpTransport(self._session, url, token)

    def exchange(self) -> Passage:
        """One exchange, from the first question to the last commit."""
        line, up, down = Line(self._http), self._http.sent_bytes, self._http.taken_bytes
        began = perf_counter()
        with by_thread() as ahead:
            done = engine.sync_once(self._store, line, ahead=ahead)
        return Passage(
            seconds=perf_counter() - began,
            sent=done.sent,
            taken=done.taken,
            requests=line.requests,
            up=self._http.sent_bytes - up,
            down=self._http.taken_bytes - down,
        )

    def edit(self, records: int) -> None:
        """Two fields of so many issues are written anew."""
        with self._store.begin() as session:
            rows = session.scalars(select(Issue).order_by(Issue.revision).limit(records)).all()
            changes = [
                Change(
                    kind=row.kind,
                    record=row.id,
                    district=row.district,
                    fields={"address": f"Абай көшесі, {n}", "applicant": f"Айгүл Оспанова {n}"},
                    base=row.revision,
                )
                for n, row in enumerate(rows)
            ]
            for change in changes:
                outbox.put(session, change)

    def hang_up(self) -> None:
        """The next exchange makes a connection of its own."""
        self._session.close()

    def close(self) -> None:
        """Let go of file and line."""
        self._session.close()
        self._store.close()
