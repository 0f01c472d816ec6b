"""What a laptop has not seen yet: records as they stand, each once, in the order of revisions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from sync.change import Change, encode
from sync.merge import BORN
from sync.records import KINDS
from sync.records.base import field_map
from sync.server.tables import Kept

PAGE = 1_000  # records in one reply
PAGE_BYTES = 2**20  # of JSON in one reply: some 250 KB on the line
COLUMNS = (
    *(Kept.kind, Kept.id, Kept.district, Kept.parent),
    *(Kept.fields, Kept.touched, Kept.revision, Kept.by, Kept.at),
)


def since(
    session: Session,
    cursors: Mapping[str, int],
    own: Mapping[UUID, int],
    page: int = PAGE,
    most: int = PAGE_BYTES,
) -> tuple[list[Change], dict[str, int], bool]:
    """Records newer than the cursors → (news, new cursors, whether there is more).

    Of a record that the laptop has, only what changed since its cursor. `own` names records that
    it has whole at that revision: they are left out.
    """
    news: list[Change] = []
    reached: dict[str, int] = {}
    for district, cursor in cursors.items():
        for row in _newer(session, district, cursor, page + 1 - len(news)):
            if own.get(row.id) == row.revision:
                reached[district] = row.revision
                continue
            change = _partly(row, cursor)
            most -= len(encode(change))
            if news and (len(news) >= page or most < 0):
                return news, reached, True
            news.append(change)
            reached[district] = row.revision
    return news, reached, False


def current(session: Session, records: Iterable[tuple[str, UUID]]) -> list[Change]:
    """These records as they stand, so that a laptop can put its own copies right.

    Fields that were never filled in are said to be empty: the laptop may hold a refused value.
    """
    rows = (session.get(Kept, key, populate_existing=True) for key in sorted(records, key=str))
    return [_whole(row) for row in rows if row is not None]


def _newer(session: Session, district: str, cursor: int, room: int) -> Iterator[Any]:
    """Rows, not objects: this is most of the server's work. More than `room` where some are own."""
    while True:
        rows = session.execute(_query(district, cursor, room)).all()
        yield from rows
        if len(rows) < room:
            return
        cursor = rows[-1].revision


def _query(district: str, cursor: int, room: int) -> Select[Any]:
    return (
        select(*COLUMNS)
        .where(Kept.district == district, Kept.revision > cursor)
        .order_by(Kept.revision)
        .limit(room)
    )


def _partly(row: Any, cursor: int) -> Change:
    """Only the fields that changed since the cursor, where the record is older than that."""
    change = _as_change(row)
    born = row.touched.get(BORN)
    if born is None or born[0] > cursor:
        return change
    changed = {
        name: value
        for name, value in change.fields.items()
        if name == "conflicts" or row.touched.get(name, born)[0] > cursor
    }
    return msgspec.structs.replace(change, fields=changed)


def _whole(row: Kept) -> Change:
    change = _as_change(row)
    empty = dict.fromkeys(field_map(KINDS[change.kind]))
    return msgspec.structs.replace(change, fields={**empty, **change.fields})


def _as_change(row: Any) -> Change:
    """A Kept, or a row of its COLUMNS, as it travels."""
    return Change(
        kind=row.kind,
        record=row.id,
        district=row.district,
        parent=row.parent,
        fields=row.fields,
        revision=row.revision,
        by=row.by,
        at=row.at,
    )
