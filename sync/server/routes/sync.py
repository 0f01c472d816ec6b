"""The one round trip: what the laptop has to say, and what is new."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Response

from sync.change import SyncReply, SyncRequest, encode
from sync.server import exchange
from sync.server.deps import Behind, Database, Serving, SignedIn, body
from sync.server.problems import TOO_LARGE, Problem

MOST_CHANGES = 2_000  # in one request

router = APIRouter()


@router.post("/v1/sync")
def sync(
    caller: SignedIn,
    request: Annotated[SyncRequest, Depends(body(SyncRequest))],
    service: Serving,
    database: Database,
    behind: Behind,
) -> Response:
    """Take the laptop's changes, give it everyone's since its cursors."""
    if len(request.changes) > MOST_CHANGES:
        raise Problem(413, TOO_LARGE)
    reply = exchange.answer(database, request, caller, service.districts, service.now())
    told = _without_news(reply) if behind else reply
    told = msgspec.structs.replace(
        told,
        region_keys=service.newer_keys(request.region_key),
        officers=service.newer_officers(request.officers),
    )
    return Response(encode(told), media_type="application/json")


def _without_news(reply: SyncReply) -> SyncReply:
    """What a program is told that is too old for news: which of its edits are safe here.

    A refusal comes with the record as it stands, so it is kept back too: the edit goes on waiting,
    is sent again by a newer program, and then gets this first answer.
    """
    return msgspec.structs.replace(
        reply,
        refused=[],
        changes=[],
        cursors={},
        more=False,
        ahead=0,
        late=None,
        progress=None,
        scope=None,
        tallies={},
        differs={},
        too_old=True,
    )
