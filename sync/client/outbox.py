"""Edits that the server has not answered yet. They survive a restart, a reset and an upgrade."""

from collections.abc import Collection
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from sync.change import Change, encode
from sync.client.rows import write
from sync.client.tables import Attention, Pending

BATCH = 500  # changes in one request
LARGEST = 4 * 2**20  # bytes of JSON in one request; the server takes 8 MiB


def put(session: Session, change: Change) -> None:
    """The only door for a person's edit: the record and its outbox row, in one transaction."""
    write(session, [change])
    session.add(Pending(change=change.id, record=change.record, body=encode(change)))
    session.flush()
    session.expire_all()  # the row was written beside the session's own copy


def waiting(session: Session, limit: int = BATCH, most: int = LARGEST) -> list[Change]:
    """The oldest edits that wait: one at least, and no more than `most` bytes of JSON."""
    found: list[Change] = []
    for body in session.scalars(select(Pending.body).order_by(Pending.number).limit(limit)):
        most -= len(body)
        if found and most < 0:
            break
        found.append(decode(body))
    return found


def waiting_of(session: Session, records: Collection[UUID]) -> list[Change]:
    """The edits of these records that wait, oldest first."""
    return [
        decode(body)
        for some in _slices(list(records))
        for body in session.scalars(
            select(Pending.body).where(Pending.record.in_(some)).order_by(Pending.number)
        )
    ]


def count(session: Session) -> int:
    """How many edits wait."""
    return session.scalar(select(func.count()).select_from(Pending)) or 0


def settle(session: Session, answered: Collection[UUID]) -> None:
    """Drop the rows that the server's answer named."""
    for some in _slices(list(answered)):
        session.execute(delete(Pending).where(Pending.change.in_(some)))


def hold(session: Session, change: Change, reason: str) -> None:
    """Keep a refused edit where the person finds it. Its outbox row goes by `settle`."""
    session.merge(
        Attention(
            change=change.id,
            record=change.record,
            reason=reason,
            body=encode(change),
            since=change.at,
        )
    )


def decode(body: bytes) -> Change:
    """A change as it was kept."""
    return msgspec.json.decode(body, type=Change)


def _slices(ids: list[UUID], size: int = 500) -> list[list[UUID]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
