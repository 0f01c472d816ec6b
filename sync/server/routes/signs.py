"""Counts of interviews, by pseudonym. As those of answers, these paths are not logged."""

from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from sync.quality import Ask, Told
from sync.server import signs
from sync.server.deps import Database, Serving, SignedIn, body, require_reader

router = APIRouter()


@router.post("/v1/answers/signs")
def keep(
    caller: SignedIn,
    told: Annotated[Told, Depends(body(Told))],
    service: Serving,
    database: Database,
) -> Response:
    """Store what one laptop tells of a wave."""
    today = service.now().date()
    signs.keep(database, told, caller.person, service.pack, today, service.backups)
    return Response(status_code=204)


@router.get("/v1/answers/{wave}/signs", dependencies=[Depends(require_reader)])
def of_wave(
    caller: SignedIn,
    wave: UUID,
    service: Serving,
    database: Database,
    known: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Response:
    """All of a wave, for those who check, unless the laptop has as many already."""
    rows = signs.of_wave(database, wave, caller.person, known, service.now())
    return Response(msgspec.json.encode(rows), media_type="application/json")


@router.post("/v1/answers/card", dependencies=[Depends(require_reader)])
def card(
    caller: SignedIn,
    ask: Annotated[Ask, Depends(body(Ask))],
    service: Serving,
    database: Database,
) -> Response:
    """Who a pseudonym is, sealed, for a reason."""
    found = signs.card(database, ask, caller.person, service.now())
    return Response(msgspec.json.encode(found), media_type="application/json")
