"""Databases in memory that are emptied, copied and put back in an instant."""

import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, StaticPool, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from sync.records.base import as_text


class Died(Exception):
    """The process ended here: nothing after this line was done."""


class Memory:
    """One file, as a process sees it; its engine is used again and again, for it is slow to make.

    `fail` is asked before each writing statement and each commit, and may raise.
    """

    def __init__(self, base: type[DeclarativeBase]) -> None:
        self._file = sqlite3.connect(":memory:", isolation_level=None)
        for pragma in ("secure_delete", "foreign_keys"):  # as both ends have them
            self._file.execute(f"PRAGMA {pragma}=ON")
        engine = create_engine("sqlite://", poolclass=StaticPool, creator=lambda: self._file,
                               json_serializer=as_text)  # fmt: skip
        base.metadata.create_all(engine)
        self._empty = self._file.serialize()
        self.sessions = sessionmaker(engine, expire_on_commit=False)
        self.fail: Callable[[str], None] = _never
        event.listen(engine, "begin", _begin)
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "commit", lambda _: self.fail("COMMIT"))

    def copy(self) -> bytes:
        """The file as it stands."""
        return self._file.serialize()

    def put_back(self, file: bytes | None = None) -> None:
        """The file as it was then, or an empty one."""
        self.fail = _never
        self._file.deserialize(file or self._empty)

    def _before(self, _connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("SELECT", "BEGIN")):
            self.fail(statement)


def dies_at(number: int) -> Callable[[str], None]:
    """The process ends before its statement of this number."""
    left = [number]

    def fail(_statement: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Died

    return fail


def full_at(number: int) -> Callable[[str], None]:
    """The disk is full from the statement of this number on."""
    left = [number]

    def fail(statement: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OperationalError(statement, {}, sqlite3.OperationalError("disk is full"))

    return fail


def _never(_statement: str) -> None:
    """Nothing goes wrong."""


def _begin(connection: Connection) -> None:
    connection.connection.cursor().execute("BEGIN")


Sessions = sessionmaker[Session]
