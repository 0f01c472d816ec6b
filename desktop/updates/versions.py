"""Programs beside each other in this user's folder, and which of them is current.

versions/0.2.0/     a whole program            current.json   which one is current, see State
versions/*.coming   one that is being unpacked  known/         what was signed when last looked
*.coming            what came of a file so far  lock           held while any of it changes

It lies apart from profiles: no work is in it, and it can be deleted as a whole. Whoever may write
here is this user, who may start any program anyway.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

import msgspec

from desktop.files import (
    SMALL,
    cannot_write,
    delete,
    put_in_place,
    read_whole,
    settle,
    write_whole,
)
from desktop.folder import data_folder
from desktop.updates import Unfit
from sync import VERSION
from sync.client.migrations import SCHEMA
from sync.decoding import decode
from sync.language import mark

if sys.version_info >= (3, 12):
    import tarfile
else:  # Debian 12's Python, 3.11.2, cannot yet keep a tar inside its folder
    from backports import tarfile  # type: ignore[import-untyped]  # it has no types

COMING = ".coming"
UNFIT = mark(
    "The package of the new version cannot be unpacked. Nothing was installed, and the program "
    "goes on as it is. Tell the region."
)


@dataclass(frozen=True)
class Version:
    """A program by its number, and the schema of the file that it works with."""

    name: str
    schema: int


@dataclass(frozen=True)
class State:
    """Which program is current. None stands for the one that was installed as a package."""

    now: Version | None = None
    before: Version | None = None
    package: Version | None = None  # the installed one, as it was when it was first followed
    starts: int = 0  # of `now` since it last showed its window
    failed: str = ""  # the version that did not come up here, and is offered no more


@dataclass(frozen=True)
class Programs:
    """The folder of programs, and what is where in it."""

    folder: Path

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def known(self) -> Path:
        return self.folder / "known"

    def coming(self, name: str) -> Path:
        """Where a file of this name comes: what came of another one is never taken for it."""
        return self.folder / f"{sha256(name.encode()).hexdigest()[:16]}{COMING}"

    @property
    def current(self) -> Path:
        return self.folder / "current.json"

    def program(self, version: Version) -> Path:
        """The folder of this version."""
        return self.folder / "versions" / version.name


def this_users_programs() -> Programs:
    """The folder beside this user's data."""
    return Programs(data_folder().with_name("Dala-programs"))


def number(version: str) -> tuple[int, ...]:
    """0.10.2 → (0, 10, 2): by which versions are compared."""
    return tuple(int(part) for part in version.split("."))


def read_state(programs: Programs) -> State:
    """Which program is current; the installed one where nothing was noted, or the note is damaged.

    A newer package outdoes an older version: whoever installed it meant it.
    """
    try:
        state = decode(read_whole(programs.current, SMALL), State)
        if state.now and number(state.now.name) >= number(VERSION):
            return state
        return State(failed=state.failed)
    except (OSError, ValueError):
        return State()


def write_state(programs: Programs, state: State) -> None:
    """The switch: after a crash at any moment it is the old state or this one. Raises UserError."""
    write_whole(programs.current, msgspec.json.encode(state))


def running(state: State) -> str:
    """The number of the current program."""
    return state.now.name if state.now else VERSION


def executable(folder: Path) -> Path:
    """What starts the program in this folder."""
    return folder / ("dala.exe" if sys.platform == "win32" else "dala")


def folder_here(programs: Programs, state: State) -> Path | None:
    """Where the files of the current program lie; None where it runs from its source."""
    if state.now:
        return programs.program(state.now)
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def unpack(programs: Programs, version: Version, tar: IO[bytes]) -> Path:
    """The files of a version as a folder that nobody starts yet.

    Raises Unfit where it is no tar of a program, UserError where the disk does not take it.
    """
    target = programs.program(version)
    folder = target.with_name(target.name + COMING)
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        extract(tar, folder)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise Unfit(UNFIT) from error
    except OSError as error:
        raise cannot_write(folder) from error
    return folder


def extract(tar: IO[bytes], folder: Path) -> None:
    """Write what stays inside the folder, as nobody's but this user's. TarError where it is no tar."""
    with tarfile.open(fileobj=tar, mode="r|") as archive:
        archive.extractall(folder, filter="data")


@contextmanager
def inside(package: Path) -> Iterator[IO[bytes]]:
    """The tar inside a package. Unfit is raised where reading it shows that it is none."""
    from zstandard import ZstdDecompressor, ZstdError

    try:
        with package.open("rb") as file, ZstdDecompressor().stream_reader(file) as stream:
            yield stream
    except ZstdError as error:
        raise Unfit(UNFIT) from error
    except OSError as error:
        raise cannot_write(package) from error


def keep(programs: Programs, version: Version, folder: Path) -> None:
    """Give an unpacked version its place, durably. It is not the current one by that."""
    target = programs.program(version)
    try:
        for path in _settled_last(folder):
            settle(path)
        if target.exists():  # left by an install that was cut here, or gone back from
            shutil.rmtree(target)
        put_in_place(folder, target)
    except OSError as error:
        raise cannot_write(target) from error


def make_current(programs: Programs, version: Version) -> None:
    """Start this one from now on, and keep the one that was current for a way back."""
    state = read_state(programs)
    package = state.package if state.now else Version(VERSION, SCHEMA)
    write_state(programs, State(version, state.now, package))


def go_back(programs: Programs, failed: str = "") -> State:
    """Start the one before again; the state as it is then. `failed` is offered no more."""
    state = read_state(programs)
    back = State(state.before, None, state.package, failed=failed or state.failed)
    write_state(programs, back)
    return back


def tidy(programs: Programs) -> None:
    """Delete what nobody starts or goes back to. What cannot be deleted now is deleted later."""
    state = read_state(programs)
    kept = {programs.program(one).name for one in (state.now, state.before) if one}
    drop_coming(programs)
    with suppress(OSError):
        for folder in (programs.folder / "versions").iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)


def drop_coming(programs: Programs, *kept: Path) -> None:
    """Delete what came of files, other than of these."""
    for path in programs.folder.glob(f"*{COMING}"):
        if path not in kept:
            with suppress(OSError):
                delete(path)


def _settled_last(folder: Path) -> Iterator[Path]:
    """Files before the folders that name them."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            yield path
    yield folder
