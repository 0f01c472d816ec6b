"""Putting a copy in the place of the file: wholly or not at all, and what stood there is kept.

`prepare` writes what is to come beside the file, checked and marked as restored. As soon as it has
its name, `settle_restored` finishes, now or at the next opening, whatever happens in between.
Where the file is damaged, the copy first gets what the journal of the outbox has since; where it is
sound, somebody wants the older state, and the copy begins a journal of its own.
"""

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec

from desktop import keys, keystore
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
from desktop.journal import PLACE, place_of
from desktop.journal_file import JournalFile, new_place, read_journal
from desktop.key_file import read_key_file
from desktop.mended import MENDED, Mended
from desktop.network import BROUGHT
from desktop.photos import PhotoFolder
from desktop.store import Store, check, is_under, open_store
from desktop.store_failures import StoreDamaged
from sync.client import outbox
from sync.client.facts import remember
from sync.client.put_back import keep_files, put_back
from sync.errors import UserError
from sync.language import mark

RESTORED = "restored"  # the fact: the moment of the copy, until the person lets it be synced
PUT_ASIDE = 3  # files that were replaced: so many are kept
JOURNAL = ("", "-wal")  # a file and what is not moved into it yet
SPOILED = mark(
    "This copy is damaged, or was made for another laptop. Nothing was changed. Choose another one."
)


class Spoiled(UserError):
    """This copy cannot be used; another one perhaps can."""

    def __init__(self) -> None:
        super().__init__(SPOILED)


def prepare(
    profile: Profile,
    backup: Backup,
    password: str,
    code: str = "",
    *,
    lost: bool = False,
    strictly: bool = False,
) -> str:
    """Lay a copy ready to take the place of the file; `settle_restored` then puts it there.

    `password` is the present one, or that of the time of the copy. With a recovery `code` of that
    time it is a new one, and the next code is returned: so a copy opens on another computer too.
    `lost`: the file is known to be damaged. `strictly`: only a copy that the journal goes on from.
    Hold the profile's lock. Raises WrongPassword, WrongCode, KeystoreSilent, StoreNewer; Spoiled
    where the copy is damaged; UserError where the disk is full. Then nothing was changed.
    """
    make_private_folder(profile.folder)
    drop_unready(profile)
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
        _mark(profile, unfinished, key, backup.made, lost or is_lost(profile, key), strictly)
        _take_photos(profile, backup)
        put_in_place(unfinished, profile.coming)
    except OSError as error:
        raise cannot_write(profile.store) from error
    finally:
        drop_unready(profile)
    return following


def drop_unready(profile: Profile) -> None:
    """Delete what was to come and was cut before it was ready: it must not come with another file."""
    with suppress(OSError):
        for left in profile.folder.glob(f"*.coming*{UNFINISHED}*"):
            left.unlink(missing_ok=True)
        if not profile.coming.exists():
            _forget_unready_keys(profile)
            profile.coming_keys.unlink(missing_ok=True)
            profile.coming_journal.unlink(missing_ok=True)
            shutil.rmtree(profile.coming_photos, ignore_errors=True)


def settle_restored(profile: Profile) -> bool:
    """Put the copy that was laid ready in the place of the file → whether there was one.

    The file goes aside, among the copies. Whatever cuts it short, the next call goes on. Hold the
    profile's lock. Raises UserError where the disk does not let it.
    """
    if not profile.coming.exists():
        drop_unready(profile)
        return False
    moment = datetime.fromtimestamp(profile.coming.stat().st_mtime, UTC)
    aside = profile.copies / f"{ASIDE}-{moment.strftime(STAMP)}"
    make_private_folder(aside)
    try:
        _put_aside(profile, aside)
        if profile.coming_keys.exists():
            put_in_place(profile.coming_keys, profile.keys)
        if profile.coming_journal.exists():
            put_in_place(profile.coming_journal, profile.journal)
        _bring_photos(profile)
        profile.seen_damaged.unlink(missing_ok=True)
        put_in_place(profile.coming, profile.store)
    except OSError as error:
        raise cannot_write(profile.store) from error
    for old in sorted(profile.copies.glob(f"{ASIDE}-*"))[:-PUT_ASIDE]:
        shutil.rmtree(old, ignore_errors=True)
    return True


