"""What no laptop keeps is kept twice until backups have it: survey answers and what is told beside
them (`sync.server.signs`), and sealed letters.

A laptop lets go of both when the server has them, for what stays there says that somebody answered or
reported. So until the daily backups have them the server has them a second time, on the disk of the
backups, and puts them back after an older backup (decision 45). Neither author nor hour is kept: rows
lie in the order of their random ids, and count the backups since; whose they are nobody could tell.
Nor does the log say at that moment what went wrong: its hour would be the hour of a letter.
"""

import logging
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from sync.server.store import insert_new
from sync.server.tables import KeptAnswer, KeptLetter, KeptSigns

NAME = "arrivals.db"
KEPT = 7  # backups that a row outlives: the newest ones may be damaged
PATIENCE = 15.0  # seconds that one process waits for another
SMALL = 2 * 2**20  # bytes of a file that is put in order at once, and not with the next backup
AWAY = (
    "answers or sealed letters could not be kept twice: the backups' disk does not take them (%s)"
)
DAMAGED = "%s is damaged: of its answers and letters %d could be read (%s)"
ANEW = "%s was damaged and is begun anew; the newest backup has what was in it (%s)"
ARRIVAL = Table(
    "arrival",
    MetaData(),
    Column("id", LargeBinary, primary_key=True),
    Column("sort", String),  # the name of the table
    Column("body", LargeBinary),  # its row, as MessagePack
    Column("backups", Integer),  # that were made since
    sqlite_with_rowid=False,  # nothing tells in which order they came
)
log = logging.getLogger("dala.server")


class _Letter(msgspec.Struct):
    id: UUID
    box: bytes
    seals: bytes
    body: bytes
    year: int | None


class _Answer(msgspec.Struct):
    id: UUID
    wave: UUID
    district: str
    body: bytes


class _Signs(_Answer):
    seals: bytes


SORTS: dict[
    str, tuple[type[KeptLetter | KeptAnswer | KeptSigns], type[_Letter | _Answer | _Signs]]
] = {
    KeptLetter.__tablename__: (KeptLetter, _Letter),
    KeptAnswer.__tablename__: (KeptAnswer, _Answer),
    KeptSigns.__tablename__: (KeptSigns, _Signs),
}
_missed = set[str]()  # why some were kept once, of which the log was not told yet


