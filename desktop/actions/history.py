"""How a record came to be as it is: who changed what and when, as far as this laptop knows.

Who made it, and each of its parts, the rows say. Earlier values are kept for a month
(`sync.client.earlier`). Between two exchanges several people may have changed a record: news tell
that under the last of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions.records import save
from desktop.actions.standing import find, standing
from desktop.session import Desk
from sync import elements
from sync.change import Change, now
from sync.client import earlier
from sync.client.tables import Earlier
from sync.errors import UserError
from sync.language import mark
from sync.records import KINDS
from sync.records.base import Part, Record, Values, field_map

STANDS = mark("That value stands there already.")


@dataclass(frozen=True)
class Changed:
    """One field, from one value to another, as JSON. Of answers to a form those that changed."""

    name: str
    before: Any
    after: Any
    stands: bool  # `before` stands there now


@dataclass(frozen=True)
class Event:
    """What somebody did at one moment. Without `fields` the record, or the part, was made."""

    kind: str
    record: UUID
    by: str  # login
    at: datetime
    fields: tuple[Changed, ...] = ()
    part: bool = False


@dataclass(frozen=True)
class History:
    """The newest first. `since`: what was changed before that day is not known here."""

    events: tuple[Event, ...]
    since: datetime | None


def read_history(desk: Desk, id: UUID) -> History:
    """All that is known here of a record and its parts. Raises UserError where it is not here."""
    with desk.store() as session:
        row = find(session, id)
        rows = [row, *_parts(session, id)]
        kept: dict[UUID, list[Earlier]] = {}
        for one in earlier.of(session, [one.id for one in rows]):
            kept.setdefault(one.record, []).append(one)
        events = [event for one in rows for event in _events(one, kept.get(one.id, []))]
        known = max(filter(None, (earlier.since(session), now() - earlier.KEPT)))
    order = sorted(events, key=lambda event: event.at, reverse=True)
    return History(tuple(order), known if row.created < known else None)


def put_back(desk: Desk, kind: str, id: UUID, changed: Changed) -> list[Change]:
    """Let a field hold again what it held before a change.

    Raises UserError where it does already, Wrong or Refused as any edit.
    """
    value = changed.before
    if changed.name in elements.holders(kind):
        after, before = changed.after or {}, changed.before or {}
        value = {path: before.get(path) for path in after.keys() | before.keys()}
    made = save(desk, kind, {changed.name: value}, id)
    if not made:
        raise UserError(STANDS)
    return made


def _parts(session: Session, id: UUID) -> list[Record]:
    return [
        row
        for part in KINDS.values()
        if issubclass(part, Part)
        for row in session.scalars(select(part).where(part.parent == id)).all()
    ]


def _events(row: Record, kept: Sequence[Earlier]) -> list[Event]:
    """Of one row: that it was made, and each change, from the last one back."""
    part = isinstance(row, Part)
    stands = standing(row).fields | {"removed": row.removed}
    after: Values = dict(stands)
    found = []
    for one in reversed(kept):
        before = {
            name: value
            for name, value in earlier.values_of(one).items()
            if value != after.get(name)
        }
        if fields := _fields(row.kind, before, after, stands):
            found.append(Event(row.kind, row.id, one.by, one.at, fields, part))
        after |= before
    return [*found, Event(row.kind, row.id, row.author, row.created, (), part)]


def _fields(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any], stands: Mapping[str, Any]
) -> tuple[Changed, ...]:
    order = [*field_map(KINDS[kind]), "review", "removed"]
    found = []
    for name in sorted(before, key=lambda name: order.index(name) if name in order else 0):
        one, other, now_there = before[name], after.get(name), stands.get(name)
        if name in elements.holders(kind):
            one, other, now_there = _answers(one or {}, other or {}, now_there or {})
        found.append(Changed(name, one, other, stands=one == now_there))
    return tuple(found)


def _answers(before: Values, after: Values, stands: Values) -> tuple[Values, Values, Values]:
    """Those that differ, with what stands at them now."""
    paths = {path for path in before | after if before.get(path) != after.get(path)}
    return (
        {path: before[path] for path in paths & before.keys()},
        {path: after[path] for path in paths & after.keys()},
        {path: stands[path] for path in paths & stands.keys()},
    )
