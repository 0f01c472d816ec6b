"""The encrypted file: how it is opened, made, brought up to date, copied and checked.

SQLCipher with a raw key, through SQLAlchemy. Every page carries an HMAC, so a damaged page is
noticed and never read as other data. Why so: docs/decisions/0001-keys-and-file.md.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, ExceptionContext, QueuePool, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # it ships no stubs

from desktop.ballast import Ballast
from desktop.files import UNFINISHED, delete, make_private_folder, put_in_place
from desktop.index.keeping import keep_index
from desktop.journal import Journal
from desktop.store_failures import (
    StoreDamaged,
    StoreFull,
    busy,
    code,
    damaged,
    full,
    in_words,
    newer,
    shut,
)
from sync.client import migrations
from sync.client.adopted import adopt
from sync.records.base import as_text

PATIENCE = 10  # seconds that a writer waits for another one
COPIES_KEPT = 3  # of those made before migrations
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a commit is on the disk when it returns
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-32000",  # KB of pages that need not be decrypted again: ids are random
    "trusted_schema=OFF",
)
READING = ("temp_store=MEMORY", "trusted_schema=OFF")


class Store(sessionmaker[Session]):
    """`with store.begin()` writes: on the disk when the block has ended, or not at all.

    `with store()` only reads, and never waits for a writer. Both raise what store_failures has.
    `untouched`: nothing can be written, and not a byte of the file or its journal changes.
    Where it has a `journal` of the outbox, edits are in that, too, when a writing block has ended.
    """

    journal: Journal | None = None
    ballast: Ballast | None = None  # given up where the disk is full

    def __init__(self, path: Path, key: bytes, copies: Path, *, untouched: bool = False) -> None:
        self.engine = _engine(path, key, copies, untouched)
        super().__init__(self.engine.execution_options(reading=True), expire_on_commit=False)
        self.path, self.copies, self._key = path, copies, key

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One transaction, which takes the write lock at once."""
        with (
            self._giving_up_ballast(),
            self(bind=self.engine) as session,
            ExitStack() as around_the_commit,
            session.begin(),
        ):
            yield session
            if self.journal is not None:
                around_the_commit.enter_context(self.journal.following(session))

    @contextmanager
    def _giving_up_ballast(self) -> Iterator[None]:
        """Before, where the disk has next to nothing left; and where it was full sooner than it said,
        for the next try."""
        if self.ballast is None:
            yield
            return
        self.ballast.give_way()
        try:
            yield
        except StoreFull:
            self.ballast.give_up()
            raise

    def copy(self, target: Path, key: bytes | None = None) -> None:
        """Copy the file as it stands, by default under the same key, while it may be in use.

        Raises StoreFull where there is no room, or what else store_failures has; then nothing
        is at `target`.
        """
        unfinished = target.with_name(target.name + UNFINISHED)
        try:
            delete(unfinished)
            _new_file(unfinished)
            with (
                closing(_connect(self.path, self._key)) as source,
                closing(_connect(unfinished, key or self._key)) as copy,
            ):
                source.backup(copy)
            with unfinished.open("rb+") as file:
                os.fsync(file.fileno())
            put_in_place(unfinished, target)
        except (OSError, dbapi2.DatabaseError) as error:
            with suppress(OSError):
                delete(unfinished)
            words = in_words(error, target, self.copies) or full(target.parent)
            if isinstance(words, StoreDamaged):
                note_damage(self.path)
            raise words from error

    def forget(self, *, rewrite: bool) -> None:
        """Empty the journal, in which what was deleted still stands; `rewrite` the file, too.

        Where somebody reads meanwhile, the journal is emptied when the file is closed.
        Raises what store_failures has.
        """
        try:
            with closing(_connect(self.path, self._key)) as connection:
                connection.execute("PRAGMA temp_store=MEMORY")
                if rewrite:
                    connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except dbapi2.DatabaseError as error:
            raise in_words(error, self.path, self.copies) or error from error

    def close(self) -> None:
        """Give all connections back. The last one moves what is in the journal into the file."""
        if self.journal is not None:
            self.journal.close()
        self.engine.dispose()


def create_store(path: Path, key: bytes, copies: Path) -> Store:
    """A new file with all its tables.

    Raises FileExistsError: nothing is written over; StoreFull, StoreShut.
    """
    try:
        _new_file(path)
    except FileExistsError:
        raise
    except OSError as error:
        raise (shut if isinstance(error, PermissionError) else full)(path.parent) from error
    store = Store(path, key, copies)
    try:
        _migrate(store.engine)
        _keep_index(store.engine)
    except BaseException:
        store.close()
        raise
    return store


