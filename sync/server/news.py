"""What a laptop has not seen yet: records as they stand, each once, in the order of revisions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, Text, cast, select
from sqlalchemy.orm import Session

from sync.change import NO_CHANGE, Change
from sync.merge import BORN
from sync.records import KINDS
from sync.records.base import field_map
from sync.server import lives
from sync.server.tables import Kept

PAGE = 1_000  # records in one reply
PAGE_BYTES = 2**20  # of JSON in one reply: some 250 KB on the line
LARGE = 2_500, 3_200_000  # the same where a laptop hardly feels the line
ENVELOPE = 250  # bytes of a change beside its fields
RUNS = 50  # runs of revisions that are left out by the database; what is left is by us
COLUMNS = (
    *(Kept.kind, Kept.id, Kept.district, Kept.parent),
    *(cast(Kept.fields, Text).label("fields"), Kept.touched, Kept.revision, Kept.by, Kept.at),
)


def since(
    session: Session,
    cursors: Mapping[str, int],
    own: Mapping[str, Collection[int]],
    page: int = PAGE,
    most: int = PAGE_BYTES,
    *,
    began: Mapping[str, int] = MappingProxyType({}),
) -> tuple[list[Change], dict[str, int], bool]:
    """Records newer than the cursors → (news, new cursors, whether there is more).

    Of a record that the laptop has, only what changed since its cursor; where it `began` to read
    further back, since then, for meanwhile a record may have gone on from an earlier page to this
    one. `own` has the revisions, by district, that it has whole: they are left out. The news are to
    be encoded: fields that are wanted as they stand are still JSON.
    """
    news: list[Change] = []
    reached: dict[str, int] = {}
    counters = lives.counters(session, cursors)
    for district, cursor in cursors.items():
        if counters.get(district, 0) <= cursor:
            continue  # as most times: one statement for all the streams where nothing is new
        known, stood = own.get(district, ()), min(cursor, began.get(district, cursor))
        for row in _newer(session, district, cursor, known, page + 1 - len(news)):
            change, size = _partly(row, stood)
            most -= size
            if news and (len(news) >= page or most < 0):
                return news, reached, True
            news.append(change)
            reached[district] = row.revision
        if known:
            reached[district] = max(reached.get(district, cursor), *known)
    return news, reached, False


def beyond(session: Session, cursors: Mapping[str, int]) -> int:
    """How many revisions the streams have beyond these cursors."""
    newest = lives.counters(session, cursors)
    return sum(max(0, revision - cursors[stream]) for stream, revision in newest.items())


def current(session: Session, records: Iterable[tuple[str, UUID]]) -> list[Change]:
    """These records as they stand, so that a laptop can put its own copies right.

    Fields that were never filled in are said to be empty: the laptop may hold a refused value.
    """
    rows = (session.get(Kept, key, populate_existing=True) for key in sorted(records, key=str))
    return [_whole(row) for row in rows if row is not None]


def _newer(
    session: Session, district: str, cursor: int, known: Collection[int], room: int
) -> Iterator[Any]:
    """Rows, not objects: this is most of the server's work. At least `room`, where there are."""
    apart = set(known)
    while True:
        query = _query(district, cursor, _runs(apart), room)
        rows = session.execute(query).all()
        yield from (row for row in rows if row.revision not in apart)
        if len(rows) < room:
            return
        cursor = rows[-1].revision


def _query(district: str, cursor: int, apart: list[tuple[int, int]], room: int) -> Select[Any]:
    others = (~Kept.revision.between(first, last) for first, last in apart)
    return (
        select(*COLUMNS)
        .where(Kept.district == district, Kept.revision > cursor, *others)
        .order_by(Kept.revision)
        .limit(room)
    )


def _runs(revisions: Iterable[int]) -> list[tuple[int, int]]:
    """(first, last) of the longest runs of numbers that follow each other."""
    runs: list[tuple[int, int]] = []
    for one in sorted(revisions):
        if runs and runs[-1][1] == one - 1:
            runs[-1] = (runs[-1][0], one)
        else:
            runs.append((one, one))
    return sorted(runs, key=lambda run: run[0] - run[1])[:RUNS]


def _partly(row: Any, cursor: int) -> tuple[Change, int]:
    """(only the fields that changed since the cursor, where the record is older, about its size)."""
    born = row.touched.get(BORN)
    if born is None or born[0] > cursor:
        text = row.fields.encode()
        return _as_change(row, msgspec.Raw(text)), len(text) + ENVELOPE
    changed = {
        name: value
        for name, value in msgspec.json.decode(row.fields).items()
        if name == "conflicts" or row.touched.get(name, born)[0] > cursor
    }
    # the laptop's record must stand there at least, else it has missed something
    base = max(when for when, _ in row.touched.values() if when <= cursor)
    change = msgspec.structs.replace(_as_change(row, changed), base=base)
    return change, len(msgspec.json.encode(changed)) + ENVELOPE


def _whole(row: Kept) -> Change:
    empty = dict.fromkeys(field_map(KINDS[row.kind]))
    return _as_change(row, {**empty, **row.fields})


def _as_change(row: Any, fields: Any) -> Change:
    """A Kept, or a row of COLUMNS, as it travels."""
    return Change(
        id=NO_CHANGE,
        kind=row.kind,
        record=row.id,
        district=row.district,
        parent=row.parent,
        fields=fields,
        revision=row.revision,
        by=row.by,
        at=row.at,
    )
