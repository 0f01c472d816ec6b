"""Records that are done with: nobody works at them, and the server has all of them.

Photos (`away`) and words (`bare`) of such records leave a laptop in time. Decisions 37 and 38.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, cast, or_, select
from sqlalchemy.orm import Session

from sync.client import outbox
from sync.client.facts import recall
from sync.client.kinds_here import kinds_here
from sync.client.tables import BODY, Attention, Draft, Foreign
from sync.erasure import ERASED
from sync.records.base import Part, Record, Reviewed, Values, field_map
from sync.retention import DECIDED, hold, part_holds, term_of, terms

KEPT = timedelta(days=90)  # that photos and words of it stay here
EVERY = timedelta(days=1)  # between two looks
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOT_HELD = ("conflicts", "unknown")  # looked at in the database: they are JSON, and mostly empty


def is_due(session: Session, looked: str, now: datetime) -> bool:
    """Whether a day has gone by since the look that the fact `looked` tells of, or back."""
    last = recall(session, looked, datetime)
    return last is None or abs(now - last) >= EVERY


def wholes(among: Iterable[type[Record]]) -> list[type[Reviewed]]:
    """Those of the kinds that are closed."""
    return [record for record in among if issubclass(record, Reviewed)]


def quiet(session: Session, among: Select[Any]) -> dict[UUID, int]:
    """{record that is done with: the newest revision of it and of its parts}, of those `among`."""
    apart = _apart(session)
    newest: dict[UUID, int] = {}
    here = kinds_here(session)
    for record in wholes(here.values()):
        table: Any = record.__table__
        closed = or_(table.c.removed, table.c.review.in_([state.value for state in DECIDED]))
        for row in session.execute(_read(record).where(table.c.id.in_(among), closed)):
            said = _said(row)
            term = term_of(terms(), record.kind, said)
            done_with = term is not None and hold(term, said) is None
            if done_with and row.revision and not row.apart and row.id not in apart:
                newest[row.id] = row.revision
    for part, whole in _parts(session, here):
        if whole not in newest:
            continue
        held = part_holds(part.kind, _said(part))
        if held or part.apart or not part.revision or part.id in apart:
            del newest[whole]
        else:
            newest[whole] = max(newest[whole], part.revision)
    return newest


def emptied(record: type[Record]) -> frozenset[str]:
    """The columns that leave with the words of a record."""
    said = {name for name, field in field_map(record).items() if field.leaves}
    return frozenset(said | {*NOT_HELD})


def _read(record: type[Record]) -> Select[Any]:
    """What is asked of a record, and whether people differ about it, or a newer program erased it."""
    table: Any = record.__table__
    disputed = cast(table.c.conflicts, Text) != "{}"
    odd = or_(disputed, cast(table.c.unknown, Text).contains(ERASED)).label("apart")
    stays = [column for column in table.c if column.name not in emptied(record)]
    return select(*stays, odd)


def _parts(session: Session, here: Mapping[str, type[Record]]) -> Iterator[tuple[Any, UUID]]:
    """(part, the record that it belongs to, perhaps by way of another part)."""
    found = [
        (kind, row)
        for kind, record in here.items()
        if issubclass(record, Part)
        for row in session.execute(_read(record))
    ]
    above = {row.id: row.parent for _, row in found}
    for kind, row in found:
        whole, seen = row.parent, {row.id}
        while whole in above and whole not in seen:
            seen.add(whole)
            whole = above[whole]
        yield _Part(kind, row), whole


class _Part:
    """A row with its kind."""

    def __init__(self, kind: str, row: Any) -> None:
        self.kind, self._mapping = kind, row._mapping
        self.id, self.revision, self.apart = row.id, row.revision, row.apart


def _said(row: Any) -> Values:
    return dict(row._mapping)


def _apart(session: Session) -> set[UUID]:
    """Records at which something is still to be done here, and those that they are parts of."""
    bodies = [
        *session.scalars(select(BODY).where(outbox.WAITS)),
        *session.scalars(select(Attention.body)),
        *session.scalars(select(Foreign.body)),  # a newer program's parts say nothing to this one
    ]
    edits = [outbox.decode(body) for body in bodies]
    found = {one.record for one in edits} | {one.parent for one in edits if one.parent}
    for key in session.scalars(select(Draft.key)):  # what is being typed is nowhere else
        found |= {UUID(id) for id in ID.findall(key)}
    return found