def _bring_photos(profile: Profile) -> None:
    """Those under a new key have other names than those under the old one, which stay.

    Each is copied, and goes from where it came when its name is on the disk: a move between two
    folders may be on it in two halves, and a cut between them would lose the photo.
    """
    if not profile.coming_photos.exists():
        return
    make_private_folder(profile.photos)
    for photo in sorted(profile.coming_photos.iterdir()):
        _keep_photo(photo, profile.photos / photo.name)
        photo.unlink()
    profile.coming_photos.rmdir()


def _forget_unready_keys(profile: Profile) -> None:
    """The part in the keystore of a new key that did not come. Keys of a copy have theirs still."""
    if not profile.coming_photos.exists():
        return
    with suppress(UserError):
        coming, present = (read_key_file(path) for path in (profile.coming_keys, profile.keys))
        if coming.profile != present.profile:
            keystore.forget(coming.profile)


def _keep_photo(photo: Path, target: Path) -> None:
    """Copy it; its name is there when all of it is on the disk."""
    unfinished = target.with_name(target.name + UNFINISHED)
    _copy(photo, unfinished)
    put_in_place(unfinished, target)


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
        except StoreDamaged as error:
            if is_under(file, key):
                raise Spoiled from error
            continue  # keys of another file
        except UserError as error:
            refused = refused or error
            continue
        if path == backup.keys:
            write_whole(profile.coming_keys, path.read_bytes())
        return key
    raise refused or Spoiled()


def is_lost(profile: Profile, key: bytes) -> bool:
    """Whether a part of the file cannot be read, or it is missing where there was one."""
    if not profile.store.exists():
        return profile.keys.exists() or profile.journal.exists()
    store = Store(profile.store, key, profile.copies)
    try:
        return bool(check(store))
    finally:
        store.close()


def _mark(
    profile: Profile, file: Path, key: bytes, made: datetime, lost: bool, strictly: bool
) -> None:
    """In the copy itself it stands that it is one: no exchange begins by itself.

    Where the file is `lost`, the copy gets what the journal tells, if that goes on from it.
    """
    try:
        store = open_store(file, key, profile.copies)
    except StoreDamaged as error:
        raise Spoiled from error
    try:
        if check(store):
            raise Spoiled
        with store.begin() as session:
            before = place_of(session)
            told = read_journal(profile.journal, key) if lost else None
            note, place = Mended(copy=made, whole=False) if lost else None, new_place(before)
            outbox.offer(session, outbox.newest(session))  # the server may have had them since
            if told is not None and told.place.holds(before):
                back = put_back(session, told.since(before))
                keep_files(session, back.photos, PhotoFolder(profile.photos, key, looked=True))
                note = Mended(copy=made, edits=back.edits, later=back.later, whole=told.whole)
                place = told.place
            elif strictly and told is not None:
                raise Spoiled
            new = not profile.keys.exists()  # nobody has worked on this computer
            for fact, value in ((RESTORED, made), (MENDED, note), (PLACE, place), (BROUGHT, new)):
                remember(session, fact, value)
            waiting = outbox.bodies(session)
    finally:
        store.close()
    JournalFile(profile.coming_journal, key).begin(place, waiting)


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
            _keep_photo(photo, target)


def _put_aside(profile: Profile, aside: Path) -> None:
    for end in JOURNAL:
        with suppress(FileNotFoundError):
            Path(f"{profile.store}{end}").replace(aside / f"dala.db{end}")
    Path(f"{profile.store}-shm").unlink(missing_ok=True)
    for path in (profile.keys, profile.journal):
        if path.exists() and not (aside / path.name).exists():
            write_whole(aside / path.name, path.read_bytes())
    if (aside / "dala.db").exists():
        write_whole(aside / "about.json", msgspec.json.encode(About()))
    settle(aside)
