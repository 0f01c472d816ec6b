"""After an upgrade: what an older program kept without knowing it becomes part of the records."""

from typing import Any

from sqlalchemy import Text, cast, delete, select, update
from sqlalchemy.orm import Session

from sync.change import Change
from sync.client.erasure import is_sound
from sync.client.outbox import decode
from sync.client.rows import write
from sync.client.tables import Foreign
from sync.erasure import ERASED
from sync.records import KINDS
from sync.records.base import Part, Record, fields
from sync.records.values import split

PAGE = 500  # records at a time: a file may hold many


def adopt(session: Session) -> int:
    """Put foreign records of kinds that are known now, and unknown fields that are declared now,
    where the program looks for them; how many records that were.

    A stone of an erasure that an older program took for a field empties its record first.
    """
    stones = sum(_adopt_stones(session, one) for one in KINDS.values())
    return (
        stones + _adopt_kinds(session) + sum(_adopt_fields(session, one) for one in KINDS.values())
    )


def _adopt_stones(session: Session, record: type[Record]) -> int:
    """One that is not known even now stays where it was."""
    table: Any = record.__table__
    rows = session.execute(select(table).where(cast(table.c.unknown, Text).contains(ERASED))).all()
    stones = [
        Change(
            kind=record.kind,
            record=row.id,
            district=row.district,
            parent=row.parent if issubclass(record, Part) else None,
            fields={ERASED: row.unknown[ERASED]},
            revision=row.revision,
        )
        for row in rows
        if isinstance(row.unknown.get(ERASED), dict)
    ]
    sound = [one for one in stones if is_sound(one)]
    write(session, sound)
    return len(sound)


def _adopt_kinds(session: Session) -> int:
    adopted = 0
    known = select(Foreign).where(Foreign.kind.in_(KINDS)).order_by(Foreign.record).limit(PAGE)
    while rows := session.scalars(known).all():
        write(session, [decode(row.body) for row in rows])
        ids = [row.record for row in rows]
        session.execute(delete(Foreign).where(Foreign.record.in_(ids)))
        adopted += len(rows)
    return adopted


def _adopt_fields(session: Session, record: type[Record]) -> int:
    """What does not fit its declaration stays where it was; what stands in a column wins."""
    names = [field.name for field in fields(record)]
    table: Any = record.__table__
    rows = session.execute(select(table).where(cast(table.c.unknown, Text) != "{}")).all()
    adopted = 0
    for row in rows:
        unknown, held = row.unknown, row._mapping
        fresh = {name: unknown[name] for name in names if name in unknown and held[name] is None}
        placed, _ = split(record, fresh)
        if placed:
            rest = {name: value for name, value in unknown.items() if name not in placed}
            known = update(table).where(table.c.id == row.id)
            session.execute(known.values(**placed, unknown=rest))
            adopted += 1
    return adopted
