"""Many new rows at once: PostgreSQL takes them as an array for each column, in two thirds of the time.

COPY would be as fast, but it asks no policy, so PostgreSQL refuses it where there are any.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from sqlalchemy import JSON, Dialect, Insert, Table, Text, bindparam, cast, insert
from sqlalchemy.orm import Session

from sync.bulk import KEPT, Columns, Row, Utf8, as_columns, conversion, execute_many
from sync.server import in_flight


def insert_rows(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that are not there yet; each has a value for every column.

    Raises DBAPIError; on PostgreSQL, what is wrong with them, when something is asked next.
    """
    if not rows:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        columns = as_columns(rows, _columns(table, connection.dialect))
        in_flight.send(connection, _unnesting(table, connection.dialect), columns)
    else:
        execute_many(session, _insert(table), rows)


@lru_cache(KEPT)
def _unnesting(table: Table, dialect: Dialect) -> str:
    """An INSERT from an array for each column, in the driver's binary form."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    arrays = ", ".join(f"%b::{column.type.compile(dialect)}[]" for column in table.columns)
    into, rows = "INSERT INTO", "SELECT * FROM"  # SQL: no construct has the driver's arrays
    return f"{into} {table.name} ({names}) {rows} unnest({arrays})"


@lru_cache(KEPT)
def _columns(table: Table, dialect: Dialect) -> Columns:
    return tuple((column.name, conversion(column.type, dialect)) for column in table.columns)


@cache
def _insert(table: Table) -> Insert:
    """With JSON as bytes: Python would make a text of them, and bytes of that once more."""
    documents = [column.name for column in table.columns if isinstance(column.type, JSON)]
    texts = {name: cast(bindparam(name, type_=Utf8()), Text) for name in documents}
    return insert(table).values(texts)
