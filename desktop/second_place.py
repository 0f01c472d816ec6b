"""A second place for copies, on a stick or another disk: used when it is there, no error when not.

    <what was chosen>/dala-copies-1f3a5c/    one folder for a laptop: several may share a stick
        auto-<time>/                         as in `copies/` of the profile, see desktop.backups
        photos/                              those of all copies together: each is copied once

That folder is made when the place is chosen, and never again: so an empty mount point, or another
stick under the same letter, is not taken for the place. Why so: docs/decisions/0020-copies.md.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy.orm import Session

from desktop.backups import (
    ASIDE,
    AUTO,
    STAMP,
    Backup,
    drop,
    drop_unfinished_backups,
    list_backups,
    require_room,
    thin,
)
from desktop.files import (
    UNFINISHED,
    copy_bytes,
    drop_unfinished,
    make_private_folder,
    put_in_place,
)
from desktop.folder import Profile
from desktop.key_file import read_key_file
from desktop.session import Desk
from desktop.settings import load_settings, save_setting
from desktop.store_failures import StoreFull
from sync.client.facts import forget, recall, remember
from sync.errors import UserError
from sync.language import mark

EVERY = timedelta(days=1)  # between two copies there
WEEK = timedelta(days=7)  # after which the person is reminded
OWN = "dala-copies-"  # how the folder of a laptop begins
PLACE, HOLDS = "second_place", "second_place_holds"  # the settings
OWED = "second_place_owes"  # the fact: what was erased here, and is there still

Tell = Callable[[int, int], None]  # files done, of how many


def untold(_done: int, _all: int) -> None:
    """Nobody wants to know."""


class PlaceFailed(UserError):
    """The second place did not take a copy; what is on the laptop is as it was."""


class Owed(msgspec.Struct, frozen=True):
    """Copies up to this moment hold what was erased; so do these photos, by their names."""

    until: datetime
    photos: list[str]


@dataclass(frozen=True)
class Place:
    """`own`: this laptop's folder in it; `holds`: the moment of the newest copy that is there."""

    own: Path
    holds: datetime | None = None

    @property
    def folder(self) -> Path:
        """What the person chose."""
        return self.own.parent

    @property
    def photos(self) -> Path:
        return self.own / "photos"

    @property
    def is_there(self) -> bool:
        """Whether the stick is in."""
        try:
            return self.own.is_dir()
        except OSError:  # a drive without a stick
            return False


def second_place(profile: Profile) -> Place | None:
    """What was chosen, whether it is there or not."""
    settings = load_settings(profile.settings)
    if not (own := str(settings[PLACE])):
        return None
    try:
        holds = datetime.strptime(str(settings[HOLDS]), STAMP).replace(tzinfo=UTC)
    except ValueError:  # nothing was copied there yet
        holds = None
    return Place(Path(own), holds)


def choose_place(profile: Profile, folder: Path) -> Place:
    """From now on copies go to this folder too. Raises UserError where that cannot be."""
    folder = folder.expanduser().absolute()
    if folder.is_relative_to(profile.folder):
        raise UserError(
            mark("{folder} is where your work lies. Choose a stick, or another disk."),
            folder=folder,
        )
    own = folder / f"{OWN}{read_key_file(profile.keys).profile[:8]}"
    make_private_folder(own)
    there = list_backups(own)
    save_setting(profile.settings, PLACE, str(own))
    save_setting(profile.settings, HOLDS, there[0].made.strftime(STAMP) if there else "")
    return Place(own, there[0].made if there else None)


def forget_place(profile: Profile) -> None:
    """No copies go there any more; those that are there stay."""
    for name in (PLACE, HOLDS):
        save_setting(profile.settings, name, "")


def is_overdue(profile: Profile, now: datetime) -> bool:
    """Whether something was done for a week that is not in the second place."""
    place = second_place(profile)
    return place is not None and _lacks(profile, place) and _is_past(place, now, WEEK)


def place_is_due(profile: Profile, desk: Desk, now: datetime) -> bool:
    """Whether the stick is in, and waits since yesterday for what was done, or for an erasure."""
    place = second_place(profile)
    if place is None or not place.is_there or _newest(profile) is None:
        return False
    return _owes(desk) or (_lacks(profile, place) and _is_past(place, now, EVERY))


