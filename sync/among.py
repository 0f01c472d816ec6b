"""Rows with one of many ids, by the driver's shortest way.

SQLAlchemy builds an IN anew each time, which takes longer than the looking up. Here the statement is
kept, for 1, 2, 4, … ids: the last id fills up what is left of it. For SQLite, of either end; PostgreSQL
is given arrays (`sync.server.ways`). Not `json_each`, with which SQLite 3.40 was seen to crash.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, Select, Uuid, bindparam
from sqlalchemy.orm import Session

from sync.bulk import KEPT

MOST = 1_024  # ids that are asked for at once


def among(
    session: Session, query: Select[Any], column: Any, ids: Iterable[UUID], *more: str
) -> Iterator[Any]:
    """Rows of `query` where `column` is one of these ids: tuples as the driver gives them, but with
    ids as UUIDs. The query is to be one that stays; `more`: its own parameters. Raises DBAPIError."""
    wanted = [id.hex for id in ids]
    if not wanted:
        return
    connection = session.connection()
    for start in range(0, len(wanted), MOST):
        some = wanted[start : start + MOST]
        count = 1 << (len(some) - 1).bit_length()
        some += some[-1:] * (count - len(some))
        text, uuids = _compiled(query, column, count, connection.dialect)
        for row in connection.exec_driver_sql(text, (*more, *some)):
            yield tuple(UUID(one) if at in uuids else one for at, one in enumerate(row))


@lru_cache(KEPT)
def _compiled(
    query: Select[Any], column: Any, count: int, dialect: Dialect
) -> tuple[str, frozenset[int]]:
    """The statement, and which of its columns are ids."""
    marks = [bindparam(None, type_=column.type) for _ in range(count)]
    uuids = (at for at, one in enumerate(query.selected_columns) if isinstance(one.type, Uuid))
    return str(query.where(column.in_(marks)).compile(dialect=dialect)), frozenset(uuids)
