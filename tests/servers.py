"""A regional server inside the test's own process, reached by the laptop's real transport.

with regional(f"sqlite:///{tmp_path}/server.db", tmp_path) as server:
    aidana = server.laptop("aidana")
    aidana.exchange(change("visit", people=3))
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID, uuid4

import requests
from fastapi import FastAPI
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from sqlalchemy.orm import Session
from urllib3 import HTTPResponse

from sync.change import Change, SyncReply, SyncRequest
from sync.client.transport import HttpTransport
from sync.person import REGION, Person
from sync.places import Pack, load_pack
from sync.server import accounts, admin, tokens
from sync.server.accounts import Clock, utc_now
from sync.server.app import create_app
from sync.server.blobs import BlobFolder
from sync.server.parts import PartFolder
from sync.server.passwords import Cost, Passwords
from sync.server.service import Service
from sync.server.store import Store, prepare
from sync.server.tables import Account

SOZAQ, SAIRAM = "615600000", "615200000"
CHEAP = Cost(memory=8, passes=1, lanes=1)
PIECE = 2**16


def body_of(request: requests.PreparedRequest) -> bytes:
    """The body, taken as a line would take it."""
    body: Any = request.body or b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes):
        return body
    body.seek(0)  # a request may be sent twice
    return b"".join(iter(lambda: body.read(2**13), b""))


class AppAdapter(BaseAdapter):
    """Hands requests to an ASGI application byte for byte, without a socket."""

    def __init__(self, app: Any) -> None:
        super().__init__()
        self._app = app

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        start, body = asyncio.run(self._ask(request))
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]
        }
        reply = requests.Response()
        reply.status_code, reply.url, reply.request = start["status"], request.url or "", request
        reply.headers = CaseInsensitiveDict(headers)
        reply.raw = HTTPResponse(
            BytesIO(body), headers=headers, status=start["status"], preload_content=False
        )
        return reply

    def close(self) -> None:
        """There is nothing to close."""

    async def _ask(self, request: requests.PreparedRequest) -> tuple[dict[str, Any], bytes]:
        address = urlsplit(request.url or "")
        body = body_of(request)
        pieces = [body[at : at + PIECE] for at in range(0, len(body), PIECE)] or [b""]
        asked = iter(
            {"type": "http.request", "body": piece, "more_body": number < len(pieces)}
            for number, piece in enumerate(pieces, 1)
        )
        told: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            piece = next(asked, None)
            if piece is None:  # a laptop that waits for its answer says nothing more
                await asyncio.Event().wait()
            assert piece is not None
            return piece

        async def send(message: dict[str, Any]) -> None:
            told.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": address.scheme,
            "path": unquote(address.path),
            "raw_path": address.path.encode(),
            "root_path": "",
            "query_string": address.query.encode(),
            "headers": [
                (name.lower().encode(), value if isinstance(value, bytes) else value.encode())
                for name, value in request.headers.items()
            ],
            "client": ("192.0.2.7", 50_000),
            "server": (address.hostname, address.port),
        }
        await self._app(scope, receive, send)
        return told[0], b"".join(part.get("body", b"") for part in told[1:])


class HandClock:
    """The time on a server's clock, which the test moves."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def go(self, **units: float) -> None:
        """Later by so much: `go(days=1)`."""
        self.time += timedelta(**units)

    def run_out(self) -> None:
        """Until the tokens that are out now are good no more."""
        self.time += tokens.TERM


@dataclass
class Line:
    """One person's laptop, as far as the server knows it."""

    person: Person
    transport: HttpTransport
    device: UUID
    cursors: dict[str, int] = field(default_factory=dict)

    def exchange(self, *changes: Change, **more: Any) -> SyncReply:
        """One round trip from where this laptop has read to."""
        request = SyncRequest(cursors=self.cursors, changes=list(changes), **more)
        reply = self.transport.exchange(request)
        self.cursors.update(reply.cursors)
        return reply


@dataclass
class Regional:
    """A server in this process, and people who work with it."""

    service: Service
    app: FastAPI

    def http(self) -> requests.Session:
        """A session whose every request goes to this server."""
        http = requests.Session()
        http.trust_env = False
        http.adapters.clear()
        http.mount("http://", AppAdapter(self.app))
        return http

    def looking(self) -> Session:
        """A session that no wall hides anything from: what is in the database, whosever it is."""
        return Session(self.service.store.owner)

    def transport(self, token: str = "") -> HttpTransport:
        """The laptop's own transport."""
        return HttpTransport(self.http(), "http://server.test", token)

    def account(self, login: str, role: str = "activist", district: str = SOZAQ) -> Person:
        """Open an account; a coordinator sees the region."""
        place = district if role in admin.IN_A_DISTRICT else REGION
        with self.service.store.writing.begin() as session:
            admin.add_account(
                session,
                self.service.pack,
                login=login,
                name=login.title(),
                role=role,
                district=place,
                language="en",
            )
            return accounts.person_of(session.get_one(Account, login))

    def code(self, login: str) -> str:
        """An enrolment code."""
        with self.service.store.writing.begin() as session:
            return accounts.make_code(session, login, self.service.now())

    def laptop(self, login: str, role: str = "activist", district: str = SOZAQ) -> Line:
        """A new person with a laptop that is signed in."""
        person = self.account(login, role, district)
        transport = self.transport()
        enrolled = transport.enrol(self.code(login), f"password of {login}", "laptop")
        transport.use_token(enrolled.token)
        with self.service.store.reading() as session:
            caller = accounts.authenticate(session, enrolled.token)
        assert caller is not None
        return Line(person, transport, caller.device)


@contextmanager
def regional(
    url: str,
    folder: Path,
    *,
    prepared: bool = False,
    clock: Clock = utc_now,
    pack: Pack | None = None,
) -> Iterator[Regional]:
    """A server on this database, with its files in `folder`; passwords cost next to nothing."""
    store = Store(url)
    service = Service(
        store,
        BlobFolder(folder / "blobs"),
        PartFolder(folder / "parts"),
        pack or load_pack(),
        Passwords(CHEAP),
        clock=clock,
    )
    try:
        if not prepared:
            prepare(store, service.districts)
        yield Regional(service, create_app(service))
    finally:
        store.close()


def change(
    kind: str,
    record: UUID | None = None,
    *,
    district: str = SOZAQ,
    parent: UUID | None = None,
    base: int = 0,
    **fields: Any,
) -> Change:
    """An edit of a record, a new one by default."""
    return Change(
        kind=kind,
        record=record or uuid4(),
        district=district,
        parent=parent,
        base=base,
        fields=fields,
    )


def whole_issue(record: UUID | None = None, **more: Any) -> Change:
    """An issue that may be sent for review."""
    place = {name: more.pop(name) for name in ("district", "base") if name in more}
    filled = {
        "essence": "Ауылда су жоқ",
        "category": "housing",
        "village": "free::Ақкөл",
        "received_on": "2026-11-05",
    }
    return change("issue", record, **place, **{**filled, **more})
