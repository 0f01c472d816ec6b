"""What copies need off the screen's thread.

The heavy parts are imported here when they are needed, after the window has been painted.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.backups import Backup
    from desktop.folder import Profile
    from desktop.repair import Repair
    from desktop.second_place import Place
    from desktop.session import Desk

Tell = Callable[[int, int], None]
Known = tuple["Place | None", bool]  # the second place, and whether it is there


def own_copies(profile: "Profile") -> list["Backup"]:
    """Those on this laptop, the newest first."""
    from desktop.backups import list_backups

    return list_backups(profile.copies)


def copies_in(folder: Path) -> list["Backup"]:
    """Those in a folder that somebody chose, a stick perhaps."""
    from desktop.second_place import find_backups

    return find_backups(folder)


def make_copy(profile: "Profile", desk: "Desk") -> list["Backup"]:
    """Another copy now → all there are. Raises UserError."""
    from desktop.backups import make_backup, thin

    make_backup(profile, desk, datetime.now(UTC))
    thin(profile.copies)
    return own_copies(profile)


def copy_if_due(profile: "Profile", desk: "Desk", tell: Tell) -> bool:
    """What the hour asks for, here and in the second place → whether that lacks a week of work.

    Raises UserError.
    """
    from desktop.backups import is_due
    from desktop.ballast import Ballast
    from desktop.second_place import copy_to_place, is_overdue, place_is_due

    Ballast(profile.ballast).lay()
    if is_due(profile, datetime.now(UTC)):
        make_copy(profile, desk)
    if place_is_due(profile, desk, datetime.now(UTC)):
        copy_to_place(profile, desk, tell)
    return is_overdue(profile, datetime.now(UTC))


def copy_and_close(profile: "Profile", desk: "Desk | None") -> None:
    """The work ends here: a copy of it, where something was written since the last one.

    That none can be made keeps nobody: the next start tries again, and says it.
    """
    from contextlib import suppress

    from desktop.backups import is_due
    from desktop.profile import close_desk
    from sync.errors import UserError

    if desk is None:
        return
    with suppress(UserError):
        if is_due(profile, datetime.now(UTC), at_the_end=True):
            make_copy(profile, desk)
    close_desk(desk)


def known_place(profile: "Profile") -> Known:
    """The second place, if one was chosen, and whether it is there."""
    from desktop.second_place import second_place

    place = second_place(profile)
    return place, place is not None and place.is_there


def choose_place(profile: "Profile", folder: Path) -> Known:
    """Take this folder for the second place. Raises UserError."""
    from desktop import second_place

    second_place.choose_place(profile, folder)
    return known_place(profile)


def give_up_place(profile: "Profile") -> Known:
    """No second place any more."""
    from desktop import second_place

    second_place.forget_place(profile)
    return known_place(profile)


def fill_place(profile: "Profile", desk: "Desk", tell: Tell) -> Known:
    """A copy as of now, there too. Raises UserError."""
    from desktop.second_place import copy_to_place

    make_copy(profile, desk)
    copy_to_place(profile, desk, tell)
    return known_place(profile)


def check(profile: "Profile", desk: "Desk", tell: Tell) -> tuple["Repair", str, str]:
    """Look at the whole work, and put right what can be → what was found, what is right, what is not."""
    from desktop.copy_words import told_apart
    from desktop.repair import check_and_repair

    done = check_and_repair(profile, desk, tell)
    return done, *told_apart(done)
