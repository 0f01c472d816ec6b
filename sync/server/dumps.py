"""The server's database as one file, while others go on writing, and whether such a file is whole.

Answers and sealed letters lie in it by their random ids: as they lie in the database, one behind the
other, they would tell in which order they came, and which came together.
"""

import errno
import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Connection,
    MetaData,
    NullPool,
    Table,
    column,
    create_engine,
    func,
    insert,
    select,
    table,
)
from sqlalchemy.exc import DBAPIError

from sync.errors import UserError
from sync.language import mark
from sync.server import postgres_programs
from sync.server.backups import Sort
from sync.server.store import Store
from sync.server.tables import Blob, KeptAnswer, KeptLetter

MADE = table("sqlite_master", *map(column, ("type", "tbl_name", "sql")))
NAMELESS = (KeptAnswer.__tablename__, KeptLetter.__tablename__)
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
    if not _whole(target):  # before anything is written anew: that could hide a fault
        raise UserError(NOT_WHOLE)
    _put_in_order(target)
    if not _whole(target):
        raise UserError(NOT_WHOLE)
    engine = create_engine(f"sqlite:///{target}", poolclass=NullPool)
    with engine.connect() as connection:
        return _contents(connection)


def _put_in_order(target: Path) -> None:
    """Write the tables of NAMELESS anew in a copy that nobody else has yet. Raises OSError."""
    engine = create_engine(f"sqlite:///{target}", poolclass=NullPool)
    try:
        with engine.connect() as copy:
            copy = copy.execution_options(isolation_level="AUTOCOMMIT")
            for pragma in ("journal_mode=OFF", "secure_delete=ON"):  # half of one is thrown away
                copy.exec_driver_sql(f"PRAGMA {pragma}")
            for name in NAMELESS:
                _write_anew(copy, name)
            copy.exec_driver_sql("PRAGMA journal_mode=DELETE")
    except DBAPIError as error:
        raise OSError(str(error.orig)) from error


def _write_anew(copy: Connection, name: str) -> None:
    """A table by its ids, with what it was made by; of an older program it may not be there."""
    asked = select(MADE.c.type, MADE.c.sql).where(MADE.c.tbl_name == name, MADE.c.sql.is_not(None))
    made = copy.execute(asked.order_by(MADE.c.type.desc())).all()  # the table, then its indexes
    for sort, words in made:
        if sort != "table":
            copy.exec_driver_sql(words)
            continue
        was = f"{name}_as_it_came"
        Operations(MigrationContext.configure(copy)).rename_table(name, was)
        copy.exec_driver_sql(words)
        old, new = (Table(one, MetaData(), autoload_with=copy) for one in (was, name))
        copy.execute(insert(new).from_select(list(new.c), select(old).order_by(old.c.id)))
        old.drop(copy)


def _cluster(store: Store) -> None:
    """PostgreSQL's programs write rows as they lie in the table, so there they are put in order.

    Where somebody holds a table for long, or it is another login's, they stay as they are this time.
    """
    with suppress(DBAPIError), store.owner.begin() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
        for name in NAMELESS:
            connection.exec_driver_sql(f"CLUSTER {name} USING pk_{name}")


def _write_postgresql(store: Store, target: Path, programs: Path | None) -> Contents:
    _cluster(store)
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
