"""The server's database: SQLite or PostgreSQL behind one class, and its migrations."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from sync.errors import UserError
from sync.language import mark
from sync.person import REGION
from sync.records.base import as_text
from sync.sealing import new_seed
from sync.server import walls
from sync.server.audit import FIRST
from sync.server.in_flight import land_by_itself
from sync.server.tables import AuditHead, Life, OwnKeys, SealKey, ServerBase, Stream
from sync.server.unquoted import unquote_all

PAGE = 16_384  # bytes: of a new file; several records fit, where one and a half fit the usual size
CHECKPOINT = (
    4_000  # pages of the journal after which a commit also tidies it, while somebody waits
)
PATIENCE = 30  # seconds that a writer waits for another one in SQLite

NOT_OWNER = mark(
    "The database lets its owner alone make and change its tables. Nothing was changed. Run prepare "
    "with the owner's name in the setting DALA_DATABASE."
)

NEWER = mark("The database belongs to a newer version. Nothing was changed; update the server.")


class Store:
    """Sessions for writing and for reading. Both commit or roll back with `.begin()`.

    On PostgreSQL they work as a role that owns nothing (`sync.server.walls`); `owner` is whom the
    address names, to whom the tables belong. Only `prepare` needs it.
    """

    def __init__(self, url: str) -> None:
        sqlite = url.startswith("sqlite")
        self.engine = _open_sqlite(url) if sqlite else _open_as_role(url)
        self.owner = self.engine if sqlite else _open_postgresql(url, poolclass=NullPool)
        self.writing = sessionmaker(self.engine, expire_on_commit=False)
        reader = self.engine.execution_options(reading=True)
        self.reading = sessionmaker(reader, expire_on_commit=False)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
        self.owner.dispose()

    def forget(self) -> None:
        """Empty SQLite's journal, in which what was erased still stands.

        Where somebody reads from it meanwhile, the next time. PostgreSQL does it by itself.
        """
        if self.engine.dialect.name != "sqlite":
            return
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()


def reach(store: Store) -> None:
    """Raise UserError, with what the database's driver says, where it cannot be spoken to."""
    try:
        with store.owner.connect():
            pass
    except DBAPIError as error:
        said = str(error.orig).strip().splitlines()[-1:]
        raise UserError(
            mark(
                "The database cannot be reached: {said}. Nothing was changed. Check that it runs, "
                "and the setting DALA_DATABASE."
            ),
            said=" ".join(said).rstrip("."),
        ) from error


def prepare(store: Store, districts: Iterable[str]) -> None:
    """Bring the tables up to date, with streams, a first life and keys. Harmless twice.

    Raises UserError where the role that the server works as is not there and cannot be made, or
    where the tables belong to somebody else.
    """
    try:
        with store.owner.begin() as connection:
            walls.make_role(connection)
            command.upgrade(_alembic(connection), "head")
            walls.grant(connection)
        with Session(store.owner) as session, session.begin():
            streams = [{"district": name, "revision": 0} for name in (REGION, *districts)]
            insert_new(session, Stream, streams)
            insert_new(session, Life, [{"number": 1, "epoch": uuid4().hex[:8], "points": {}}])
            insert_new(session, OwnKeys, [{"id": 1, "seed": new_seed()}])
            insert_new(session, AuditHead, [{"id": 1, "number": 0, "hash": FIRST}])
            insert_new(session, SealKey, [{"number": 1, "key": os.urandom(32).hex()}])
    except DBAPIError as error:
        if walls.is_forbidden(error):
            raise UserError(NOT_OWNER) from error
        raise


def require_head(store: Store) -> None:
    """Raise UserError unless the tables are those of this program, and PostgreSQL guards them."""
    scripts = ScriptDirectory.from_config(_alembic())
    with store.reading() as session:
        try:
            found = MigrationContext.configure(session.connection()).get_current_heads()
        except DBAPIError as error:
            if walls.is_forbidden(error):  # a backup was put back, and prepare did not follow
                raise UserError(walls.NOT_PREPARED) from error
            raise
        if set(found) == set(scripts.get_heads()):
            walls.require_standing(session)
            return
    raise UserError(walls.NOT_PREPARED if is_known(",".join(found)) else NEWER)


def is_known(head: str) -> bool:
    """Whether the tables of this version, or of several with commas, are ones this program knows."""
    scripts = ScriptDirectory.from_config(_alembic())
    return set(head.split(",")) <= {"", *(one.revision for one in scripts.walk_revisions())}


def insert_new(session: Session, table: type[ServerBase], rows: list[dict[str, Any]]) -> None:
    """Insert those rows whose key is not there yet, in this order."""
    if not rows:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _open_as_role(url: str) -> Engine:
    # as many connections as the framework has threads
    server = _open_postgresql(url, pool_size=10, max_overflow=30, pool_pre_ping=True)
    known = server.dialect.loaded_dbapi.Error
    event.listen(server, "connect", lambda made, _: walls.take_on(made, known))
    return server


def _open_postgresql(url: str, **pool: Any) -> Engine:
    server = create_engine(
        url,
        hide_parameters=True,  # they hold people's data and must not reach a log
        json_serializer=as_text,
        json_deserializer=msgspec.json.decode,
        isolation_level="READ COMMITTED",
        **pool,
    )
    from sync.server import documents  # brings the driver, which SQLite needs none of

    event.listen(server, "connect", documents.take)
    unquote_all(server)
    land_by_itself(server)
    return server


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        json_serializer=as_text,
        json_deserializer=msgspec.json.decode,
        pool_size=10,
        max_overflow=30,
        connect_args={"timeout": PATIENCE, "check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours
    for pragma in (
        f"page_size={PAGE}",
        "journal_mode=WAL",
        "synchronous=FULL",
        f"wal_autocheckpoint={CHECKPOINT}",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: one that read first could not be let through later."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _alembic(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
