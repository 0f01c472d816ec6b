"""The backups in a folder: what one is made of, which there are, and which go.

<folder>/20261128T020000Z/about        what it is, with the sums of the two beside it; its own before
                          database     SQLite's file, or PostgreSQL's own format of dumps
                          files        the sums of the files it has, one a line
<folder>/files/ab/<sha256>             each file once, for all backups that name it

Only their owner may read them. They are not encrypted: the disk must be. Why so, and what 35 days
are: docs/decisions/0041-server-backups.md.
"""

import hashlib
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from sync.decoding import decode
from sync.errors import UserError
from sync.language import mark
from sync.server.blobs import SHA256, settle

TERM = timedelta(days=35)  # after which a backup goes, by the server's clock
SLACK = timedelta(
    days=1
)  # by which a backup may be ahead of the clock and still count as of today
ENOUGH = 7  # days with younger backups, without which nothing goes by itself
STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"(\d{8}T\d{6}Z)(-\d+)?")
UNFINISHED = ".tmp"  # at the end of what is not whole yet, or not any more
DATABASE, FILES, ABOUT, CHECKED = "database", "files", "about", "checked"

Sort = Literal["sqlite", "postgresql"]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself. Sizes in bytes."""

    program: str  # the version that made it
    sort: Sort  # of database
    head: str  # the version of its tables
    sha256: str  # of the database
    size: int  # of the database
    files_sha256: str  # of the list of files
    files: int
    files_size: int  # of all of them together
    lost: int  # files that the database names and that were not there, or damaged
    bucket: bool = False  # the files lie in a bucket, and none are here


@dataclass(frozen=True)
class Backup:
    """One of them. `made` by the server's clock; `about` is None where it cannot be read."""

    folder: Path
    made: datetime
    about: About | None

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def checked(self) -> str | None:
        """When it was last read wholly, and found whole."""
        with suppress(OSError, UnicodeDecodeError):
            return (self.folder / CHECKED).read_text(encoding="ascii").strip()
        return None

    def sums(self) -> list[str]:
        """Of the files it has. Raises UserError where the list is not as it was written."""
        try:
            content = (self.folder / FILES).read_bytes()
        except OSError as error:
            raise damaged(self.folder) from error
        sums = content.decode("ascii", "replace").split()
        whole = self.about and hashlib.sha256(content).hexdigest() == self.about.files_sha256
        if not whole or not all(map(SHA256.fullmatch, sums)):
            raise damaged(self.folder)
        return sums


def list_backups(folder: Path) -> list[Backup]:
    """Those in a folder, the newest first. Half ones have other names."""
    found = [read_backup(one) for one in folder.iterdir()] if folder.is_dir() else []
    return sorted(filter(None, found), key=lambda one: (one.made, one.name), reverse=True)


def read_backup(folder: Path) -> Backup | None:
    """The backup in this folder; None where its name is none of a backup's."""
    if (match := NAME.fullmatch(folder.name)) is None:
        return None
    try:
        made = datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    about = None
    with suppress(OSError, ValueError):
        about = _about((folder / ABOUT).read_bytes())
    return Backup(folder, made, about)


def written(about: About) -> bytes:
    """As the bytes of a file: a line with the sum of the next, which is JSON."""
    content = msgspec.json.encode(about)
    return hashlib.sha256(content).hexdigest().encode("ascii") + b"\n" + content


def _about(content: bytes) -> About:
    """What `written` wrote. Raises ValueError."""
    told, _, content = content.partition(b"\n")
    if told.decode("ascii") != hashlib.sha256(content).hexdigest():
        raise ValueError("not as it was written")
    return decode(content, About)


def file_path(folder: Path, sha256: str) -> Path:
    """Where the backups in `folder` have a file."""
    return folder / FILES / sha256[:2] / sha256


def damaged(folder: Path) -> UserError:
    """For a backup that is not as it was made."""
    return UserError(
        mark(
            "The backup {name} is damaged or not whole. Nothing was changed. Take another one: "
            "“admin backups” lists them, “--check” reads one wholly."
        ),
        name=folder.name,
    )


def thin(folder: Path, now: datetime, enough: int) -> list[str]:
    """Delete those past their term, and files that no backup names → the names of the backups.

    Nothing goes where fewer than `enough` days have younger backups: then the clock may have
    leapt, or nothing was made for long. The folder is the caller's alone meanwhile.
    """
    every = list_backups(folder)
    young = [one for one in every if now - TERM < one.made <= now + SLACK]
    days = {one.made.date() for one in young if one.about}
    old = [one for one in every if one not in young] if len(days) >= enough else []
    for one in old:
        drop(one.folder)
    _drop_files(folder)
    return [one.name for one in old]


def sweep_unfinished(folder: Path) -> None:
    """Delete what a kill left of backups that were being made or deleted, and nobody else's files."""
    for one in folder.glob(f"*{UNFINISHED}"):
        if NAME.fullmatch(one.name.removesuffix(UNFINISHED)) and one.is_dir():
            shutil.rmtree(one)
    for one in folder.glob(f"{FILES}/*/*{UNFINISHED}"):
        if SHA256.fullmatch(one.name.removesuffix(UNFINISHED)):
            one.unlink()


def drop(backup: Path) -> None:
    """Delete one: first out of the list, then its bytes, so that half of it is never taken for one."""
    gone = backup.with_name(backup.name + UNFINISHED)
    backup.replace(gone)
    settle(gone.parent)
    shutil.rmtree(gone)


def _drop_files(folder: Path) -> None:
    try:
        named = _named(list_backups(folder))
    except UserError:  # nobody can tell any more what that one names
        return
    for path in folder.glob(f"{FILES}/*/*"):
        if SHA256.fullmatch(path.name) and path.name not in named:  # others' files stay
            path.unlink()


def _named(every: Iterable[Backup]) -> set[str]:
    return {sha256 for one in every for sha256 in one.sums()}
