"""Sealed letters about corruption. Who calls is asked for, and not written down."""

from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Response

from sync.reports import Box, GivenBack, MoreSeals, SealedLetter
from sync.retention import first_letters
from sync.server import reports
from sync.server.deps import Database, Reading, Serving, SignedIn, body, require_reader

router = APIRouter()


@router.post("/v1/reports")
def keep(
    caller: SignedIn,
    letter: Annotated[SealedLetter, Depends(body(SealedLetter))],
    database: Database,
    service: Serving,
) -> Response:
    """Store one."""
    reports.keep(database, letter, caller.person, service.now(), service.backups)
    return Response(status_code=204)


@router.post("/v1/reports/box", dependencies=[Depends(require_reader)])
def in_box(
    caller: SignedIn, box: Annotated[Box, Depends(body(Box))], database: Reading
) -> Response:
    """For whoever knows the address. It stands in the body: a URL is written down by proxies."""
    return _told(reports.in_box(database, box.address, caller.person))


@router.get("/v1/reports", dependencies=[Depends(require_reader)])
def there(caller: SignedIn, database: Reading) -> Response:
    """Which there are, for officers."""
    return _told(reports.there(database, caller.person))


@router.get("/v1/reports/shelf", dependencies=[Depends(require_reader)])
def shelf(caller: SignedIn, service: Serving, database: Reading) -> Response:
    """The same, of which year each is, and which years are still kept."""
    first = first_letters(service.terms, service.now().date())
    return _told(reports.shelf(database, caller.person, first))


@router.post("/v1/reports/back")
def take_back(
    caller: SignedIn,
    given: Annotated[GivenBack, Depends(body(GivenBack))],
    service: Serving,
    database: Database,
) -> Response:
    """One that a restored server does not have any more."""
    now = service.now()
    first = first_letters(service.terms, now.date())
    reports.take_back(database, given, caller.person, now, service.officers, first)
    return Response(status_code=204)


@router.post("/v1/reports/take", dependencies=[Depends(require_reader)])
def some(
    caller: SignedIn,
    ids: Annotated[list[UUID], Depends(body(list[UUID]))],
    service: Serving,
    database: Database,
) -> Response:
    """Some of them, for officers."""
    return _told(reports.some(database, ids, caller.person, service.now()))


@router.post("/v1/reports/seals")
def add_seals(
    caller: SignedIn,
    more: Annotated[MoreSeals, Depends(body(MoreSeals))],
    service: Serving,
    database: Database,
) -> Response:
    """A letter is to be opened by further readers."""
    reports.add_seals(database, more, caller.person, service.now())
    return Response(status_code=204)


def _told(answer: object) -> Response:
    return Response(msgspec.json.encode(answer), media_type="application/json")
