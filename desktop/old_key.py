"""After the file got a new key: what is under the old one still, and how it goes.

The file itself says what that is (the fact `turned`), until all of it is gone. A sound copy under the
new key is made first; then the older copies, the photos under their old names and the keystore's
part of the old key are deleted. The second place follows when it is there (`second_place.owe`).
"""

from contextlib import suppress
from datetime import UTC, datetime

import msgspec
from sqlalchemy.orm import Session

from desktop import keystore
from desktop.backups import ASIDE, drop_all, list_backups, make_backup
from desktop.files import delete
from desktop.folder import Profile
from desktop.key_file import RECOVERY, read_key_file
from desktop.session import Desk
from sync.client.facts import forget, recall, remember
from sync.errors import UserError
from sync.language import mark

TURNED = "turned"  # the fact: a Turned
LEFT = mark(
    "The work is under its new key. Copies under the old one could not be deleted yet: the disk is "
    "full, or something holds them. The next start goes on with it."
)
NO_SHEET = mark("The file has a new key; the sheet before it opens nothing any more.")


class Turned(msgspec.Struct, frozen=True):
    """`entry`: the name of the old key's part in the keystore; `photos`: names under the old key;
    `gone`: all that was deleted, and only a recovery sheet is lacking."""

    entry: str
    photos: list[str]
    gone: bool = False


def forget_old_key(profile: Profile, desk: Desk) -> None:
    """Delete what is under the old key, where there is something; what cannot be now, the next time.

    Hold the profile's lock.
    """
    with desk.store() as session:
        turned = _turned(session)
    if turned is None:
        return
    with suppress(UserError, OSError):
        if not turned.gone:
            _delete_all(profile, desk, turned)
        with desk.store.begin() as session:
            if _has_sheet(profile):
                forget(session, TURNED)
            elif not turned.gone:
                remember(session, TURNED, Turned(turned.entry, [], gone=True))


def what_is_left(profile: Profile, desk: Desk) -> UserError | None:
    """Why the old key is not wholly gone; None where it is, or there was none."""
    with desk.store() as session:
        turned = _turned(session)
    return UserError(LEFT) if turned is not None and not turned.gone else None


def lacks_sheet(profile: Profile, desk: Desk) -> UserError | None:
    """Why there is no recovery sheet, where a new key was cut short before one was made."""
    with desk.store() as session:
        turned = _turned(session)
    return UserError(NO_SHEET) if turned is not None and not _has_sheet(profile) else None


def _delete_all(profile: Profile, desk: Desk, turned: Turned) -> None:
    """Raises UserError, OSError where something stays."""
    copy = make_backup(profile, desk, datetime.now(UTC))
    drop_all(profile.copies, but=copy)
    for name in turned.photos:
        delete(profile.photos / name)
    if list_backups(profile.copies) != [copy] or any(profile.copies.glob(f"{ASIDE}-*")):
        raise UserError(LEFT)
    keystore.forget(turned.entry)


def _turned(session: Session) -> Turned | None:
    found: Turned | None = recall(session, TURNED, Turned)
    return found


def _has_sheet(profile: Profile) -> bool:
    return any(slot.kind == RECOVERY for slot in read_key_file(profile.keys).slots)
