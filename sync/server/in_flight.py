"""Statements that PostgreSQL works at while this program goes on: libpq's pipeline.

SQLAlchemy knows no pipelines: it looks for rows as soon as it has asked. So whatever is asked by its
ways waits first until all that is in flight has landed, and so does the commit. What was wrong with
a statement is raised there; the transaction is lost with it, as it would have been.
"""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from selectors import EVENT_WRITE, DefaultSelector
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sync.server.unquoted import unquote

FLIGHT = "in flight"  # in a connection's info: the pipeline, to be left


def possible(session: Session) -> bool:
    """Whether this database works beside the program, in a process of its own."""
    return session.get_bind().dialect.name == "postgresql"


def send(connection: Connection, statement: str, values: Sequence[Any]) -> None:
    """Let PostgreSQL begin with this. Raises DBAPIError, of this or of what was sent before."""
    driver: Any = connection.connection.driver_connection
    try:
        if FLIGHT not in connection.info:
            flight = ExitStack()
            flight.enter_context(driver.pipeline())
            connection.info[FLIGHT] = flight
        driver.cursor().execute(statement, values)
        _push_out(driver)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _worded(connection, error) from error


def land(connection: Connection) -> None:
    """Wait until all that was sent is done. Raises DBAPIError where something was wrong with it."""
    if connection.invalidated:  # it was lost, and what was in flight with it
        return
    flight: ExitStack | None = connection.info.pop(FLIGHT, None)
    if flight is None:
        return
    try:
        flight.close()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _worded(connection, error) from error


def land_by_itself(engine: Engine) -> None:
    """Before whatever else is asked of this engine, and at the end of a transaction."""
    event.listen(engine, "before_cursor_execute", lambda connection, *_: land(connection))
    event.listen(engine, "commit", land)
    event.listen(engine, "rollback", _give_up)


def _give_up(connection: Connection) -> None:
    with suppress(DBAPIError):  # what went wrong is why it is rolled back, or does not matter now
        land(connection)


def _push_out(driver: Any) -> None:
    """Send all of it: of half a statement nothing can be done."""
    if not driver.pgconn.flush():
        return
    with DefaultSelector() as line:  # select() knows no more than 1,024 sockets
        line.register(driver.pgconn.socket, EVENT_WRITE)
        while driver.pgconn.flush():
            line.select()


def _worded(connection: Connection, error: Any) -> DBAPIError:
    unquote(error)
    known, dialect = connection.dialect.loaded_dbapi.Error, connection.dialect
    made = DBAPIError.instance(None, None, error, known, hide_parameters=True, dialect=dialect)
    assert isinstance(made, DBAPIError)
    return made
