"""What is carried as a file: who signs it, and how it is delivered."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from sync.carry import LONGEST_PARCEL
from sync.sealing import PublicKeys
from sync.server import carried, introductions
from sync.server.deps import Database, Serving, SignedIn, body, read_body

router = APIRouter()


async def _parcel(_caller: SignedIn, request: Request) -> bytes:
    content = bytearray()
    await read_body(request, LONGEST_PARCEL, content.extend)
    return bytes(content)


@router.post("/v1/key")
def introduce(
    caller: SignedIn, keys: Annotated[PublicKeys, Depends(body(PublicKeys))], database: Database
) -> Response:
    """Note by what this laptop's letters are known."""
    return _json(introductions.introduce(database, caller.device, keys))


@router.post("/v1/carry")
def deliver(
    _caller: SignedIn, parcel: Annotated[bytes, Depends(_parcel)], service: Serving
) -> Response:
    """Take one part of a letter, whoever brings it."""
    return _json(carried.deliver(service, parcel))


def _json(said: object) -> Response:
    return Response(msgspec.json.encode(said), media_type="application/json")
