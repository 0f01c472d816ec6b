"""The server's database as one file, while others go on writing, and whether such a file is whole."""

import errno
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, NullPool, create_engine, func, select

from sync.errors import UserError
from sync.language import mark
from sync.server import postgres_programs
from sync.server.backups import Sort
from sync.server.store import Store
from sync.server.tables import Blob

NOT_WHOLE = mark(
    "The database is damaged: SQLite's own check finds faults in it. No backup was made; those "
    "made before are as they were. Stop the server and restore one: “admin restore”."
)


@dataclass(frozen=True)
class Contents:
    """What of a database is to be known beside its file."""

    sort: Sort
    head: str  # the version of its tables; "": it has none
    files: dict[str, int]  # {sum: bytes} of the files that are whole


def sort_of(store: Store) -> Sort:
    """Which of the two databases it is."""
    return "sqlite" if store.owner.dialect.name == "sqlite" else "postgresql"


def is_empty(store: Store) -> bool:
    """Whether there are no tables yet."""
    with store.owner.connect() as connection:
        return not _head(connection)


def size_of(store: Store) -> int:
    """How many bytes the database takes, which a dump of it hardly exceeds."""
    if sort_of(store) == "sqlite":
        return Path(str(store.owner.url.database)).stat().st_size
    with store.owner.connect() as connection:
        return int(connection.scalar(select(func.pg_database_size(func.current_database()))) or 0)


def write(store: Store, target: Path, programs: Path | None) -> Contents:
    """The database as it stands at one moment, in a new file that its owner alone may read.

    It was checked, and is not yet written through. Raises OSError, and UserError where the
    database is damaged or PostgreSQL's own programs do not do it.
    """
    target.touch(0o600, exist_ok=False)
    if sort_of(store) == "sqlite":
        return _write_sqlite(store, target)
    return _write_postgresql(store, target, programs)


def check(dump: Path, sort: Sort, programs: Path | None) -> bool:
    """Whether such a file can be read to its end."""
    if sort == "postgresql":
        return postgres_programs.readable(dump, programs)
    return _whole(dump)


def _write_sqlite(store: Store, target: Path) -> Contents:
    raw = store.owner.raw_connection()
    try:
        source = raw.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with closing(sqlite3.connect(target)) as copy:
            # in one step: it holds nobody up, and none of what is written meanwhile is in it
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # the file stands for itself
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise OSError(str(error)) from error
        raise UserError(NOT_WHOLE) from error
    finally:
        raw.close()
    if not _whole(target):
        raise UserError(NOT_WHOLE)
    engine = create_engine(f"sqlite:///{target}", poolclass=NullPool)
    with engine.connect() as connection:
        return _contents(connection)


def _write_postgresql(store: Store, target: Path, programs: Path | None) -> Contents:
    with (
        store.owner.connect() as plain,
        plain.execution_options(isolation_level="REPEATABLE READ") as connection,
    ):
        contents = _contents(connection)
        postgres_programs.dump(connection, target, programs)
    if not postgres_programs.readable(target, programs):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return contents


def _contents(connection: Connection) -> Contents:
    files = select(Blob.sha256, Blob.size)
    sort: Sort = "sqlite" if connection.dialect.name == "sqlite" else "postgresql"
    return Contents(sort, _head(connection), dict(connection.execute(files).all()))


def _head(connection: Connection) -> str:
    return ",".join(sorted(MigrationContext.configure(connection).get_current_heads()))


def _whole(file: Path) -> bool:
    """SQLite's own check; nothing is written beside the file."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as read:
            return bool(read.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    except sqlite3.DatabaseError:
        return False
