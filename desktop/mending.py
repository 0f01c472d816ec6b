"""Damage that the program mends by itself when it opens the file.

A file that lost what was committed last gets it back from the journal of the outbox. In the place
of one that cannot be read comes the newest copy that is sound, with what the journal has since.
"""

from collections.abc import Iterator
from contextlib import suppress

from desktop import keys
from desktop.backups import ASIDE, Backup, list_backups
from desktop.files import delete, read_whole, write_whole
from desktop.folder import Profile
from desktop.journal import PLACE, Journal, place_of
from desktop.journal_file import Place, Told, new_place, read_journal
from desktop.key_file import KeysDamaged
from desktop.mended import MENDED, Mended
from desktop.photos import PhotoFolder
from desktop.restoring import Spoiled, prepare, settle_restored
from desktop.second_place import second_place
from desktop.store import Store, check
from desktop.store_failures import PartlyDamaged, StoreDamaged, StoreNewer, damaged
from sync.client.facts import remember
from sync.client.put_back import keep_files, put_back
from sync.errors import UserError

NOT_THIS_ONE = (
    Spoiled,
    StoreDamaged,
    StoreNewer,
    KeysDamaged,
    keys.WrongPassword,
    keys.KeystoreSilent,
)


def mend(profile: Profile, password: str, damage: UserError) -> bool:
    """Put the newest sound copy in the place of the file, or of its keys where only they are damaged
    → whether there is one.

    Raises UserError where the disk does not let it. Hold the profile's lock; the file must not be
    open.
    """
    if isinstance(damage, KeysDamaged) and _have_keys_back(profile, password):
        return True
    for strictly in (True, False):
        for backup in _copies(profile):
            with suppress(*NOT_THIS_ONE):
                prepare(profile, backup, password, lost=True, strictly=strictly)
                settle_restored(profile)
                return True
    return False


def keep_journal(profile: Profile, store: Store, key: bytes, *, as_it_is: bool = False) -> None:
    """From now on the edits of this file are in its journal, too; first it gets from there what it
    has lost.

    Raises PartlyDamaged where it has lost something and is not sound otherwise, unless it is to be
    taken `as_it_is`.
    """
    told = read_journal(profile.journal, key)
    with store() as session:
        place = place_of(session)
    if told is not None and told.place != place and told.place.holds(place):
        _catch_up(profile, store, key, told, as_it_is)
        place = told.place
    store.journal = Journal(profile.journal, key, store, place or new_place())
    store.journal.go_on(told)


def look_closely(profile: Profile, store: Store) -> None:
    """Where a page could not be read in the midst of work, read all of them.

    Raises PartlyDamaged.
    """
    if profile.seen_damaged.exists():
        if check(store):
            raise damaged(profile.copies, PartlyDamaged)
        with suppress(OSError):
            delete(profile.seen_damaged)


def _catch_up(profile: Profile, store: Store, key: bytes, told: Told, as_it_is: bool) -> None:
    """Commits that SQLite's own journal held were lost with it. What that had moved into the file
    before may not fit together any more; and a copy may know more than what is left."""
    with store() as session:
        place = place_of(session)
    lost = told.since(place)
    if not lost:
        return
    if not as_it_is and (check(store) or _a_copy_is_ahead(profile, key, place, told)):
        raise damaged(profile.copies, PartlyDamaged)
    with store.begin() as session:
        back = put_back(session, lost)
        keep_files(session, back.photos, PhotoFolder(profile.photos, key, looked=True))
        remember(session, PLACE, told.place)
        if back.edits:
            remember(session, MENDED, Mended(edits=back.edits, later=back.later))


def _a_copy_is_ahead(profile: Profile, key: bytes, place: Place | None, told: Told) -> bool:
    """Whether the newest copy has edits that the file has lost; then it has other things, too."""
    newest = next(_copies(profile), None)
    if newest is None:
        return False
    store = Store(newest.store, key, profile.copies, untouched=True)
    try:
        with store() as session:
            there = place_of(session)
    except StoreDamaged:
        return False
    finally:
        store.close()
    if there is None or not told.place.holds(there):
        return False
    return place is None or not place.holds(there)


def _have_keys_back(profile: Profile, password: str) -> bool:
    """Put the keys of a copy in place, if they open the file as it is."""
    for backup in _copies(profile):
        with suppress(*NOT_THIS_ONE):
            store = Store(profile.store, keys.unwrap(backup.keys, password), profile.copies)
            try:
                if check(store):
                    continue
                write_whole(profile.keys, read_whole(backup.keys))
                with store.begin() as session:
                    remember(session, MENDED, Mended(copy=backup.made, keys=True))
            finally:
                store.close()
            return True
    return False


def _copies(profile: Profile) -> Iterator[Backup]:
    """The newest first, then those in the second place. What was put aside is not wanted, or damaged."""
    yield from (one for one in list_backups(profile.copies) if one.sort != ASIDE)
    place = second_place(profile)
    if place is not None and place.is_there:
        yield from list_backups(place.own)
