"""A backup is made while the server serves: the database at one moment, and the files it names.

Also by the serving process itself, once a day, where `DALA_BACKUPS` says into which folder. Why so:
docs/decisions/0041-server-backups.md.
"""

import hashlib
import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from sync import VERSION
from sync.errors import UserError
from sync.language import mark
from sync.person import SERVER
from sync.server import arrivals, audit, dumps
from sync.server.alone import alone
from sync.server.audit import Act
from sync.server.backup_files import bring, require_room, sum_of, write_through, write_whole
from sync.server.backups import (
    ABOUT,
    DATABASE,
    ENOUGH,
    FILES,
    STAMP,
    UNFINISHED,
    About,
    list_backups,
    sweep_unfinished,
    thin,
    written,
)
from sync.server.blobs import BlobFolder, settle
from sync.server.daily import DAY, LOOK, daily
from sync.server.dumps import Contents
from sync.server.service import Service

FAILED = "the daily backup could not be made; it is tried again"
BUSY = mark(
    "Another process makes, thins or restores a backup in the folder {folder}. Nothing was "
    "changed. Try again when it is done."
)
NOT_THERE = mark(
    "The folder {folder} for backups is not there, and no backup was made. Make it, or see whether "
    "its disk is mounted."
)
log = logging.getLogger("dala.server")


class _Busy(UserError):
    """Somebody else is at it."""


@dataclass(frozen=True)
class Made:
    """A backup that was just made: its folder, what it is, how many files came new, what went."""

    folder: Path
    about: About
    new_files: int
    dropped: list[str] = field(default_factory=list)

    def told(self) -> dict[str, object]:
        """As JSON."""
        return {
            "backup": self.folder.name,
            "bytes": self.about.size + self.about.files_size,
            "files": self.about.files,
            "new_files": self.new_files,
            "lost_files": self.about.lost,
            "files_in_bucket": self.about.bucket,
            "dropped": self.dropped,
        }


def back_up(service: Service, folder: Path, *, enough: int | None = 2) -> Made:
    """One consistent backup into the folder; then those past their term go, as `thin` says.

    It has its name only when it is whole and on the disk. `enough` None, before a restore: none go,
    and no row of the audit tells of it, for the database is about to go. Raises UserError: no room,
    no access, a damaged database, another process at it. What is served and older backups are
    then as before.
    """
    with _one_at_a_time(folder):
        return _back_up(service, folder, enough)


def back_up_daily(
    service: Service, folder: Path | None, look: float = LOOK
) -> AbstractContextManager[None]:
    """While the block lasts, a backup each day, by one of the processes that serve."""

    def work(_stop: threading.Event) -> None:
        if folder is not None:
            _take_turn(service, folder)

    return daily("backups", work, FAILED, look)


def _take_turn(service: Service, folder: Path) -> None:
    if not folder.is_dir():  # made here, it would be on the wrong disk
        raise UserError(NOT_THERE, folder=folder)
    try:
        with _one_at_a_time(folder):
            now = service.now()
            # also ahead of the clock, which may have been set back: else one would be made each time
            if all(abs(now - one.made) >= DAY for one in list_backups(folder) if one.about):
                made = _back_up(service, folder, ENOUGH)
                log.info("a backup was made: %s", made.folder.name)
    except _Busy:  # another process serves, too
        return


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    try:
        with alone(folder, _Busy(BUSY, folder=folder), ".backing-up"):
            sweep_unfinished(folder)
            yield
    except OSError as error:
        raise UserError(
            mark(
                "The backup could not be written to {folder}: {said}. What the server has and the "
                "backups made before are as they were. Make room or access, then try again."
            ),
            folder=folder,
            said=error.strerror or error,
        ) from error


def _back_up(service: Service, folder: Path, enough: int | None) -> Made:
    now = service.now()
    name = _free_name(folder, now.strftime(STAMP))
    unfinished = folder / f"{name}{UNFINISHED}"
    try:
        unfinished.mkdir(mode=0o700)
        require_room(folder, dumps.size_of(service.store))
        contents = dumps.write(service.store, unfinished / DATABASE, service.programs)
        write_through(unfinished / DATABASE)
        here = service.blobs if isinstance(service.blobs, BlobFolder) else None
        new, lost = bring(here, folder, contents.files) if here else (0, set[str]())
        about = _describe(unfinished, contents, lost, bucket=here is None)
        settle(unfinished)
        unfinished.replace(folder / name)
        settle(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    if enough is None:
        return Made(folder / name, about, new)
    with _noted():
        arrivals.grow_older(folder)
    dropped = thin(folder, now, enough)
    with service.store.writing.begin() as session:
        told = {"backup": name, "files": about.files, "dropped": dropped}
        audit.note(session, SERVER, Act.BACKED_UP, told, service.now())
    return Made(folder / name, about, new, dropped)


@contextmanager
def _noted() -> Iterator[None]:
    """The backup is made: that what lies beside it did not grow older costs some bytes, no more."""
    try:
        yield
    except DBAPIError as error:
        log.warning(arrivals.AWAY, type(error).__name__)


def _describe(unfinished: Path, contents: Contents, lost: set[str], *, bucket: bool) -> About:
    """Write down what the backup is, and which files belong to it."""
    files = {} if bucket else {s: n for s, n in contents.files.items() if s not in lost}
    listed = "".join(f"{sha256}\n" for sha256 in sorted(files)).encode("ascii")
    about = About(
        program=VERSION,
        sort=contents.sort,
        head=contents.head,
        sha256=sum_of(unfinished / DATABASE),
        size=(unfinished / DATABASE).stat().st_size,
        files_sha256=hashlib.sha256(listed).hexdigest(),
        files=len(files),
        files_size=sum(files.values()),
        lost=len(lost),
        bucket=bucket,
    )
    write_whole(unfinished / FILES, listed)
    write_whole(unfinished / ABOUT, written(about))
    return about


def _free_name(folder: Path, name: str) -> str:
    names = (f"{name}-{number}" if number else name for number in count())
    return next(one for one in names if not (folder / one).exists())
