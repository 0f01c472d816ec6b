"""The one round trip: what the laptop has to say, and what is new."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from sync.change import SyncReply, SyncRequest, encode
from sync.server import ledger
from sync.server.deps import Database, Serving, SignedIn, body
from sync.server.problems import TOO_LARGE, Problem
from sync.server.store import epoch

MOST_CHANGES = 2_000  # in one request
NEWEST = 2**31 - 1  # no revision is greater

router = APIRouter()


@router.post("/v1/sync")
def exchange(
    caller: SignedIn,
    request: Annotated[SyncRequest, Depends(body(SyncRequest))],
    service: Serving,
    database: Database,
) -> Response:
    """Take the laptop's changes, give it everyone's since its cursors."""
    if len(request.changes) > MOST_CHANGES:
        raise Problem(413, TOO_LARGE)
    answers = ledger.accept(
        database, request.changes, caller.person, caller.device, service.districts
    )
    streams = service.readable(caller.person)
    cursors = {one: max(0, min(request.cursors.get(one, 0), NEWEST)) for one in streams}
    news, reached, more = ledger.since(database, cursors, answers.own)
    astray = [key for key in answers.astray if key[0] in streams]
    reply = SyncReply(
        epoch=epoch(database),
        accepted=answers.accepted,
        refused=answers.refused,
        changes=[*news, *answers.given, *ledger.current(database, astray)],
        cursors=reached,
        more=more,
    )
    return Response(encode(reply), media_type="application/json")
