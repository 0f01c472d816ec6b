"""Anonymous answers of respondents. These paths are not logged."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from sync.answers import Answer
from sync.server import answers
from sync.server.deps import Database, Serving, SignedIn, body, require_reader

router = APIRouter()


@router.post("/v1/answers")
def keep(
    caller: SignedIn,
    batch: Annotated[list[Answer], Depends(body(list[Answer]))],
    service: Serving,
    database: Database,
) -> Response:
    """Store a shuffled batch."""
    answers.keep(database, batch, caller.person, service.pack, service.backups)
    return Response(status_code=204)


@router.get("/v1/answers/{wave}/counts", dependencies=[Depends(require_reader)])
def counts_of(caller: SignedIn, wave: UUID, database: Database) -> Response:
    """What is left of a wave whose answers are past their term."""
    bodies = answers.counts_of(database, wave, caller.person)
    return Response(b"[" + b",".join(bodies) + b"]", media_type="application/json")


@router.get("/v1/answers/{wave}", dependencies=[Depends(require_reader)])
def of_wave(
    caller: SignedIn,
    wave: UUID,
    service: Serving,
    database: Database,
    known: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Response:
    """All that this person may rate by, unless the laptop has as many already."""
    bodies = answers.of_wave(database, wave, caller.person, known, service.now())
    return Response(b"[" + b",".join(bodies) + b"]", media_type="application/json")
