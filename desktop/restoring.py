"""Putting a copy in the place of the file: wholly or not at all, and what stood there is kept.

`prepare` writes what is to come beside the file, checked and marked as restored. As soon as it has
its name, `settle_restored` finishes, now or at the next opening, whatever happens in between.
"""

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec

from desktop import keys
from desktop.backups import ASIDE, STAMP, About, Backup
from desktop.files import (
    UNFINISHED,
    cannot_write,
    copy_bytes,
    make_private_folder,
    put_in_place,
    settle,
    write_whole,
)
from desktop.folder import Profile
from desktop.store import check, open_store
from desktop.store_failures import StoreDamaged
from sync.client.facts import remember
from sync.errors import UserError
from sync.language import mark

RESTORED = "restored"  # the fact: the moment of the copy, until the person lets it be synced
PUT_ASIDE = 3  # files that were replaced: so many are kept
JOURNAL = ("", "-wal")  # a file and what is not moved into it yet
SPOILED = mark(
    "This copy is damaged, or was made for another laptop. Nothing was changed. Choose another one."
)


def prepare(profile: Profile, backup: Backup, password: str, code: str = "") -> str:
    """Lay a copy ready to take the place of the file; `settle_restored` then puts it there.

    `password` is the present one, or that of the time of the copy. With a recovery `code` of that
    time it is a new one, and the next code is returned: so a copy opens on another computer too.
    Hold the profile's lock. Raises WrongPassword, WrongCode, KeystoreSilent, StoreNewer; UserError
    where the copy is damaged or the disk full. Then nothing was changed.
    """
    make_private_folder(profile.folder)
    unfinished = profile.coming.with_name(profile.coming.name + UNFINISHED)
    following = ""
    try:
        for end in JOURNAL:
            _copy(Path(f"{backup.store}{end}"), Path(f"{unfinished}{end}"))
        if code:
            write_whole(profile.coming_keys, backup.keys.read_bytes())
            following = keys.recover(profile.coming_keys, code, password)
            key = keys.unwrap(profile.coming_keys, password)
        else:
            key = _key(profile, backup, unfinished, password)
        _mark(unfinished, key, profile.copies, backup.made)
        _take_photos(profile, backup)
        put_in_place(unfinished, profile.coming)
    except OSError as error:
        raise cannot_write(profile.store) from error
    finally:
        for left in profile.folder.glob(f"{unfinished.name}*"):
            left.unlink(missing_ok=True)
        if not profile.coming.exists():
            profile.coming_keys.unlink(missing_ok=True)
    return following


def settle_restored(profile: Profile) -> bool:
    """Put the copy that was laid ready in the place of the file → whether there was one.

    The file goes aside, among the copies. Whatever cuts it short, the next call goes on. Hold the
    profile's lock. Raises UserError where the disk does not let it.
    """
    if not profile.coming.exists():
        return False
    moment = datetime.fromtimestamp(profile.coming.stat().st_mtime, UTC)
    aside = profile.copies / f"{ASIDE}-{moment.strftime(STAMP)}"
    make_private_folder(aside)
    try:
        _put_aside(profile, aside)
        if profile.coming_keys.exists():
            put_in_place(profile.coming_keys, profile.keys)
        put_in_place(profile.coming, profile.store)
    except OSError as error:
        raise cannot_write(profile.store) from error
    for old in sorted(profile.copies.glob(f"{ASIDE}-*"))[:-PUT_ASIDE]:
        shutil.rmtree(old, ignore_errors=True)
    return True


def _copy(source: Path, target: Path) -> None:
    """As files.copy_bytes; a file without a journal has none to copy."""
    if source.exists():
        copy_bytes(source, target)


def _key(profile: Profile, backup: Backup, file: Path, password: str) -> bytes:
    """By the keys of today, else by those of the copy, which then come with it."""
    refused: UserError | None = None
    for path in filter(Path.exists, (profile.keys, backup.keys)):
        try:
            key = keys.unwrap(path, password)
            open_store(file, key, profile.copies).close()
        except StoreDamaged:
            continue  # keys of another file
        except UserError as error:
            refused = refused or error
            continue
        if path == backup.keys:
            write_whole(profile.coming_keys, path.read_bytes())
        return key
    raise refused or UserError(SPOILED)


def _mark(file: Path, key: bytes, copies: Path, made: datetime) -> None:
    """In the copy itself it stands that it is one: no exchange begins by itself."""
    try:
        store = open_store(file, key, copies)
    except StoreDamaged as error:
        raise UserError(SPOILED) from error
    try:
        if check(store):
            raise UserError(SPOILED)
        with store.begin() as session:
            remember(session, RESTORED, made)
    finally:
        store.close()


def _take_photos(profile: Profile, backup: Backup) -> None:
    """Those that the copy, or the place where it lies, has and this laptop lacks; none is ever
    replaced."""
    make_private_folder(profile.photos)
    there = chain(
        (backup.folder / "photos").glob("*"), (backup.folder.parent / "photos").glob("*")
    )
    for photo in there:
        target = profile.photos / photo.name
        if photo.is_file() and not target.exists():
            unfinished = target.with_name(target.name + UNFINISHED)
            _copy(photo, unfinished)
            put_in_place(unfinished, target)


def _put_aside(profile: Profile, aside: Path) -> None:
    for end in JOURNAL:
        with suppress(FileNotFoundError):
            Path(f"{profile.store}{end}").replace(aside / f"dala.db{end}")
    Path(f"{profile.store}-shm").unlink(missing_ok=True)
    if profile.keys.exists() and not (aside / "keys.json").exists():
        write_whole(aside / "keys.json", profile.keys.read_bytes())
    if (aside / "dala.db").exists():
        write_whole(aside / "about.json", msgspec.json.encode(About()))
    settle(aside)
