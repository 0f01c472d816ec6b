"""Many new rows at once: PostgreSQL takes them as an array for each column, in two thirds of the time.

COPY would be as fast, but it asks no policy, so PostgreSQL refuses it where there are any.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import msgspec
from sqlalchemy import JSON, Dialect, Insert, Table, Text, bindparam, cast, insert
from sqlalchemy.orm import Session

from sync.bulk import KEPT, Columns, Row, Utf8, are_alike, as_columns, conversion, execute_many
from sync.server import in_flight


class Document(bytes):
    """JSON, as `sync.server.documents` gives it to PostgreSQL."""


def insert_rows(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that are not there yet; each has a value for every column.

    Raises DBAPIError; on PostgreSQL, what is wrong with them, when something is asked next.
    """
    if not rows:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        columns = as_columns(rows, _columns(table, connection.dialect))
        alike = tuple(len(rows) > 1 and are_alike(column) for column in columns)
        statement = _unnesting(table, alike, connection.dialect)
        once = [column[0] for column, same in zip(columns, alike, strict=True) if same]
        each = [column for column, same in zip(columns, alike, strict=True) if not same]
        in_flight.send(connection, statement, [*once, *each])
    else:
        execute_many(session, _insert(table), rows)


@lru_cache(KEPT)
def _unnesting(table: Table, alike: tuple[bool, ...], dialect: Dialect) -> str:
    """An INSERT from an array for each column, in the driver's binary form; of those that are
    `alike` in each row, from one value: these come first."""
    types = [column.type.compile(dialect) for column in table.columns]
    names = [f'"{column.name}"' for column in table.columns]
    told = ", ".join(
        f"%b::{kind}" if same else f"row.{name}"
        for name, kind, same in zip(names, types, alike, strict=True)
    )
    each = [(name, kind) for name, kind, same in zip(names, types, alike, strict=True) if not same]
    arrays = ", ".join(f"%b::{kind}[]" for _, kind in each)
    rows = ", ".join(name for name, _ in each)
    into, select = "INSERT INTO", "SELECT"  # SQL: no construct has the driver's arrays
    return (
        f"{into} {table.name} ({', '.join(names)}) "
        f"{select} {told} FROM unnest({arrays}) AS row ({rows})"
    )


@lru_cache(KEPT)
def _columns(table: Table, dialect: Dialect) -> Columns:
    return tuple(
        (one.name, _document if isinstance(one.type, JSON) else conversion(one.type, dialect))
        for one in table.columns
    )


def _document(value: Any) -> Document:
    return Document(msgspec.json.encode(value))


@cache
def _insert(table: Table) -> Insert:
    """With JSON as bytes: Python would make a text of them, and bytes of that once more."""
    documents = [column.name for column in table.columns if isinstance(column.type, JSON)]
    texts = {name: cast(bindparam(name, type_=Utf8()), Text) for name in documents}
    return insert(table).values(texts)
