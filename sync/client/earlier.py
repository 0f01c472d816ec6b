"""What stood in a record before it was changed, here or by somebody elsewhere, for a month.

An edit names what is new; news bring what others changed since the last exchange, in one. Before
either is written, the values that go are kept with who and when, so that a record's history can be
read, and a value put back, without a network. Names go at once where consent ends, all of it when
the record is erased, leaves the laptop or goes bare. Decision 71.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from sync.bulk import execute_many
from sync.change import Change
from sync.client.facts import recall
from sync.client.tables import Earlier
from sync.records import KINDS
from sync.records.base import SETTABLE, Record, Values, field_map
from sync.records.consented import ENDED
from sync.records.values import plain
from sync.striking import names_of, without

KEPT = timedelta(days=30)  # by the server's clock
SINCE = "earlier_since"  # the fact: from when on it is kept, by this laptop's clock
SOMEBODY = ""  # in the place of a login: news do not say who
SLICE = 500
TABLE: Any = Earlier.__table__
PUT = insert(TABLE)


def note(session: Session, changes: Iterable[Change]) -> None:
    """Before these are written: what stands in the fields that they change.

    Nothing of a record that is not here, of one told whole, where the value stays the same, or the
    server alone writes it.
    """
    changes = [change for change in changes if change.kind in KINDS]
    stands = _standing(session, changes)
    rows = []
    for change in changes:
        before = stands.get(change.record)
        if before is None:
            continue
        ends = names_of(change.kind) if change.fields.get(ENDED) else frozenset[str]()
        went = {
            name: before[name]
            for name, said in change.fields.items()
            if name in before and before[name] != said and name not in ends
        }
        before.update({name: change.fields[name] for name in before.keys() & change.fields.keys()})
        lost = _lost_to(change)
        apart = {name: value for name, value in went.items() if name in lost}
        rows += [
            _row(change, by, values)
            for by, values in ((change.by, without(went, lost)), (SOMEBODY, apart))
            if values
        ]
    if rows:
        execute_many(session, PUT, rows)
    if ended := {one.record: one.kind for one in changes if one.fields.get(ENDED)}:
        strike(session, ended)


def of(session: Session, records: Collection[UUID]) -> list[Earlier]:
    """What was kept of these records, oldest first."""
    return [
        row
        for some in _slices(records)
        for row in session.scalars(
            select(Earlier).where(Earlier.record.in_(some)).order_by(Earlier.number)
        )
    ]


def values_of(row: Earlier) -> Values:
    """What stood in the fields, as JSON."""
    return msgspec.json.decode(row.body, type=Values)


def since(session: Session) -> datetime | None:
    """From when on it is kept; None where the file has kept it since it was made."""
    found: datetime | None = recall(session, SINCE, datetime)
    return found


def as_changes(session: Session) -> list[Change]:
    """All that is kept, as edits that say it: to be looked through."""
    return [
        Change(kind=row.kind, record=row.record, district=row.district, fields=values_of(row),
               by=row.by, at=row.at)
        for row in session.scalars(select(Earlier))
    ]  # fmt: skip


def drop(session: Session, now: datetime | None) -> None:
    """What the server has told the time of a month ago goes. `now` by its clock; None does nothing."""
    if now is None:
        return
    session.execute(update(TABLE).where(TABLE.c.told.is_(None)).values(told=now))
    session.execute(delete(TABLE).where(TABLE.c.told < now - KEPT))


def forget(session: Session, records: Collection[UUID]) -> None:
    """Nothing is kept of these records."""
    for some in _slices(records):
        session.execute(delete(TABLE).where(TABLE.c.record.in_(some)))


def leave(session: Session, districts: Collection[str]) -> None:
    """The records of these districts leave the laptop."""
    session.execute(delete(TABLE).where(TABLE.c.district.in_(districts)))


def strike(session: Session, kinds: Mapping[UUID, str]) -> None:
    """The names of these records, whose consent has ended, are not kept: {record: its kind}."""
    for row in of(session, kinds):
        before = values_of(row)
        left = without(before, names_of(kinds[row.record]))
        if not left:
            session.delete(row)
        elif left != before:
            row.body = msgspec.json.encode(left)
    session.flush()


def _lost_to(change: Change) -> frozenset[str]:
    """The fields of news at which the last editor's own value waits beside the one that stands."""
    conflicts: Mapping[str, Any] = change.fields.get("conflicts") or {}
    return frozenset(
        name
        for name, rivals in conflicts.items()
        if any(rival.get("by") == change.by for rival in rivals)
    )


def _row(change: Change, by: str, values: Values) -> dict[str, object]:
    return {
        "record": change.record,
        "district": change.district,
        "kind": change.kind,
        "by": by,
        "at": change.at,
        "body": msgspec.json.encode(values),
    }


def _standing(session: Session, changes: Iterable[Change]) -> dict[UUID, Values]:
    by_kind: dict[str, set[UUID]] = {}
    for change in changes:
        if "author" not in change.fields and not change.fields.keys() <= _given(change.kind):
            by_kind.setdefault(change.kind, set()).add(change.record)
    found: dict[UUID, Values] = {}
    for kind, records in by_kind.items():
        system = SETTABLE & set(KINDS[kind].__table__.c.keys())
        known = field_map(KINDS[kind]).values()
        names = [*(field.name for field in known if not field.given), *sorted(system)]
        for some in _slices(records):
            found |= _values(session, KINDS[kind], names, some)
    return found


@cache
def _given(kind: str) -> frozenset[str]:
    """The fields that the server alone writes: a number that comes is no news of what stood there."""
    return frozenset(field.name for field in field_map(KINDS[kind]).values() if field.given)


def _values(
    session: Session, record: type[Record], names: list[str], ids: list[UUID]
) -> dict[UUID, Values]:
    table: Any = record.__table__
    columns = [table.c[name] for name in names]
    asked = select(table.c.id, *columns).where(table.c.id.in_(ids), ~table.c.bare)
    return {
        row[0]: plain(dict(zip(names, row[1:], strict=True))) for row in session.execute(asked)
    }


def _slices(ids: Collection[UUID]) -> Iterable[list[UUID]]:
    every = list(ids)
    return (every[start : start + SLICE] for start in range(0, len(every), SLICE))
