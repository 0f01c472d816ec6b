"""The one round trip: what the laptop has to say, and what is new."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Response

from sync.change import SyncRequest, encode
from sync.rights import scope
from sync.server import accounts, exchange
from sync.server.deps import Database, Serving, SignedIn, body
from sync.server.problems import TOO_LARGE, Problem

MOST_CHANGES = 2_000  # in one request

router = APIRouter()


@router.post("/v1/sync")
def sync(
    caller: SignedIn,
    request: Annotated[SyncRequest, Depends(body(SyncRequest))],
    service: Serving,
    database: Database,
) -> Response:
    """Take the laptop's changes, give it everyone's since its cursors."""
    if len(request.changes) > MOST_CHANGES:
        raise Problem(413, TOO_LARGE)
    known = scope(caller.person, service.districts)
    whole = scope(caller.person, service.districts, accounts.names(database, caller.person))
    said = known.mark if request.rights == whole.mark else ""  # rights alone, as exchange has them
    reply = exchange.answer(
        database,
        msgspec.structs.replace(request, rights=said),
        caller,
        service.districts,
        service.now(),
    )
    if reply.scope is not None:
        reply = msgspec.structs.replace(reply, scope=whole)
    return Response(encode(reply), media_type="application/json")
