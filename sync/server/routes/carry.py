"""What is carried as a file: who signs it, and how it is delivered."""

from typing import Annotated

import msgspec
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response

from sync.carry import LONGEST_PARCEL
from sync.sealing import PublicKeys
from sync.server import carried, proofs
from sync.server.deps import Named, Packed, Serving, asked, body, prove, read_body

router = APIRouter()


async def _parcel(caller: Named, service: Serving, request: Request) -> bytes:
    content = bytearray()
    await read_body(request, LONGEST_PARCEL, content.extend)
    await run_sync(prove, service, request, caller, bytes(content))
    return bytes(content)


@router.post("/v1/key")
def introduce(
    caller: Named,
    keys: Annotated[PublicKeys, Depends(body(PublicKeys))],
    service: Serving,
    request: Request,
    packed: Packed,
) -> Response:
    """Note by what this laptop's letters and requests are known."""
    with service.writing(caller.person) as session:
        said, request.state.proven = proofs.introduce(
            session, asked(request, packed), keys, caller
        )
    return _json(said)


@router.post("/v1/carry")
def deliver(parcel: Annotated[bytes, Depends(_parcel)], service: Serving) -> Response:
    """Take one part of a letter, whoever brings it."""
    return _json(carried.deliver(service, parcel))


def _json(said: object) -> Response:
    return Response(msgspec.json.encode(said), media_type="application/json")