def copy_to_place(profile: Profile, desk: Desk, tell: Tell = untold) -> bool:
    """Take the newest copy, and photos that are not there yet, to the second place → if it is there.

    `tell` is told after each photo, and may raise to stop: the next time goes on from there. What
    was erased leaves the place, too. Raises PlaceFailed where it has no room or was pulled out; then
    the copies that were there before are whole.
    """
    place, newest = second_place(profile), _newest(profile)
    if place is None or newest is None or not place.is_there:
        return False
    try:
        drop_unfinished_backups(place.own)
        _copy(newest, place)
        _copy_photos(profile, place, tell)
        _settle_erased(desk, place, newest)
    except (OSError, StoreFull) as error:
        raise PlaceFailed(
            mark(
                "{folder} did not take the whole copy: it is full, or was pulled out. Your work and "
                "the copies on this laptop are safe. The next time it goes on from there."
            ),
            folder=place.folder,
        ) from error
    thin(place.own)
    save_setting(profile.settings, HOLDS, newest.made.strftime(STAMP))
    return True


def find_backups(folder: Path) -> list[Backup]:
    """The copies in a folder, on a stick with folders of several laptops, or the one that it is."""
    found = [
        *list_backups(folder),
        *(one for one in list_backups(folder.parent) if one.folder == folder),
    ]
    with suppress(OSError):
        for own in folder.glob(f"{OWN}*"):
            found += list_backups(own)
    return sorted(found, key=lambda one: one.made, reverse=True)


def owe(session: Session, photos: list[str], now: datetime) -> None:
    """Something was erased, and these photos, by their names: the second place still has them."""
    before = recall(session, OWED, Owed)
    names = {*photos, *(before.photos if before else ())}
    until = max(now, before.until) if before else now
    remember(session, OWED, Owed(until, sorted(names)))


def _newest(profile: Profile) -> Backup | None:
    return next((one for one in list_backups(profile.copies) if one.sort != ASIDE), None)


def _lacks(profile: Profile, place: Place) -> bool:
    """Copies are made when something was written: the newest one tells whether there is news."""
    newest = _newest(profile)
    return newest is not None and newest.made != place.holds


def _is_past(place: Place, now: datetime, wait: timedelta) -> bool:
    return place.holds is None or abs(now - place.holds) >= wait


def _owes(desk: Desk) -> bool:
    with desk.store() as session:
        return recall(session, OWED, Owed) is not None


def _copy(backup: Backup, place: Place) -> None:
    """The copy's three files, read back once they are on the stick."""
    target = place.own / f"{AUTO}-{backup.made.strftime(STAMP)}"
    if target.exists():
        return
    require_room(backup.size, place.own)
    unfinished = target.with_name(target.name + UNFINISHED)
    make_private_folder(unfinished)
    for name in ("dala.db", "keys.json", "about.json"):
        copy_bytes(backup.folder / name, unfinished / name)
        if _sum(unfinished / name) != _sum(backup.folder / name):
            raise OSError("the stick does not hold what was written")
    put_in_place(unfinished, target)


def _copy_photos(profile: Profile, place: Place, tell: Tell) -> None:
    """They are named by what is in them, and never change: who has the name has the photo."""
    make_private_folder(place.photos)
    drop_unfinished(place.photos)
    there = {one.name: one.stat().st_size for one in os.scandir(place.photos)}
    lacking = [
        one
        for one in os.scandir(profile.photos)
        if one.is_file() and "." not in one.name and there.get(one.name) != one.stat().st_size
    ]
    for done, photo in enumerate(lacking):
        tell(done, len(lacking))
        with suppress(FileNotFoundError):  # it was erased meanwhile
            require_room(photo.stat().st_size, place.own)
            unfinished = place.photos / (photo.name + UNFINISHED)
            copy_bytes(Path(photo.path), unfinished)
            put_in_place(unfinished, place.photos / photo.name)


def _settle_erased(desk: Desk, place: Place, newest: Backup) -> None:
    """What was erased on the laptop leaves the stick, as soon as a copy made later is there."""
    with desk.store() as session:
        owed = recall(session, OWED, Owed)
    if owed is None or newest.made <= owed.until:
        return
    for name in owed.photos:
        (place.photos / name).unlink(missing_ok=True)
    for one in list_backups(place.own):
        if one.made <= owed.until:
            drop(one)
    with desk.store.begin() as session:
        if recall(session, OWED, Owed) == owed:  # else something was erased meanwhile
            forget(session, OWED)


def _sum(path: Path) -> bytes:
    """Of the bytes on the disk, not of those that the system still remembers, where it lets us."""
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").digest()