def keep_twice(folder: Path | None, sort: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows of a table beside the backups, before they are in the database.

    Where there is no folder, or its disk does not take them, they are kept once, and what was brought
    is taken all the same. The log says so with the next backup: a line now would tell the hour.
    """
    said = [
        {"id": row["id"].bytes, "sort": sort, "body": msgspec.msgpack.encode(row), "backups": 0}
        for row in rows
    ]
    if folder is None or not said:
        return
    try:
        with _opened(folder) as file:
            file.execute(insert(ARRIVAL).on_conflict_do_nothing(), said)
    except (OSError, DBAPIError) as error:
        _missed.add(type(error).__name__)
        return
    with suppress(OSError, DBAPIError):  # they are kept; the next backup puts them in order
        if (folder / NAME).stat().st_size <= SMALL:
            _put_in_order(folder)


def grow_older(folder: Path) -> None:
    """A backup was made: what has outlived KEPT of them goes. Raises OSError, DBAPIError.

    A damaged file goes whole: what lay there is in the backup that was just made.
    """
    if _missed:
        log.warning(AWAY, ", ".join(sorted(_missed)))
        _missed.clear()
    if not (folder / NAME).exists():
        return
    try:
        with _opened(folder) as file:
            file.execute(delete(ARRIVAL).where(ARRIVAL.c.backups >= KEPT))
            file.execute(update(ARRIVAL).values(backups=ARRIVAL.c.backups + 1))
        _put_in_order(folder)
    except DBAPIError as error:
        if not _is_damage(error):
            raise
        log.warning(ANEW, NAME, type(error).__name__)
        for name in (f"{NAME}-journal", NAME):  # the journal first: it would go into a new file
            (folder / name).unlink(missing_ok=True)


def forget(folder: Path, waves: Collection[UUID]) -> None:
    """The answers to these waves are counts by now: they go. Where the disk is away, the next time."""
    if not waves or not (folder / NAME).exists():
        return
    try:
        with _opened(folder) as file:
            of_waves = ARRIVAL.c.sort.in_([KeptAnswer.__tablename__, KeptSigns.__tablename__])
            found = file.execute(select(ARRIVAL.c.id, ARRIVAL.c.body).where(of_waves)).all()
            for id, body in found:
                if msgspec.msgpack.decode(body, type=_Answer).wave in waves:
                    file.execute(delete(ARRIVAL).where(ARRIVAL.c.id == id))
    except (OSError, DBAPIError, msgspec.MsgspecError) as error:
        log.warning("%s: answers past their term stay (%s)", NAME, type(error).__name__)


def bring_back(
    session: Session,
    folders: Iterable[Path],
    first: int | None,
    counted: Collection[UUID] = (),
) -> int:
    """Put what an older backup lacks into its database → how many rows were looked at.

    `first`: letters of years before this one have ended meanwhile; so have answers to the waves
    `counted`. Of a damaged file what can be read is brought; it keeps nobody from a restore.
    """
    return sum(_bring(session, one, first, counted) for one in dict.fromkeys(folders))


def _bring(session: Session, folder: Path, first: int | None, counted: Collection[UUID]) -> int:
    if not (folder / NAME).exists():
        return 0
    count, spoilt = 0, ""
    rows = _rows(folder)
    while True:
        try:
            sort, body = next(rows)
            table, shape = SORTS[sort]
            row = msgspec.msgpack.decode(body, type=shape)
        except StopIteration:
            break
        except (KeyError, TypeError, msgspec.MsgspecError) as error:  # this one alone
            spoilt = type(error).__name__
            continue
        except (OSError, DBAPIError) as error:  # and all behind it
            spoilt = type(error).__name__
            break
        old = isinstance(row, _Letter) and first and row.year and row.year < first
        if not old and not (isinstance(row, _Answer) and row.wave in counted):
            insert_new(session, table, [msgspec.structs.asdict(row)])
        count += 1
    if spoilt:
        log.warning(DAMAGED, NAME, count, spoilt)
    return count


def _rows(folder: Path) -> Iterator[tuple[str, bytes]]:
    """One after the other: letters are large, and all of a week may be more than fits."""
    with _engine(folder).connect() as file:  # nothing is written: the disk may be for reading only
        yield from map(tuple, file.execute(select(ARRIVAL.c.sort, ARRIVAL.c.body)))


def _put_in_order(folder: Path) -> None:
    """Write the file anew by the ids: where a long row lies on the disk tells when it came."""
    with _engine(folder).connect() as file:
        alone = file.execution_options(isolation_level="AUTOCOMMIT")
        alone.execute(text("VACUUM"))


def _is_damage(error: DBAPIError) -> bool:
    """Whether the file itself is bad: a lock, a full or a lost disk are told as something else."""
    cause = error.orig
    return isinstance(cause, sqlite3.DatabaseError) and not isinstance(
        cause, sqlite3.OperationalError
    )


@contextmanager
def _opened(folder: Path) -> Iterator[Connection]:
    """One transaction on the file, which is made where the folder is there. On the disk at its end."""
    path = folder / NAME
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # never where no disk is mounted
    with _engine(folder).begin() as file:
        file.execute(CreateTable(ARRIVAL, if_not_exists=True))  # two processes may be at it
        yield file


def _engine(folder: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(folder / NAME)),
        poolclass=NullPool,
        connect_args={"timeout": PATIENCE},
    )
    listen(engine, "connect", _careful)
    return engine


def _careful(connection: sqlite3.Connection, _: object) -> None:
    for pragma in ("synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
