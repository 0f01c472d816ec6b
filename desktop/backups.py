"""Copies of the file that make themselves: when, what is in them, which stay.

A copy is a folder: the encrypted file, the keys that open it, and `about.json`, which tells no
one's data. Photos are not copied here: they are files of their own, which no edit changes. Why so:
docs/decisions/0020-copies.md.
"""

import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from pathlib import Path

import msgspec
from sqlalchemy import func, select

from desktop.files import (
    SMALL,
    UNFINISHED,
    delete,
    make_private_folder,
    patiently,
    put_in_place,
    read_whole,
    settle,
    write_whole,
)
from desktop.folder import Profile
from desktop.session import Desk
from desktop.store import Store, check
from desktop.store_failures import damaged, full
from desktop.thinning import kept
from sync.client import outbox
from sync.decoding import decode
from sync.errors import UserError
from sync.records import KINDS
from sync.records.base import Part

EVERY = timedelta(hours=1)
RESERVE = 200 * 2**20  # bytes that a copy leaves free on the disk
SHARE = 4  # copies take no more than a part in so many of what they and the free room are together
FEWEST = 2  # copies that stay, however large they are
STAMP = "%Y%m%dT%H%M%SZ"
AUTO, OWN = "auto", "dala"  # made by itself, and thinned; asked for, and left alone
ASIDE = "aside"  # what a copy has taken the place of
NAME = re.compile(r"(auto|dala|aside)-(\d{8}T\d{6}Z)(-\d+)?")


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a copy without opening it."""

    records: int = 0  # without the parts of others
    waiting: int = 0  # edits that were not sent yet
    seen: list[int] = []  # the marks of the file that was copied, see `_marks`


@dataclass(frozen=True)
class Backup:
    """One copy. `made` is by the laptop's clock; `size` in bytes, of the file."""

    folder: Path
    made: datetime
    size: int
    about: About

    @property
    def sort(self) -> str:
        """AUTO, OWN or ASIDE. Only those of the first sort go when there are newer ones."""
        return self.folder.name.partition("-")[0]

    @property
    def store(self) -> Path:
        return self.folder / "dala.db"

    @property
    def keys(self) -> Path:
        return self.folder / "keys.json"


def list_backups(folder: Path) -> list[Backup]:
    """The copies in a folder that are whole, the newest first; none where it cannot be read."""
    found: list[Backup] = []
    with suppress(OSError):
        found += filter(None, map(_read, folder.iterdir()))
    return sorted(found, key=lambda one: (one.made, one.folder.name), reverse=True)


def is_due(profile: Profile, now: datetime, *, at_the_end: bool = False) -> bool:
    """Whether something was written since the last copy, and that is an hour old, or the work ends.

    A clock that was set back does not put it off.
    """
    newest = next(iter(list_backups(profile.copies)), None)
    if newest is None:
        return profile.store.exists()
    waited = at_the_end or abs(now - newest.made) >= EVERY
    return waited and newest.about.seen != _marks(profile)


def make_backup(
    profile: Profile, desk: Desk, now: datetime, folder: Path | None = None, name: str = AUTO
) -> Backup:
    """Copy the file as it stands into `folder`, by default the profile's own, and make sure that
    the copy is sound.

    May run while others work on the file. Raises StoreFull where it would leave too little room,
    StoreDamaged where a page of the file cannot be read, and what else store_failures has; then
    nothing is left of the copy.
    """
    assert isinstance(desk.store, Store)
    seen = _marks(profile)
    folder = folder or profile.copies
    make_private_folder(folder)
    drop_unfinished_backups(folder)
    unfinished = folder / f"{name}-{now.strftime(STAMP)}{UNFINISHED}"
    try:
        require_room(profile.store.stat().st_size, folder)
        make_private_folder(unfinished)
        desk.store.copy(unfinished / "dala.db")
        if check(desk.store, unfinished / "dala.db"):
            raise damaged(profile.copies)
        write_whole(unfinished / "keys.json", read_whole(profile.keys))
        write_whole(unfinished / "about.json", msgspec.json.encode(_about(desk, seen)))
        made = _free_name(folder, f"{name}-{now.strftime(STAMP)}")
        put_in_place(unfinished, made)
    except OSError as error:
        raise full(folder) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    if desk.store.journal is not None:
        with suppress(UserError):  # no room: it stays long until the next copy
            desk.store.journal.begin_anew()
    return next(one for one in list_backups(folder) if one.folder == made)


def thin(folder: Path) -> None:
    """Of those that made themselves delete what is not to be kept, and the oldest where all are
    too large together."""
    backups = [one for one in list_backups(folder) if one.sort == AUTO]
    stay = kept(one.made for one in backups)
    left = [one for one in backups if one.made in stay]
    for one in backups:
        if one not in left:
            drop(one)
    total = sum(one.size for one in left)
    with suppress(OSError):
        most = (shutil.disk_usage(folder).free + total) / SHARE
        while total > most and len(left) > FEWEST:
            oldest = left.pop()
            total -= oldest.size
            drop(oldest)


def drop(backup: Backup) -> None:
    """Delete a copy: first out of the list, then its bytes, so half of it is never taken for one."""
    gone = backup.folder.with_name(backup.folder.name + UNFINISHED)
    with suppress(OSError):
        patiently(lambda: backup.folder.replace(gone))
        settle(gone.parent)
        shutil.rmtree(gone, ignore_errors=True)


def drop_all(folder: Path, but: Backup | None = None) -> None:
    """Delete all copies `but` one, also those made before migrations: something in them was erased,
    or they are under an old key."""
    for one in list_backups(folder):
        if one != but:
            drop(one)
    for aside in folder.glob(f"{ASIDE}-*"):  # where the file itself was missing: its journal
        shutil.rmtree(aside, ignore_errors=True)
    for file in folder.glob("*.db*"):
        with suppress(OSError):
            delete(file)


def require_room(needed: int, folder: Path) -> None:
    """Raise StoreFull where so many bytes would take the last room of the disk."""
    if shutil.disk_usage(folder).free < needed + RESERVE:
        raise full(folder)


def drop_unfinished_backups(folder: Path) -> None:
    """Delete what a crash left of copies that were being made or deleted."""
    for one in folder.glob(f"*{UNFINISHED}"):
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)


def _read(folder: Path) -> Backup | None:
    if (match := NAME.fullmatch(folder.name)) is None or not (folder / "keys.json").exists():
        return None
    try:
        size = (folder / "dala.db").stat().st_size
        about = decode(read_whole(folder / "about.json", SMALL), About)
        made = datetime.strptime(match[2], STAMP).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None
    return Backup(folder, made, size, about)


def _about(desk: Desk, seen: list[int]) -> About:
    with desk.store() as session:
        records = sum(
            session.scalar(select(func.count()).select_from(record)) or 0
            for record in KINDS.values()
            if not issubclass(record, Part)
        )
        return About(records=records, waiting=outbox.count(session), seen=seen)


def _marks(profile: Profile) -> list[int]:
    """By which a file is seen to have been written to: sizes and moments of it and its journal."""
    found = []
    for path in (profile.store, profile.store.with_name(profile.store.name + "-wal")):
        with suppress(OSError):
            status = path.stat()
            found += [status.st_size, status.st_mtime_ns]
    return found


def _free_name(folder: Path, name: str) -> Path:
    """Two copies of one second get names of their own: a folder is not renamed onto another."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(path for path in map(folder.joinpath, names) if not path.exists())
