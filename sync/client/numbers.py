"""What a server that was restored is told of numbers of the register: see sync.server.numbers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.among import among
from sync.change import SyncRequest
from sync.client.restored import is_in_doubt
from sync.records import KINDS
from sync.records.numbered import highest, number_field

NUMBERED: dict[str, tuple[Any, Any]] = {  # {kind: (id, number)}
    kind: (record.__table__.c.id, record.__table__.c[one.name])
    for kind, record in KINDS.items()
    if (one := number_field(record)) is not None
}
KNOWN = {
    kind: select(id, number).where(number.is_not(None)) for kind, (id, number) in NUMBERED.items()
}


def with_numbers(session: Session, request: SyncRequest) -> SyncRequest:
    """The request with the numbers of records that it tells the server as if they were new to it, and,
    while it is in doubt what the server lost, how far the numbers go that are known here."""
    records: dict[str, list[UUID]] = {}
    for change in request.changes:
        if change.kind in NUMBERED and (not change.base or change.whole or change.witness):
            records.setdefault(change.kind, []).append(change.record)
    passed = _unsure(session) if is_in_doubt(session) else ()
    numbers = dict(_of(session, records))
    return msgspec.structs.replace(request, numbers=numbers, passed=highest(passed))


def _of(session: Session, records: dict[str, list[UUID]]) -> Iterable[Any]:
    for kind, ids in records.items():
        yield from among(session, KNOWN[kind], NUMBERED[kind][0], ids)


def _unsure(session: Session) -> Iterable[str]:
    """The numbers of records that the server may have lost."""
    for kind, (_, number) in NUMBERED.items():
        unknown = select(number).where(KINDS[kind].revision == 0, number.is_not(None))
        yield from session.scalars(unknown)
