"""The place of SQLite's file: another one takes it by one rename, so that there is always a whole one."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from sqlalchemy import make_url

from sync.server.backup_files import write_through
from sync.server.blobs import settle

BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite has beside a file, and the file itself
COMING, GIVEN_UP = ".coming", ".given-up"


@contextmanager
def coming(database: str, source: Path, *, give_up: bool) -> Iterator[str]:
    """The address of a copy of `source`, which takes the place of the database when the block ends.

    Nobody may have the old one open. Given up, it stays beside the new one under another name: as
    its journal may be damaged, too, it is not read. Raises OSError, and sqlite3.DatabaseError where
    the old one is open.
    """
    place = Path(str(make_url(database).database))
    try:
        drop_unfinished(database)
        unfinished = place.with_name(place.name + COMING)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with source.open("rb") as read, os.fdopen(handle, "wb") as file:
            while piece := read.read(2**20):
                file.write(piece)
        yield f"sqlite:///{unfinished}"
        _stand_alone(unfinished)
        write_through(unfinished)
        if place.exists():
            _put_aside(place) if give_up else _stand_alone(place)
        _drop(place, BESIDE[1:])
        unfinished.replace(place)
        settle(place.parent)
    except BaseException:
        with suppress(OSError):
            drop_unfinished(database)
        raise


def drop_unfinished(database: str) -> None:
    """Delete what a kill left of a file that was to come. Of PostgreSQL nothing is left."""
    if not database.startswith("sqlite"):
        return
    place = Path(str(make_url(database).database))
    _drop(place.with_name(place.name + COMING), BESIDE)


def _stand_alone(file: Path) -> None:
    """Bring the journal's words into the file, and end it: else another file would read them."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _put_aside(place: Path) -> None:
    names = (f"{place.name}{GIVEN_UP}-{number}" for number in count(1))
    free = next(one for one in names if not place.with_name(one).exists())
    for name in reversed(BESIDE):  # the file last: its name is what is asked for
        old = place.with_name(place.name + name)
        if old.exists():
            os.link(old, place.with_name(free + name))  # under both: a kill leaves it as it was


def _drop(place: Path, names: tuple[str, ...]) -> None:
    for name in names:
        place.with_name(place.name + name).unlink(missing_ok=True)
