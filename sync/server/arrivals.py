"""What no laptop keeps is kept twice until backups have it: survey answers, and sealed letters.

A laptop lets go of both when the server has them, for what stays there says that somebody answered or
reported. So until the daily backups have them the server has them a second time, on the disk of the
backups, and puts them back after an older backup (decision 45). Neither author nor hour is kept: rows
lie in the order of their random ids, and count the backups since; whose they are nobody could tell.
"""

import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from sync.server.store import insert_new
from sync.server.tables import KeptAnswer, KeptLetter

NAME = "arrivals.db"
KEPT = 7  # backups that a row outlives: the newest ones may be damaged
PATIENCE = 5.0  # seconds that one process waits for another
AWAY = (
    "answers or sealed letters could not be kept twice: the backups' disk does not take them (%s)"
)
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


SORTS: dict[str, tuple[type[KeptLetter | KeptAnswer], type[_Letter | _Answer]]] = {
    KeptLetter.__tablename__: (KeptLetter, _Letter),
    KeptAnswer.__tablename__: (KeptAnswer, _Answer),
}


def keep_twice(folder: Path | None, sort: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows of a table beside the backups, before they are in the database.

    Where there is no folder, or its disk does not take them, they are kept once: the log says so, and
    what was brought is taken all the same.
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
        log.warning(AWAY, type(error).__name__)


def grow_older(folder: Path) -> None:
    """A backup was made: what has outlived KEPT of them goes. Raises OSError, DBAPIError."""
    if (folder / NAME).exists():
        with _opened(folder) as file:
            file.execute(delete(ARRIVAL).where(ARRIVAL.c.backups >= KEPT))
            file.execute(update(ARRIVAL).values(backups=ARRIVAL.c.backups + 1))


def bring_back(session: Session, folder: Path, first: int | None) -> int:
    """Put what an older backup lacks into its database → how many rows were looked at.

    `first`: letters of years before this one have ended meanwhile. A damaged file brings nothing, and
    keeps nobody from a restore.
    """
    if not (folder / NAME).exists():
        return 0
    try:
        with _opened(folder) as file:
            found = file.execute(select(ARRIVAL.c.sort, ARRIVAL.c.body)).all()
        told = [
            (SORTS[sort][0], msgspec.msgpack.decode(body, type=SORTS[sort][1]))
            for sort, body in found
        ]
    except (OSError, DBAPIError, KeyError, msgspec.MsgspecError) as error:
        log.warning("%s is damaged and brings nothing back (%s)", NAME, type(error).__name__)
        return 0
    for table, row in told:
        if not (isinstance(row, _Letter) and first and row.year and row.year < first):
            insert_new(session, table, [msgspec.structs.asdict(row)])
    return len(told)


@contextmanager
def _opened(folder: Path) -> Iterator[Connection]:
    """One transaction on the file, which is made where the folder is there. On the disk at its end."""
    path = folder / NAME
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # never where no disk is mounted
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"timeout": PATIENCE},
    )
    listen(engine, "connect", _careful)
    with engine.begin() as file:
        ARRIVAL.create(file, checkfirst=True)
        yield file


def _careful(connection: sqlite3.Connection, _: object) -> None:
    for pragma in ("synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
