"""Photos and files by their SHA-256."""

from collections.abc import AsyncIterator
from hashlib import sha256 as new_sum
from pathlib import Path
from typing import IO, Annotated

import msgspec
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse

from sync.errors import Refused
from sync.language import mark
from sync.review import WORKERS
from sync.server import blobs
from sync.server.deps import Database, Reading, Serving, SignedIn, body, read_body
from sync.server.problems import TOO_LARGE, Problem

MOST_SUMS = 10_000  # asked for at once

router = APIRouter()


async def _part(caller: SignedIn, service: Serving, request: Request) -> AsyncIterator[IO[bytes]]:
    """The body in a temporary file of the blob folder, gone afterwards unless it was kept."""
    if caller.person.role not in WORKERS:
        raise Refused(mark("Your role may read this, but not change it."))
    part = await run_sync(service.blobs.part)
    try:
        await read_body(request, blobs.LARGEST, part.write)
        part.seek(0)
        yield part
    finally:
        part.close()
        Path(part.name).unlink(missing_ok=True)


@router.post("/v1/blobs/lacking")
def lacking(
    caller: SignedIn,
    sums: Annotated[list[str], Depends(body(list[str]))],
    service: Serving,
    database: Reading,
) -> Response:
    """Which of these files are to be sent."""
    if len(sums) > MOST_SUMS:
        raise Problem(413, TOO_LARGE)
    lack = blobs.lacking(database, service.blobs, sums)
    return Response(msgspec.json.encode(lack), media_type="application/json")


@router.put("/v1/blobs/{sha256}")
def put(
    part: Annotated[IO[bytes], Depends(_part)], sha256: str, service: Serving, database: Database
) -> Response:
    """Take one file, if it is what its name says."""
    found, size = new_sum(), 0
    while piece := part.read(2**20):
        found.update(piece)
        size += len(piece)
    if found.hexdigest() != sha256:
        raise Problem(422, mark("The file did not arrive whole. Please send it again."))
    service.blobs.keep(part, sha256)
    blobs.note(database, sha256, size)
    return Response(status_code=204)


@router.api_route("/v1/blobs/{sha256}", methods=["GET", "HEAD"])
def get(caller: SignedIn, sha256: str, service: Serving, database: Reading) -> Response:
    """Give one file to those who may read an attachment that names it."""
    path = service.blobs.path(sha256)
    allowed = blobs.readable(database, sha256, service.readable(caller.person))
    if not allowed or not path.exists():
        raise Problem(404, mark("There is nothing here."))
    return FileResponse(path, media_type="application/octet-stream")