def open_store(path: Path, key: bytes, copies: Path) -> Store:
    """The file, brought up to date; before that, a copy of it goes into the folder `copies`.

    Raises StoreDamaged, StoreFull, StoreBusy, StoreShut, or StoreNewer: then not a byte of it
    was changed.
    """
    schema = _schema(path, key, copies)
    if schema > migrations.SCHEMA:
        raise newer()
    store = Store(path, key, copies)
    if schema < migrations.SCHEMA:
        try:
            _copy_first(store, schema, copies)
            _migrate(store.engine)
            with store.begin() as session:
                adopt(session)
        except BaseException:
            store.close()
            raise
    try:
        _keep_index(store.engine)
    except BaseException:
        store.close()
        raise
    return store


def connect(store: Store, copy: Path) -> Any:
    """A connection of the driver to a copy of this file. Where it is under another key, its first
    statement raises DatabaseError."""
    return _connect(copy, store._key)


def is_under(path: Path, key: bytes) -> bool:
    """Whether the first page of this file, which everything begins with, is under the key."""
    try:
        with closing(_connect(path, key, _unchanged(path))) as connection:
            connection.execute("PRAGMA user_version").fetchone()
    except dbapi2.DatabaseError:
        return False
    return True


def note_damage(path: Path) -> None:
    """A part of the file could not be read: the next opening looks at all of it, and mends it."""
    with suppress(OSError):
        path.with_name(f"{path.name}.damaged").touch()


def check(store: Store, copy: Path | None = None) -> list[str]:
    """What is wrong with the file, as SQLCipher and SQLite say it; empty when it is sound.

    With `copy`: with this copy of it.

    Raises StoreFull, StoreBusy, StoreShut where it could not be looked at.
    """
    with closing(_connect(copy or store.path, store._key)) as connection:
        try:
            _move_in(connection)
            found = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
            if not found:
                found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        except dbapi2.DatabaseError as error:
            words = in_words(error, store.path, store.copies)
            if words is not None and not isinstance(words, StoreDamaged):
                raise words from error
            found = [str(error)]
    return [line for line in found if line != "ok"]


def _engine(path: Path, key: bytes, copies: Path, untouched: bool) -> Engine:
    def connect() -> Any:
        connection = _connect(path, key, _unchanged(path) if untouched else "rw")
        try:
            for pragma in READING if untouched else PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    def speak(context: ExceptionContext) -> None:
        """SQLite's failures leave here as sentences."""
        failed = context.original_exception
        if _reads(context.connection) and code(failed) == "SQLITE_READONLY":
            return  # a fault of ours: who reads must not write
        if (words := in_words(failed, path, copies)) is not None:
            if isinstance(words, StoreDamaged):
                note_damage(path)
            raise words from failed

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=dbapi2,
        poolclass=QueuePool,
        hide_parameters=True,  # they hold people's data and must not reach a log
        json_serializer=as_text,
        json_deserializer=msgspec.json.decode,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", speak)
    return engine


def _connect(path: Path, key: bytes, mode: str = "rw") -> Any:
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,  # BEGIN is ours
        check_same_thread=False,  # the pool gives a connection to one thread at a time
    )
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level=NONE")
    return connection


def _move_in(connection: Any) -> None:
    """Move what is in the journal into the file. Raises StoreBusy.

    SQLCipher's check looks past the journal. Pages that a power cut tore while they were moved are
    whole in it: moved once more, they are no damage.
    """
    if connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()[0]:
        raise busy()


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: one that has read first could not be let through."""
    reading = _reads(connection)
    try:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
    except BaseException:
        connection.invalidate()  # whoever wanted it has not got it, and could not close it
        raise


def _reads(connection: Connection | None) -> bool:
    return connection is not None and connection.get_execution_options().get("reading", False)


def _unchanged(path: Path) -> str:
    """The mode in which a file is read without changing it, or leaving anything beside it."""
    journal = path.with_name(f"{path.name}-wal")
    return "ro" if journal.exists() else "ro&immutable=1"


def _schema(path: Path, key: bytes, copies: Path) -> int:
    """The file's version, read without changing it: not even its journal is moved in."""
    try:
        with closing(_connect(path, key, _unchanged(path))) as connection:
            schema: int = connection.execute("PRAGMA user_version").fetchone()[0]
    except dbapi2.DatabaseError as error:
        if (words := in_words(error, path, copies)) is None:
            raise
        raise words from error
    if not schema:  # an empty file is none of ours: a new one is put in place when it is whole
        raise damaged(copies)
    return schema


def _migrate(engine: Engine) -> None:
    """Bring the tables up to date, all in one transaction."""
    from alembic import command  # half a second, and seldom needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA user_version={migrations.SCHEMA}")


def _keep_index(engine: Engine) -> None:
    """Records are found by an index, which follows from the declarations of their kinds."""
    with engine.begin() as connection:
        keep_index(connection)


def _copy_first(store: Store, schema: int, copies: Path) -> None:
    make_private_folder(copies)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    store.copy(copies / f"before-migration-{stamp}-from-{schema}.db")
    for old in sorted(copies.glob("before-migration-*.db"))[:-COPIES_KEPT]:
        with suppress(OSError):  # held: the next time
            delete(old)


def _new_file(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
