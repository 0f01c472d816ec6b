"""A new key for the file, where somebody may have seen the old one, a sheet or a copy.

Everything is written once more, beside what is there: the file, its journal, the photos. As soon as
that lies ready, `desktop.restoring` puts it in place, whatever happens in between. What stays under
the old key until then is deleted by `desktop.old_key`. Why so: docs/decisions/0032-keys-of-many.md.
"""

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select

from desktop import keys
from desktop.backups import list_backups, require_room
from desktop.files import UNFINISHED, cannot_write, make_private_folder, put_in_place
from desktop.folder import Profile
from desktop.journal import PLACE, place_of
from desktop.journal_file import JournalFile, new_place
from desktop.key_file import read_key_file
from desktop.keys import SAFE, Cost
from desktop.old_key import TURNED, Turned
from desktop.photo_parts import SUFFIX
from desktop.photos import PhotoFolder, Unreadable
from desktop.repair import check_and_repair
from desktop.restoring import drop_unready, settle_restored
from desktop.second_place import Tell, owe, untold
from desktop.session import Desk
from desktop.store import Store, check, open_store
from desktop.store_failures import damaged
from sync.change import now
from sync.client import outbox
from sync.client.facts import remember
from sync.client.tables import Blob


def lay_new_key(
    profile: Profile,
    desk: Desk,
    password: str,
    new: str = "",
    *,
    cost: Cost = SAFE,
    tell: Tell = untold,
) -> None:
    """Lay the work ready under a new key; `turn` then puts it in its place. The desk is to be closed
    in between, and nothing may be written meanwhile. Hold the profile's lock.

    `password` opens the file now, and afterwards, unless there is a `new` one. Damaged photos are
    first had back from where copies are. The next opening seals the key to the region's. `tell` is told after each photo, and may raise to stop.
    Raises as `keys.unwrap`; StoreDamaged; StoreFull, for all is written twice. Then nothing was changed.
    """
    assert isinstance(desk.store, Store)
    keys.unwrap(profile.keys, password)
    if new:
        keys.check_new(new)
    if check_and_repair(profile, desk, tell).file:
        raise damaged(profile.copies)
    drop_unready(profile)
    require_room(_size(profile), profile.folder)
    key = keys.new_key()
    try:
        make_private_folder(profile.coming_photos)  # first: what is cut is known by it
        keys.wrap_new(profile.coming_keys, key, new or password, cost=cost)
        _seal_photos(profile, desk, key, tell)
        unfinished = profile.coming.with_name(profile.coming.name + UNFINISHED)
        desk.store.copy(unfinished, key)
        _mark(profile, open_store(unfinished, key, profile.copies), key)
        put_in_place(unfinished, profile.coming)
    except OSError as error:
        raise cannot_write(profile.store) from error
    finally:
        drop_unready(profile)


def turn(profile: Profile, password: str, *, cost: Cost = SAFE) -> str:
    """Put what lies ready in its place → the recovery code of the new key, in canonical form.

    The file must be closed. Raises UserError where the disk does not let it: the next opening goes
    on.
    """
    settle_restored(profile)
    return keys.make_recovery_code(profile.keys, password, cost=cost)


def _seal_photos(profile: Profile, desk: Desk, key: bytes, tell: Tell) -> None:
    """Those that can be read: what is damaged stays as it is, and comes from the server if it can."""
    sealed = PhotoFolder(profile.coming_photos, key)
    with desk.store() as session:
        sums = session.scalars(select(Blob.sha256).where(Blob.here)).all()
    for done, sha256 in enumerate(sums):
        tell(done, len(sums))
        with suppress(Unreadable):
            sealed.keep(sha256, desk.photos.read(sha256))


def _mark(profile: Profile, store: Store, key: bytes) -> None:
    """What the file itself is to know: its new journal, and what is under the old key still."""
    photos = _old_photos(profile)
    copies = [one.made for one in list_backups(profile.copies)]
    until = max(copies, default=now().replace(microsecond=0) - timedelta(seconds=1))
    try:
        with store.begin() as session:
            place = new_place(place_of(session))
            remember(session, PLACE, place)
            remember(session, TURNED, Turned(read_key_file(profile.keys).profile, photos))
            owe(session, photos, until)
            waiting = outbox.bodies(session)
        if check(store):
            raise damaged(profile.copies)
    finally:
        store.close()
    JournalFile(profile.coming_journal, key).begin(place, waiting)


def _old_photos(profile: Profile) -> list[str]:
    make_private_folder(profile.photos)
    return sorted(
        one.name
        for one in profile.photos.iterdir()
        if one.suffix in ("", SUFFIX)  # not what is left of damaged ones
    )


def _size(profile: Profile) -> int:
    """Bytes of all that is written once more."""
    photos = profile.photos.glob("*") if profile.photos.exists() else ()
    return profile.store.stat().st_size + sum(one.stat().st_size for one in photos)
