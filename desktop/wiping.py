"""A laptop's work ended by the region: everything is sent, then nothing is left here.

An administrator asks for it (`admin wipe`), the next exchange hears of it, and it is done only when
nothing waits to be sent. First the keys go, here, in the copies and in the keystore: from then on
the rest is noise, and whatever cuts it short, the next start goes on. Copies in a second place stay
there, and open by the recovery sheet alone.
"""

import shutil
from contextlib import suppress

from desktop import keystore
from desktop.actions import exchange
from desktop.files import delete, write_whole
from desktop.folder import PEOPLE, Profile
from desktop.key_file import read_key_file
from desktop.profile import close_desk
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark

WIPED = mark(
    "The region has ended the work of this laptop. All that could be sent was sent; nothing of it is "
    "left here. For new work ask your coordinator for a code."
)
# the language of the window, and certificates that it names; the lock of the program that does it;
# the work of other people
KEPT = ("settings.json", "authority.pem", "lock", PEOPLE)


def is_due(desk: Desk) -> bool:
    """Whether the server asked for it in the last exchange, and all that can be sent was sent."""
    if not desk.server.wipe:
        return False
    saved = exchange.state(desk)
    return not saved.waiting and not saved.photos_waiting


def wipe(profile: Profile, desk: Desk) -> None:
    """Delete the work of this profile, and tell the server. Hold the profile's lock.

    Raises UserError where the disk does not let it; the next start goes on.
    """
    left = exchange.state(desk).attention  # refused edits: nobody takes them any more
    write_whole(profile.wiping, b"")
    close_desk(desk)
    _drop_keys(profile)
    with suppress(UserError):  # it is done all the same
        desk.server.tell_wiped(left)
    _drop_rest(profile)


def finish(profile: Profile) -> bool:
    """Go on with what was cut short → whether there was anything. Raises UserError."""
    if not profile.wiping.exists():
        return False
    _drop_keys(profile)
    _drop_rest(profile)
    return True


def _drop_keys(profile: Profile) -> None:
    try:
        with suppress(
            UserError
        ):  # gone already, or damaged: then the keystore's part is of no use
            keystore.forget(read_key_file(profile.keys).profile)
        for keys in (*profile.copies.glob("*/keys.json"), profile.coming_keys, profile.keys):
            delete(keys)
    except OSError as error:
        raise _cannot(profile) from error


def _drop_rest(profile: Profile) -> None:
    """All but KEPT; the sign that it is under way goes last."""
    last = profile.wiping.name
    try:
        for path in sorted(profile.folder.iterdir(), key=lambda path: path.name == last):
            if path.name in KEPT:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                delete(path)
    except OSError as error:
        raise _cannot(profile) from error


def _cannot(profile: Profile) -> UserError:
    return UserError(
        mark(
            "The work of this laptop was ended by the region, and some of it cannot be deleted yet "
            "in {folder}. Close other programs and start this one again."
        ),
        folder=profile.folder,
    )
