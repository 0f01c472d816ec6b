"""Many new rows at once, by each driver's shortest way: by SQLAlchemy's own it takes twice as long."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Connection, Dialect, Table, Uuid, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from sync.records.base import Moment, as_text

Row = Mapping[str, Any]
Convert = Callable[[Any], Any]


def insert_rows(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that are not there yet; each has a value for every column.

    PostgreSQL takes them by COPY. Raises DBAPIError as an INSERT does.
    """
    if not rows:
        return
    connection = session.connection()
    columns = [
        [row[name] for row in rows] if convert is None else [convert(row[name]) for row in rows]
        for name, convert in _converts(table, connection.dialect)
    ]
    values = list(zip(*columns, strict=True))
    if connection.dialect.name == "postgresql":
        _copy(connection, table, values)
    else:
        statement = str(insert(table).compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement, values)


def _copy(connection: Connection, table: Table, values: list[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    statement = f"COPY {table.name} ({names}) FROM STDIN"
    cursor: Any = connection.connection.cursor()
    try:
        with cursor, cursor.copy(statement) as copy:
            for row in values:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(
            *(statement, None, error, connection.dialect.loaded_dbapi.Error),
            hide_parameters=True,
            dialect=connection.dialect,
        ) from error


@cache
def _converts(table: Table, dialect: Dialect) -> tuple[tuple[str, Convert | None], ...]:
    """Each column, and how its values are turned into what the driver takes, where they must be."""
    return tuple((column.name, _convert(column.type, dialect)) for column in table.columns)


def _convert(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """As SQLAlchemy does it, but at once."""
    if isinstance(kind, JSON):
        return as_text
    if dialect.name == "sqlite" and isinstance(kind, Uuid):
        return _hex
    if dialect.name == "sqlite" and isinstance(kind, Moment):
        return _utc_text
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _hex(id: UUID | None) -> str | None:
    return None if id is None else id.hex


def _utc_text(at: datetime | None) -> str | None:
    if at is None:
        return None
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
