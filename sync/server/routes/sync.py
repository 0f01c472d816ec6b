"""The one round trip: what the laptop has to say, and what is new."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from sync.change import SyncRequest, encode
from sync.server import exchange
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
    reply = exchange.answer(database, request, caller, service.districts, service.now())
    return Response(encode(reply), media_type="application/json")
