"""One statement for many rows, by the driver's shortest way.

What a statement needs is found out once, and values are converted by columns: by SQLAlchemy's own
way, row by row, the same takes twice as long.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import JSON, Date, Dialect, Executable, Uuid
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from sync.records.base import Moment, as_text


class Utf8(JSON):
    """JSON that is handed over as bytes, which the statement makes a text of."""


Row = Mapping[str, Any]
Convert = Callable[[Any], Any]
KEPT = 500  # statements whose needs are remembered: each file that is opened has its own


def execute_many(session: Session, statement: Executable, rows: Sequence[Row]) -> None:
    """Execute an INSERT or UPDATE for each of these rows, all with the same names.

    The statement is to be one that stays: what is found out about it is kept as long. Raises
    DBAPIError.
    """
    if not rows:
        return
    connection = session.connection()
    if connection.dialect.positional:
        text, columns = _compiled(statement, tuple(sorted(rows[0])), connection.dialect)
        connection.exec_driver_sql(text, by_columns(rows, columns))
    else:
        connection.execute(statement, list(rows))


Columns = tuple[tuple[str, Convert | None], ...]  # names, and how their values are converted


def as_columns(rows: Sequence[Row], columns: Columns) -> list[list[Any]]:
    """The values of each of these columns, as a driver takes them."""
    return [_converted([row[name] for row in rows], convert) for name, convert in columns]


def by_columns(rows: Sequence[Row], columns: Columns) -> list[tuple[Any, ...]]:
    """Rows as a driver takes them, their values in the order of these columns."""
    return list(zip(*as_columns(rows, columns), strict=True))


def _converted(values: list[Any], convert: Convert | None) -> list[Any]:
    if convert is None:
        return values
    if are_alike(values):
        return [convert(values[0])] * len(values)
    return [convert(value) for value in values]


def are_alike(values: Sequence[Any]) -> bool:
    """Whether this very value stands in each row: who sent them, when they came, nothing."""
    first = values[0]
    return all(value is first for value in values)


def conversion(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """How a value of this type is made what the driver takes; None where it is already."""
    if isinstance(kind, Utf8):
        return msgspec.json.encode
    if isinstance(kind, JSON):
        return as_text
    if dialect.name == "sqlite":
        for known, convert in ((Uuid, _hex), (Moment, _utc_text), (Date, _day)):
            if isinstance(kind, known):
                return convert
    return kind.dialect_impl(dialect).bind_processor(dialect)


@lru_cache(KEPT)
def _compiled(statement: Any, names: tuple[str, ...], dialect: Dialect) -> tuple[str, Columns]:
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    columns = tuple(
        (name, conversion(compiled.binds[name].type, dialect)) for name in compiled.positiontup
    )
    return str(compiled), columns


def _hex(id: UUID | None) -> str | None:
    return None if id is None else id.hex


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _utc_text(at: datetime | None) -> str | None:
    if at is None:
        return None
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat(" ", "microseconds")[:-6]  # without +00:00
