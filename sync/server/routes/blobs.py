"""Photos and files by their SHA-256: in parts that go on where they stopped, or whole."""

from collections.abc import AsyncIterator
from hashlib import file_digest
from pathlib import Path
from typing import IO, Annotated

import msgspec
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import StreamingResponse

from sync import parts
from sync.errors import Refused
from sync.language import mark
from sync.parts import COMPLETE, OFFSET, PART, YES
from sync.policy import Action, reach
from sync.rights import READ_ONLY, where
from sync.server import blobs, doomed, proofs, uploads
from sync.server.accounts import Caller
from sync.server.deps import (
    Named,
    Reading,
    Serving,
    SignedIn,
    body,
    prove,
    read_body,
    require_reader,
)
from sync.server.problems import GARBLED, TOO_LARGE, Problem
from sync.server.service import Service

MOST_SUMS = 10_000  # asked for at once
MOST_THUMBNAILS = 500
BYTES = "application/octet-stream"

router = APIRouter()


def _worker(caller: SignedIn) -> Caller:
    if not reach(caller.person.role, Action.ATTACH):
        raise Refused(READ_ONLY)
    return caller


Worker = Annotated[Caller, Depends(_worker)]


def _uploader(caller: Named) -> Caller:
    return _worker(caller)


Uploader = Annotated[Caller, Depends(_uploader)]
Sums = Annotated[list[str], Depends(body(list[str]))]


async def _part(caller: Uploader, service: Serving, request: Request) -> bytes:
    """One part, whole: what a cut line leaves of it is never looked at."""
    content = bytearray()
    await read_body(request, PART, content.extend)
    await run_sync(prove, service, request, caller, bytes(content))
    return bytes(content)


async def _whole(caller: Uploader, service: Serving, request: Request) -> AsyncIterator[IO[bytes]]:
    """The body in a temporary file, gone afterwards unless it was kept."""
    if caller.proves:  # programs that prove what they send, send it in parts
        raise Problem(401, proofs.AGAIN)
    file = await run_sync(service.parts.spare)
    try:
        await read_body(request, parts.LARGEST, file.write)
        file.seek(0)
        yield file
    finally:
        file.close()
        Path(file.name).unlink(missing_ok=True)


@router.post("/v1/blobs/lacking")
def lacking(caller: Worker, sums: Sums, service: Serving, database: Reading) -> Response:
    """Which of these files are to be sent."""
    if len(sums) > MOST_SUMS:
        raise Problem(413, TOO_LARGE)
    return _json(blobs.lacking(database, service.blobs, sums))


@router.post("/v1/blobs/offsets")
def offsets(caller: Worker, sums: Sums, service: Serving, database: Reading) -> Response:
    """From which byte on each of these files is to be sent; those that are here are left out."""
    if len(sums) > MOST_SUMS:
        raise Problem(413, TOO_LARGE)
    wanted = blobs.lacking(database, service.blobs, [blobs.require_sum(one) for one in sums])
    return _json({one: service.parts.offset(one) for one in wanted})


@router.post("/v1/blobs/thumbnails", dependencies=[Depends(require_reader)])
def thumbnails(caller: SignedIn, sums: Sums, service: Serving) -> Response:
    """The small pictures of these originals, as many as fit into one part, by their own sums."""
    if len(sums) > MOST_THUMBNAILS:
        raise Problem(413, TOO_LARGE)
    with service.reading(caller.person) as session:
        found = blobs.thumbnails(session, sums, _streams(service, caller))
    return _json(blobs.bundle(service.blobs, found))


@router.head("/v1/blobs/{sha256}/upload")
def offset(caller: Worker, sha256: str, service: Serving) -> Response:
    """From where on a file is to be sent."""
    limits = f"max-size={parts.LARGEST}, max-append-size={PART}"
    headers = uploads.progress(service, sha256).headers
    return Response(status_code=204, headers={**headers, "Upload-Limit": limits})


@router.patch("/v1/blobs/{sha256}/upload")
def append(
    caller: Uploader,
    sha256: str,
    content: Annotated[bytes, Depends(_part)],
    service: Serving,
    upload_offset: Annotated[str, Header(alias=OFFSET)] = "",
    upload_complete: Annotated[str, Header(alias=COMPLETE)] = "",
) -> Response:
    """Take the next part of a file; with its last one the file itself."""
    at = parts.number(upload_offset)
    if at is None:
        raise Problem(400, GARBLED)
    last = upload_complete == YES
    done = uploads.receive(service, caller.device, sha256, at, content, last=last)
    return Response(status_code=204, headers=done.headers)


@router.put("/v1/blobs/{sha256}")
def put(file: Annotated[IO[bytes], Depends(_whole)], sha256: str, service: Serving) -> Response:
    """Take one file in one piece, as laptops of version 0.1 send it."""
    blobs.require_sum(sha256)
    if file_digest(file, "sha256").hexdigest() != sha256:  # type: ignore[arg-type]
        raise Problem(422, parts.SPOILED)
    size = file.tell()
    file.close()
    with service.parts.held(sha256):
        doomed.require_living(service, sha256)
        service.blobs.keep(Path(file.name), sha256)
        with service.store.writing.begin() as session:
            blobs.note(session, sha256, size)
    return Response(status_code=204)


@router.api_route(
    "/v1/blobs/{sha256}", methods=["GET", "HEAD"], dependencies=[Depends(require_reader)]
)
def get(
    caller: SignedIn,
    sha256: str,
    service: Serving,
    database: Reading,
    request: Request,
    range: Annotated[str, Header()] = "",
) -> Response:
    """Give a file, or the part asked for, to those who may read an attachment that names it."""
    blobs.require_sum(sha256)
    allowed = blobs.readable(database, sha256, _streams(service, caller))
    size = service.blobs.size(sha256) if allowed else None
    if size is None:
        raise Problem(404, mark("There is nothing here."))
    asked = parts.asked_range(range, size) if request.method == "GET" else None
    start, stop = asked or (0, size)
    headers = {"Accept-Ranges": "bytes", "ETag": f'"{sha256}"'}
    if asked and start >= size:
        raise Problem(416, GARBLED, headers={**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Length"] = str(stop - start)
    if asked:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    if request.method == "HEAD":
        return Response(headers=headers, media_type=BYTES)
    pieces = service.blobs.pieces(sha256, start, stop)
    return StreamingResponse(pieces, 206 if asked else 200, headers, BYTES)


def _streams(service: Service, caller: Caller) -> tuple[str, ...]:
    """Where this person may read the files that records name."""
    return where(caller.person, Action.READ_FILE, service.districts)


def _json(said: object) -> Response:
    return Response(msgspec.json.encode(said), media_type="application/json")
