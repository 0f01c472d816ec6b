"""The index beside the records: what is noted with each write, and what follows soon after.

Whatever way a row is written, a trigger notes it in the same transaction. The words follow from the
note, some at a time, so that neither a save nor an exchange waits for them. What the file held before
it had an index, or before a kind was declared as it is now, is gone through by its ids, the same way.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from string import Template
from time import perf_counter
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.orm import Session, sessionmaker

from desktop.index.words import VERSION, said_by
from sync.bulk import execute_many
from sync.client.kinds_here import HERE
from sync.client.tables import Indexed, IndexReached, ToIndex
from sync.local_day import local_day
from sync.records import KINDS
from sync.records.base import Record, fields

TABLE = "word_index"
MAKE = (
    "CREATE VIRTUAL TABLE word_index USING fts5(words, content='', columnsize=0, detail=none, "  # SQL: FTS5
    "prefix='4 5', tokenize=\"ascii tokenchars '._'\")"
)
FORGETS = "INSERT INTO word_index(word_index, rank) VALUES ('secure-delete', 1)"  # SQL: FTS5
FORGETS_SINCE = (3, 42)  # SQLite's; the program brings a newer one
ADD = "INSERT INTO word_index(rowid, words) VALUES (?, ?)"  # SQL: FTS5
DROP = "INSERT INTO word_index(word_index, rowid, words) VALUES ('delete', ?, ?)"  # SQL: FTS5
MADE = "SELECT name, sql FROM sqlite_master WHERE name = 'word_index' OR name LIKE 'note~_%' ESCAPE '~'"  # SQL: FTS5
GONE = Template("DROP TRIGGER $name")  # SQL: a trigger
NOTE = Template(
    "CREATE TRIGGER $name AFTER $event ON $table BEGIN "  # SQL: a trigger
    "INSERT INTO to_index(kind, record) VALUES ('$kind', $row.id); END"
)

ALL = "all"  # in place of an id: the whole kind
AT_ONCE = 500  # records that are read at once
SLICE = 100  # records after which it is asked whether others waited long enough
HELD = 0.1  # seconds that the file is kept from others
NOTES: Any = ToIndex.__table__
DOCS: Any = Indexed.__table__
REACHED: Any = IndexReached.__table__
PUT = insert(DOCS)
OLDEST = (
    select(NOTES.c.number, NOTES.c.kind, NOTES.c.record).order_by(NOTES.c.number).limit(AT_ONCE)
)


def keep_index(connection: Connection) -> None:
    """Make the index where there is none, and the triggers as the kinds are declared now."""
    made: dict[str, str] = dict(map(tuple, connection.exec_driver_sql(MADE)))
    if made.pop(TABLE, None) is None:
        connection.exec_driver_sql(MAKE)
        version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
        if tuple(map(int, version.split(".")[:2])) >= FORGETS_SINCE:
            connection.exec_driver_sql(FORGETS)
        here = set(connection.scalars(HERE))
        rows = [
            {"kind": kind, "declared": _declared(record), "last": ALL}
            for kind, record in KINDS.items()
            if kind not in here
        ]
        connection.execute(insert(REACHED), rows)
    declared = _triggers()
    for name in made.keys() - declared.keys() | {
        name for name, sql in made.items() if name in declared and declared[name] != sql
    }:
        connection.exec_driver_sql(GONE.substitute(name=name))
    for name, sql in declared.items():
        if made.get(name) != sql:
            connection.exec_driver_sql(sql)


def is_a_models(name: str | None, type: str, _: object) -> bool:
    """Whether a table is one of ours, and none in which SQLite keeps the index; for Alembic."""
    return not (type == "table" and name is not None and name.startswith(TABLE))


def behind(session: Session) -> int:
    """How many records are not in the index as they stand, as far as that is noted."""
    waits: int = session.scalar(select(func.count()).select_from(NOTES)) or 0
    reached = _reached(session)
    for kind, record in KINDS.items():
        if (last := reached.get(kind, "")) != ALL:
            table: Any = record.__table__
            waits += session.scalar(select(func.count(table.c.id)).where(_after(table, last))) or 0
    return waits


def catch_up(
    store: sessionmaker[Session],
    wanted: Callable[[], bool] = lambda: True,
    most: int | None = None,
) -> int:
    """Bring the index up to date, a short transaction at a time → how many records that were.

    It ends where nothing is left, `wanted` says no, or after `most` of them.
    """
    done = 0
    while wanted() and (most is None or done < most):
        with store() as session:  # a reader waits for nobody
            if not _is_behind(session):
                break
        with store.begin() as session:
            done += _step(session)
    return done


def _is_behind(session: Session) -> bool:
    if session.scalar(select(NOTES.c.number).limit(1)) is not None:
        return True
    reached = _reached(session)
    return any(reached.get(kind) != ALL for kind in KINDS)


def _reached(session: Session) -> dict[str, str]:
    """{kind: the last id that was gone through, or ALL}, as far as it was declared as it is now."""
    return {
        row.kind: row.last
        for row in session.execute(select(REACHED))
        if row.kind in KINDS and row.declared == _declared(KINDS[row.kind])
    }


def _step(session: Session) -> int:
    until = perf_counter() + HELD
    if noted := session.execute(OLDEST).all():
        return _take_notes(session, noted, until)
    return _go_through(session, until)


def _take_notes(session: Session, noted: Sequence[Any], until: float) -> int:
    last, done = 0, 0
    for some in _slices(noted):
        by_kind: dict[str, list[UUID]] = {}
        for note in some:
            by_kind.setdefault(note.kind, []).append(note.record)
        for kind, ids in by_kind.items():
            last_first = dict.fromkeys(reversed(ids))
            _take(session, kind, [*last_first][::-1])
        last, done = some[-1].number, done + len(some)
        if perf_counter() > until:
            break
    session.execute(delete(NOTES).where(NOTES.c.number <= last))
    return done


def _go_through(session: Session, until: float) -> int:
    """Kind by kind, by ids, which begin with the time: what is newer gets the higher number."""
    reached, done = _reached(session), 0
    for kind, record in KINDS.items():
        last, table = reached.get(kind, ""), cast(Any, record.__table__)
        if last == ALL:
            continue
        while last != ALL and perf_counter() <= until:
            asked = select(table.c.id).where(_after(table, last)).order_by(table.c.id)
            ids = list(session.scalars(asked.limit(SLICE)))
            _take(session, kind, ids)
            done += len(ids)
            last = ids[-1].hex if len(ids) == SLICE else ALL
        session.merge(IndexReached(kind=kind, declared=_declared(record), last=last))
        if perf_counter() > until:
            break
    return done


def _take(session: Session, kind: str, ids: list[UUID]) -> None:
    """Put these records into the index as they stand; those that are no more leave it."""
    now = _said(session, kind, ids)
    here = select(DOCS.c.doc, DOCS.c.record, DOCS.c.words).where(DOCS.c.record.in_(ids))
    gone = []
    for doc, record, words in session.execute(here).all():
        if record in now and now[record]["words"] == words:
            del now[record]  # it says what it said
        else:
            gone.append((doc, zlib.decompress(words).decode()))
    connection = session.connection()
    if gone:
        connection.exec_driver_sql(DROP, gone)
        session.execute(delete(DOCS).where(DOCS.c.doc.in_([doc for doc, _ in gone])))
    if not now:
        return
    last = session.scalar(select(func.max(DOCS.c.doc))) or 0
    docs = [{"doc": doc, **said} for doc, said in enumerate(now.values(), last + 1)]
    texts = [(one["doc"], zlib.decompress(one["words"]).decode()) for one in docs]
    execute_many(session, PUT, docs)
    connection.exec_driver_sql(ADD, texts)


def _said(session: Session, kind: str, ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """What is kept of each of these that is to be found, in their order."""
    record = KINDS.get(kind)
    if record is None or not ids:
        return {}
    table: Any = record.__table__
    here = session.execute(select(table).where(table.c.id.in_(ids), ~table.c.removed))
    rows = {row["id"]: dict(row) for row in here.mappings()}
    return {
        id: {
            "record": id,
            "kind": kind,
            "day": _day(record, rows[id]),
            "words": zlib.compress(said_by(record, rows[id]).encode(), 1),
        }
        for id in ids
        if id in rows
    }


def _day(record: type[Record], row: Any) -> date:
    said = row[record.dated_by] if record.dated_by else None
    return said or local_day(row["created"])


def _after(table: Any, last: str) -> Any:
    return table.c.id > UUID(hex=last) if last else table.c.id.is_not(None)


def _slices(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + SLICE] for start in range(0, len(rows), SLICE))


@cache
def _declared(record: type[Record]) -> str:
    """Another text where the same row would have other words."""
    said = [(one.name, one.long, one.choices, one.place, one.given) for one in fields(record)]
    return f"{VERSION}-{zlib.crc32(repr((record.named_by, said)).encode()):08x}"


@cache
def _triggers() -> dict[str, str]:
    """{name: how it is made}: each writes down that a record is not in the index as it stands."""
    found = {}
    for kind, record in KINDS.items():
        said = ["removed", "bare", "district", *(one.name for one in fields(record))]
        if "review" in record.__table__.c:
            said.append("review")
        events: Iterable[tuple[str, str, str]] = (
            ("add", "INSERT", "NEW"),
            ("edit", "UPDATE OF " + ", ".join(f'"{name}"' for name in said), "NEW"),
            ("drop", "DELETE", "OLD"),
        )
        for name, event, row in events:
            name = f"note_{kind}_{name}"
            found[name] = NOTE.substitute(
                name=name, event=event, table=f'"{record.__tablename__}"', kind=kind, row=row
            )
    return found
