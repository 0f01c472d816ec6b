"""Where a server keeps what it takes: a fresh database for each run, of either kind."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.laptops import enrol
from tests.postgres import find_programs, postgres

Fresh = Callable[[Path], AbstractContextManager[str]]  # folder of a run → URL for SQLAlchemy


@dataclass(frozen=True)
class Ground:
    """One kind of database."""

    name: str
    blank: Fresh  # for the floor
    prepared: Fresh  # with the tables of the server and the accounts of both laptops
    tokens: dict[str, str]


@contextmanager
def sqlite_ground(folder: Path) -> Iterator[Ground]:
    """SQLite files in the folders of the runs."""
    template = folder / "template" / "server.db"
    template.parent.mkdir()

    @contextmanager
    def blank(home: Path) -> Iterator[str]:
        yield f"sqlite:///{home / 'server.db'}"

    @contextmanager
    def prepared(home: Path) -> Iterator[str]:
        shutil.copy(template, home / "server.db")
        yield f"sqlite:///{home / 'server.db'}"

    tokens = enrol(f"sqlite:///{template}", template.parent)
    yield Ground("SQLite", blank, prepared, tokens)


@contextmanager
def postgres_ground(folder: Path) -> Iterator[Ground]:
    """Databases of a PostgreSQL that is started for this. It is the tests' own: fsync is off."""
    with postgres() as server, server.database() as template:
        tokens = enrol(template, folder)

        @contextmanager
        def blank(home: Path) -> Iterator[str]:
            with server.database() as url:
                yield url

        @contextmanager
        def prepared(home: Path) -> Iterator[str]:
            with server.database(template.rpartition("/")[2]) as url:
                yield url

        yield Ground("PostgreSQL", blank, prepared, tokens)


def grounds() -> Iterator[Callable[[Path], AbstractContextManager[Ground]]]:
    """What this machine has: SQLite always."""
    yield sqlite_ground
    try:
        find_programs()
    except FileNotFoundError:
        return
    yield postgres_ground
