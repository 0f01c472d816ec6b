"""Who looked at what is confidential, for those whose district it is."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from sync.server import who_looked
from sync.server.deps import Reading, Serving, SignedIn, require_reader

router = APIRouter()
Number = Annotated[int, Query(ge=0, lt=2**31)]


@router.get("/v1/audit", dependencies=[Depends(require_reader)])
def rows(
    caller: SignedIn, service: Serving, database: Reading, after: Number = 0, known: Number = 0
) -> Response:
    """A page of it, and the hash of the row `known`."""
    told = who_looked.page(database, caller.person, service.districts, after, known, service.now())
    return Response(msgspec.json.encode(told), media_type="application/json")
