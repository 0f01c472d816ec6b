"""Late edits: what waits for a decision, and the decision."""

from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Response

from sync.late import Verdict
from sync.server import late
from sync.server.deps import Database, Reading, Serving, SignedIn, body

router = APIRouter()


@router.get("/v1/late")
def held(caller: SignedIn, service: Serving, database: Reading) -> Response:
    """Those that this person decides about."""
    found = late.held(database, caller.person, service.districts)
    return Response(msgspec.json.encode(found), media_type="application/json")


@router.post("/v1/late/{change}")
def decide(
    caller: SignedIn,
    change: UUID,
    verdict: Annotated[Verdict, Depends(body(Verdict))],
    service: Serving,
    database: Database,
) -> Response:
    """Take it or drop it."""
    late.decide(database, caller.person, change, service.districts, take=verdict.take)
    return Response(status_code=204)
