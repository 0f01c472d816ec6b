"""The state of a profile: checked, copied, and described without anybody's data."""

import platform
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # it ships no stubs

from desktop.actions.exchange import state
from desktop.backups import OWN, make_backup
from desktop.folder import Profile, is_enrolled
from desktop.key_file import read_key_file
from desktop.second_place import Tell, untold
from desktop.session import Desk
from desktop.store import Store, check, note_damage
from sync import VERSION
from sync.client.blobs import originals
from sync.client.migrations import SCHEMA
from sync.client.tables import Blob
from sync.errors import UserError
from sync.language import mark
from sync.records import KINDS


@dataclass(frozen=True)
class Health:
    """What is wrong with the file, line by line, and with which of how many photos and files."""

    file: list[str]
    photos: int
    photos_damaged: int

    @property
    def sound(self) -> bool:
        return not self.file and not self.photos_damaged


def examine(desk: Desk, tell: Tell = untold) -> Health:
    """Read every page of the file and every photo, and check their sums.

    `tell` is told after each photo, and may raise to stop.
    """
    assert isinstance(desk.store, Store)
    found = check(desk.store)
    if found:
        note_damage(desk.store.path)
        return Health(found, 0, 0)
    with desk.store() as session:
        sums = session.scalars(select(Blob.sha256).where(Blob.here, originals())).all()
    return Health(found, len(sums), len(unreadable(desk, sums, tell)))


def unreadable(desk: Desk, sums: Sequence[str], tell: Tell = untold) -> list[str]:
    """Which of these photos and files are missing or damaged on this laptop."""
    found = []
    for done, sha256 in enumerate(sums):
        tell(done, len(sums))
        try:
            desk.photos.read(sha256)
        except UserError:
            found.append(sha256)
    return found


def back_up(profile: Profile, desk: Desk, folder: Path | None = None) -> Path:
    """Copy file, keys and photos, all still encrypted, into a new folder below `folder`.

    By default below the profile's own copies. Returns the new folder. Raises UserError, also
    where no room is left; then the new folder is taken away again.
    """
    target = make_backup(profile, desk, datetime.now(UTC), folder, OWN).folder
    try:
        shutil.copytree(profile.photos, target / profile.photos.name)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise UserError(
            mark("The copy could not be finished in {folder}. Your work itself is untouched."),
            folder=target.parent,
        ) from error
    return target


def describe(profile: Profile, desk: Desk | None = None) -> dict[str, Any]:
    """For a report of a fault: versions, sizes and counts. No names, texts, addresses, paths."""
    said: dict[str, Any] = {
        "program": VERSION,
        "schema": SCHEMA,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "sqlite": dbapi2.sqlite_version,
        "enrolled": is_enrolled(profile),
        "file_bytes": profile.store.stat().st_size if profile.store.exists() else None,
        "free_bytes": shutil.disk_usage(profile.folder).free,
    }
    if desk is not None:
        keystore = any(slot.keystore for slot in read_key_file(profile.keys).slots)
        said |= {"keystore": keystore, **_counts(desk)}
    return said


def _counts(desk: Desk) -> dict[str, Any]:
    saved = state(desk)
    with desk.store() as session:
        records = {
            kind: session.scalar(select(func.count()).select_from(record))
            for kind, record in KINDS.items()
        }
        photos = session.scalar(select(func.count()).select_from(Blob).where(originals()))
        unfit = session.scalar(select(func.count()).select_from(Blob).where(Blob.unfit))
    return {
        "role": desk.person.role,
        "records": records,
        "photos": photos,
        "photos_unfit": unfit,  # came, and were not what their records say: not kept
        "waiting": saved.waiting,
        "photos_waiting": saved.photos_waiting,
        "attention": saved.attention,
        "exchanged": saved.exchanged,
    }
