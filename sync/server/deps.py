"""What a route may ask for.

What only looks is `async`: the framework runs it where it is, without a thread of its own.
"""

from collections.abc import Callable, Iterator
from typing import Annotated, TypeVar

import msgspec
from anyio import fail_after
from fastapi import Depends, Header, Request
from sqlalchemy.orm import Session
from starlette.requests import ClientDisconnect
from zstandard import ZstdError

from sync.change import FIRST_PROTOCOL, OLDEST_PROTOCOL, PROTOCOL
from sync.decoding import decode
from sync.language import mark
from sync.packing import unpack
from sync.server import accounts, doomed, proofs
from sync.server.accounts import Caller
from sync.server.problems import GARBLED, TOO_LARGE, Problem, language_of
from sync.server.proofs import Asked
from sync.server.service import Service

MOST = 8 * 2**20  # bytes of one body, unpacked
PATIENCE = 60.0  # seconds in which something more of a body must come
SLOWEST = 500.0  # bytes a second: the 4 kbit/s of the worst telephone line

DIFFERENT = mark("This program and the server are of different versions.")

T = TypeVar("T")


async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Serving = Annotated[Service, Depends(_service)]


async def require_protocol(dala_protocol: Annotated[str, Header()] = "") -> None:
    """Every laptop says which protocol it speaks. One that is too old may still send."""
    if not (dala_protocol.isascii() and dala_protocol.isdigit() and len(dala_protocol) < 6):
        raise Problem(400, mark("This is the server of a program; a browser cannot use it."))
    if not FIRST_PROTOCOL <= int(dala_protocol) <= PROTOCOL:
        raise Problem(426, DIFFERENT)


async def _behind(dala_protocol: Annotated[str, Header()] = "0") -> bool:
    """Whether the laptop is too old to be told anything but what was taken."""
    return int(dala_protocol) < OLDEST_PROTOCOL


Behind = Annotated[bool, Depends(_behind)]


async def require_reader(behind: Behind) -> None:
    """For what is only read: a laptop must not be too old for it."""
    if behind:
        raise Problem(426, DIFFERENT)


def _named(
    service: Serving,
    authorization: Annotated[str, Header()] = "",
    accept_language: Annotated[str | None, Header()] = None,
) -> Caller:
    """Asked in a transaction of its own: none is open while a slow line brings the body."""
    with service.store.reading() as session:
        caller = accounts.authenticate(session, authorization.removeprefix("Bearer "))
    if caller is None or (caller.until is not None and service.now() >= caller.until):
        raise Problem(401, proofs.AGAIN)
    if accept_language is None:
        return caller
    person = msgspec.structs.replace(caller.person, language=language_of(accept_language))
    return msgspec.structs.replace(caller, person=person)


# whom the token names; whoever reads the body by pieces looks at its proof afterwards
Named = Annotated[Caller, Depends(_named)]


async def read_body(request: Request, most: int, take: Callable[[bytes], object]) -> None:
    """Hand over a body piece by piece; Problem 413 as soon as it is longer than `most` bytes.

    What has come buys the time for what is to come, at SLOWEST; Problem 408 when that is over.
    """
    said = request.headers.get("content-length", "0")
    if not said.isdigit() or int(said[:20]) > most:
        raise Problem(413, TOO_LARGE)
    length = 0
    try:
        with fail_after(PATIENCE) as limit:
            async for piece in request.stream():
                length += len(piece)
                limit.deadline += len(piece) / SLOWEST
                if length > most:
                    raise Problem(413, TOO_LARGE)
                take(piece)
    except ClientDisconnect:  # nobody hears it; a cut line is no bug for the log
        raise Problem(408, mark("The line was cut. Nothing was taken.")) from None
    except TimeoutError:
        raise Problem(408, mark("The line was too slow. Nothing was taken.")) from None


async def _packed(request: Request) -> bytes:
    body = bytearray()
    await read_body(request, MOST, body.extend)
    return bytes(body)


Packed = Annotated[bytes, Depends(_packed)]


def asked(request: Request, body: bytes) -> Asked:
    """What a proof of this request covers. `body`: as it came."""
    query = request.url.query
    target = request.scope["path"] + (f"?{query}" if query else "")
    return Asked(request.method, target, request.headers, body)


def prove(service: Service, request: Request, caller: Caller, body: bytes) -> None:
    """Raises Problem unless the request is proven, where it must be; if it is, so is its answer."""
    request.state.proven = proofs.prove(service.store, asked(request, body), caller)


def _signed_in(caller: Named, service: Serving, request: Request, packed: Packed) -> Caller:
    prove(service, request, caller, packed)
    return caller


SignedIn = Annotated[Caller, Depends(_signed_in)]


def _unpacked(packed: bytes, content_encoding: str) -> bytes:
    if not content_encoding:
        return packed
    if content_encoding != "zstd":
        raise Problem(415, GARBLED)
    try:
        return unpack(packed, MOST)
    except (ValueError, ZstdError) as error:
        if "more than" in str(error):
            raise Problem(413, TOO_LARGE) from error
        raise Problem(422, GARBLED) from error


def body(shape: type[T]) -> Callable[[bytes], T]:
    """A dependency that reads the request's JSON as this shape; Problem 422 where it is not."""

    def decoded(packed: Packed, content_encoding: Annotated[str, Header()] = "") -> T:
        try:
            return decode(_unpacked(packed, content_encoding), shape)
        except ValueError as error:
            raise Problem(422, GARBLED) from error

    return decoded


def _session(service: Serving, caller: SignedIn) -> Iterator[Session]:
    with service.writing(caller.person) as session:  # commits if the route returns
        yield session
    if session.info.pop(doomed.DUE, False):
        doomed.sweep(service)


def _reading_session(service: Serving, caller: SignedIn) -> Iterator[Session]:
    with service.reading(caller.person) as session:
        yield session


# scope: by default the framework answers first and commits afterwards, and a laptop would drop
# an edit that the server never kept
Database = Annotated[Session, Depends(_session, scope="function")]
Reading = Annotated[Session, Depends(_reading_session, scope="function")]
