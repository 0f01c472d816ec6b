"""Which rows, edits and drafts of this laptop name somebody."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, String, and_, or_, select, type_coerce
from sqlalchemy.orm import Session

from desktop.actions import bulk, last_values, phrases, views
from desktop.actions.finding import pattern
from desktop.holdings.findings import Loose
from desktop.holdings.whom import Whom
from sync.change import Change
from sync.client import earlier
from sync.client.outbox import decode
from sync.client.tables import Attention, Draft, Foreign, PendingBody
from sync.language import mark
from sync.records import KINDS
from sync.records.base import Part, Record, fields

BEING_TYPED = mark("Typed and not saved")
KEPT_FOR_ONESELF = mark("A phrase, a saved view or a saved change on this laptop")
OWN = (phrases.KEPT_AS, views.SAVED, bulk.SAVED, last_values.PINNED)
REFUSED = mark("An edit that was refused")
NEWER = mark("A record that only a newer program shows")


def hits(session: Session, person: Whom) -> Iterator[Record]:
    """Rows of any kind, removed ones too, that name the person anywhere."""
    for record in KINDS.values():
        for row in session.scalars(select(record).where(or_(*_perhaps(record, person)))):
            values = [getattr(row, field.name) for field in fields(record)]
            if any(
                person.named_in(text_of(value)) for value in (*values, row.conflicts, row.unknown)
            ):
                yield row


def _perhaps(record: type[Record], person: Whom) -> Iterator[ColumnElement[bool]]:
    """SQL that leaves out most rows which do not; what it lets through is looked at."""
    ways = [[f"*{'*'.join(person.digits)}*"]] if person.digits else []
    ways += [list(map(pattern, person.words))] if person.words else []
    for field in fields(record):
        if field.type in (str, list, dict) and not field.choices and not field.link:
            column = type_coerce(getattr(record, field.name), String)
            for globs in ways:
                yield and_(*(column.op("GLOB", is_comparison=True)(glob) for glob in globs))
    for json in (record.conflicts, record.unknown):
        yield type_coerce(json, String) != "{}"


def rows(session: Session, ids: Iterable[UUID]) -> Iterator[Record]:
    for id in ids:
        for record in KINDS.values():
            if (row := session.get(record, id)) is not None:
                yield row


def whole(session: Session, row: Record) -> Record:
    """The record that this is a part of, as far as it is here."""
    while isinstance(row, Part):
        above = next(rows(session, [row.parent]), None)
        if above is None:
            break
        row = above
    return row


def parts(session: Session, ids: list[UUID]) -> list[Record]:
    """All parts, and theirs, in the order in which they were made."""
    found: list[Record] = []
    for record in KINDS.values():
        if issubclass(record, Part):
            query = select(record).where(record.parent.in_(ids)).order_by(record.created)
            found.extend(session.scalars(query))
    return [*found, *(parts(session, [one.id for one in found]) if found else ())]


def edits(session: Session) -> list[Change]:
    """Edits that wait, and those that were answered within the last month; what stood before others."""
    said = [decode(body) for body in session.scalars(select(PendingBody.body))]
    return [*said, *earlier.as_changes(session)]


def refused_edits(session: Session) -> list[Change]:
    """Edits that stand under "needs attention"."""
    return [decode(body) for body in session.scalars(select(Attention.body))]


def says(change: Change, person: Whom) -> bool:
    """Whether an edit names the person anywhere."""
    return any(person.named_in(text_of(value)) for value in change.fields.values())


def loose(session: Session, person: Whom, refused: Iterable[Change]) -> Iterator[Loose]:
    """What names the person and belongs to no record here: of each only the lines that do."""
    for draft in session.scalars(select(Draft)):
        what = KEPT_FOR_ONESELF if draft.key.partition(":")[0] in OWN else BEING_TYPED
        yield from _lines(what, msgspec.json.decode(draft.body), person)
    for change in refused:
        if says(change, person) and not list(rows(session, [change.record])):
            yield from _lines(REFUSED, change.fields, person)
    for foreign in session.scalars(select(Foreign)):
        yield from _lines(NEWER, decode(foreign.body).fields, person)


def _lines(what: str, said: Any, person: Whom) -> Iterator[Loose]:
    if words := person.lines_of(text_of(said)):
        yield Loose(what, words)


def text_of(value: Any) -> str:
    """All that a value says, one thing a line."""
    if isinstance(value, dict):
        return "\n".join(map(text_of, value.values()))
    if isinstance(value, list | tuple):
        return "\n".join(map(text_of, value))
    return value if isinstance(value, str) else ""
