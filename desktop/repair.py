"""Check and repair: what is wrong with a person's work on this laptop, and what can be had back.

Photos are put right here: from a copy that has them, else by the next sync. A damaged file is not
touched: a copy takes its place (`desktop.restoring`), if the person wants that, or when the file is
opened next (`desktop.mending`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from desktop.backups import list_backups
from desktop.folder import Profile
from desktop.health import unreadable
from desktop.second_place import Tell, second_place, untold
from desktop.session import Desk
from desktop.store import Store, check, note_damage
from sync.client.blobs import originals
from sync.client.tables import Blob


@dataclass
class Repair:
    """What is wrong with the file, line by line; and what became of its photos and files.

    Small pictures are put right, too, but not counted: a person counts photos.
    """

    file: list[str] = field(default_factory=list)
    photos: int = 0  # that were looked at
    from_copies: int = 0  # damaged or missing ones that a copy had
    from_server: int = 0  # that the next sync brings
    lost: int = 0  # that nobody has who is known here; what is left of them stays

    @property
    def sound(self) -> bool:
        """Whether nothing was wrong."""
        return not self.file and not self.from_copies and not self.from_server and not self.lost


def check_and_repair(profile: Profile, desk: Desk, tell: Tell = untold) -> Repair:
    """Read every page of the file and every photo; put right what can be put right here.

    `tell` is told after each photo, and may raise to stop: what was found by then is looked at
    again next time. Raises what store_failures has where the file cannot be looked at.
    """
    assert isinstance(desk.store, Store)
    if found := check(desk.store):
        note_damage(desk.store.path)
        return Repair(found)
    with desk.store() as session:
        rows = session.execute(select(Blob.sha256, Blob.there).where(Blob.here))
        there = {row.sha256: row.there for row in rows}
        shown = set(session.scalars(select(Blob.sha256).where(Blob.here, originals())))
    done = Repair(photos=len(shown))
    for sha256 in unreadable(desk, list(there), tell):
        counts = sha256 in shown
        if any(desk.photos.take_back(sha256, folder) for folder in _with_photos(profile)):
            done.from_copies += counts
        elif there[sha256]:
            _ask_again(desk, sha256)
            done.from_server += counts
        else:
            desk.photos.put_aside(sha256)
            done.lost += counts
    return done


def _with_photos(profile: Profile) -> Iterator[Path]:
    place = second_place(profile)
    if place is not None:
        yield place.photos
    for one in list_backups(profile.copies):
        yield one.folder / "photos"


def _ask_again(desk: Desk, sha256: str) -> None:
    """As if it had not come yet: the next sync asks for it."""
    with desk.store.begin() as session:
        session.get_one(Blob, sha256).here = False
    desk.photos.drop(sha256)
