"""Rows with one of many ids, by the driver's shortest way.

SQLAlchemy builds an IN anew each time, which takes longer than the looking up. For SQLite, of either
end; PostgreSQL is given arrays (`sync.server.ways`). Not by `json_each`: SQLite 3.40 crashed on it.
"""

from collections.abc import Iterable, Iterator, Sized
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, Select, Uuid, bindparam
from sqlalchemy.orm import Session

from sync.bulk import KEPT

MOST = 1_000  # ids that are asked for at once
MANY = 50  # ids: before more are looked up, it is asked whether there is anything at all
ONE = "IN (?)"


def among(
    session: Session, query: Select[Any], column: Any, ids: Iterable[UUID], *more: str
) -> Iterator[Any]:
    """Rows of `query` where `column` is one of these ids: tuples as the driver gives them, but with
    ids as UUIDs. The query is to be one that stays; `more`: its own parameters. Raises DBAPIError."""
    wanted = [id.hex for id in ids]
    if not wanted:
        return
    session.flush()  # as before any question of its own
    connection = session.connection()
    before, after, uuids = _compiled(query, column, connection.dialect)
    for start in range(0, len(wanted), MOST):
        some = wanted[start : start + MOST]
        marks = ONE.replace("?", ", ".join("?" * len(some)))
        for row in connection.exec_driver_sql(f"{before}{marks}{after}", (*more, *some)):
            yield tuple(UUID(one) if at in uuids else one for at, one in enumerate(row))


def nothing_among(session: Session, ids: Sized, any_row: Select[Any]) -> bool:
    """Whether many ids need not be looked up, as `any_row` finds no row at all. False for few."""
    return len(ids) > MANY and session.execute(any_row).first() is None


@lru_cache(KEPT)
def _compiled(
    query: Select[Any], column: Any, dialect: Dialect
) -> tuple[str, str, frozenset[int]]:
    """The statement before and after the ids, and which of its columns are ids."""
    one = query.where(column.in_([bindparam(None, type_=column.type)]))
    before, after = str(one.compile(dialect=dialect)).split(ONE)
    uuids = (at for at, one in enumerate(query.selected_columns) if isinstance(one.type, Uuid))
    return before, after, frozenset(uuids)
