"""Numbers of the register outlive the database that gave them, where it can be read while another one
takes its place: docs/decisions/0064-numbers.md.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync.records import KINDS
from sync.records.numbered import number_field
from sync.server.numbers import ROOM, promised
from sync.server.tables import Kept, Life, Serial


class Known(NamedTuple):
    """What the database that goes knows of numbers."""

    rows: Sequence[Mapping[str, Any]] = ()  # of `serial`: how far each had come
    given: Mapping[UUID, str] = {}  # {record: its number}, those not told again yet included
    doubts: frozenset[str] = frozenset()  # lives before which others may have been given and lost


def read(session: Session) -> Known:
    """All of it; a row in which numbers may be lost is told with the room that is left there."""
    lives = session.execute(select(Life.number, Life.epoch).where(Life.doubt)).all()
    doubt = max((number for number, _ in lives), default=0)
    rows = tuple(
        {
            "district": row.district,
            "year": row.year,
            "series": row.series,
            "last": row.last + (ROOM if doubt > row.life else 0),
        }
        for row in session.scalars(select(Serial))
    )
    given = {id: str(number) for id, number in promised(session).items()} | _given(session)
    return Known(rows, given, frozenset(epoch for _, epoch in lives))


def go_on(session: Session, known: Known) -> None:
    """Into the database that was put back, before its new life: the rows go on from there."""
    life = (session.scalar(select(func.max(Life.number))) or 0) + 1
    for row in known.rows:
        key = {name: row[name] for name in ("district", "year", "series")}
        here = session.get(Serial, key)
        session.merge(Serial(**key, last=max(row["last"], here.last if here else 0), life=life))


def of_lost(session: Session, known: Known) -> dict[str, str]:
    """{record: number} of those that have it no longer in the database that was put back."""
    here = _given(session)
    return {str(id): number for id, number in known.given.items() if here.get(id) != number}


def is_in_doubt(session: Session, known: Known) -> bool:
    """Whether numbers may have been given that the database that went did not know either."""
    return bool(known.doubts - set(session.scalars(select(Life.epoch))))


def _given(session: Session) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for record in KINDS.values():
        if field := number_field(record):
            number: Any = Kept.fields[field.name].as_string()
            rows = select(Kept.id, number).where(Kept.kind == record.kind, number.is_not(None))
            found.update((id, said) for id, said in session.execute(rows))
    return found
