"""What signing in does off the screen's thread: opens the file and, where asked, the server's door.

The heavy parts are imported here when they are needed, after the window has been painted.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sync.errors import Offline, UserError
from sync.language import tr

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from desktop.folder import Profile
    from desktop.mended import Mended
    from desktop.session import Desk
    from sync.recovery import Recovery


@dataclass(frozen=True)
class Opened:
    """The open work. `refused`: why the server gave this laptop no token; the work goes on.
    `code`: a recovery code that was made, to be shown once; `no_code`: why there is none yet.
    `password_alone`: whether a new laptop has no keystore that could be used besides.
    `recoveries`: the times it was opened without the password, to be told now.
    `mended`: what was damaged and came back, to be told now."""

    desk: "Desk"
    refused: UserError | None = None
    code: str = ""
    no_code: UserError | None = None
    password_alone: bool = False
    recoveries: tuple["Recovery", ...] = ()
    mended: "Mended | None" = None


def find_profile(folder: "Path | None", held: "ExitStack") -> "tuple[Profile, bool]":
    """The profile, locked for this program until `held` ends, and whether it is somebody's.

    Raises UserError.
    """
    from desktop.folder import choose_profile, is_enrolled
    from desktop.lock import only_here

    profile = choose_profile(folder)
    held.enter_context(only_here(profile.lock))
    if profile.wiping.exists():
        from desktop import wiping

        wiping.finish(profile)
    return profile, is_enrolled(profile)


def wipe(profile: "Profile", desk: "Desk | None") -> str:
    """Delete the work, as the region wants → what the person is told. Raises UserError."""
    from desktop import wiping

    if desk is not None:
        wiping.wipe(profile, desk)
    return tr(wiping.WIPED)


def unlock(profile: "Profile", password: str, *, token_gone: bool) -> Opened:
    """Open the file; with `token_gone` ask the server for a new token too.

    Raises UserError where the file does not open. What the server says shuts nobody out.
    """
    from desktop import mended
    from desktop.profile import open_desk, sign_in_again
    from desktop.recoveries import take_unsaid

    desk = open_desk(profile, password)
    recoveries = tuple(take_unsaid(desk.store))
    opened = Opened(desk, recoveries=recoveries, mended=mended.take_unsaid(desk.store))
    if not token_gone:
        return opened
    try:
        return replace(opened, desk=sign_in_again(desk, password))
    except Offline:
        return opened  # the next exchange asks again
    except UserError as refused:
        return replace(opened, refused=refused)


def bind(profile: "Profile", code: str, password: str) -> Opened:
    """Open the file of a laptop that was closed, and bind it by a new code. Raises UserError."""
    from desktop.profile import bind_again, close_desk, open_desk

    desk = open_desk(profile, password)
    try:
        return Opened(bind_again(desk, code, password))
    except UserError:
        close_desk(desk)
        raise


def enrol(profile: "Profile", server: str, code: str, password: str) -> Opened:
    """Bind a new laptop, and open it. Raises UserError.

    What goes wrong once it is bound does not undo that: `is_enrolled` tells.
    """
    import platform

    from desktop import keys
    from desktop import profile as profiles

    profiles.enrol(profile, server, code, password, platform.node() or "laptop")
    desk = profiles.open_desk(profile, password)
    opened = Opened(desk, password_alone=not keys.uses_keystore(profile.keys))
    try:
        return replace(opened, code=recovery_code(profile, password))
    except UserError as error:  # the disk is full: it can be made later
        return replace(opened, no_code=error)


def reopen(desk: "Desk | None", code: str, profile: "Profile", password: str) -> Opened:
    """Close the file, so that a copy which lies ready takes its place, and open that.

    `code`: a recovery code that was made on the way, or "". Raises UserError.
    """
    from desktop.profile import close_desk, open_desk

    if desk is not None:
        close_desk(desk)
    return Opened(open_desk(profile, password), code=code)


def recover(profile: "Profile", code: str, password: str) -> Opened:
    """Give the file another password by its recovery code, and open it. Raises UserError."""
    from desktop.profile import open_desk
    from desktop.recoveries import recover_by_code

    following = recover_by_code(profile, code, password)
    return Opened(open_desk(profile, password), code=following)


def recovery_code(profile: "Profile", password: str) -> str:
    """A new recovery code; the one before opens nothing any more. Raises UserError."""
    from desktop import keys

    return keys.make_recovery_code(profile.keys, password)


def change_password(profile: "Profile", old: str, new: str) -> bool:
    """Wrap the key under another password → whether the keystore holds a part of it now.

    Raises UserError; then the old one stays good.
    """
    from desktop import keys

    return keys.change_password(profile.keys, old, new).keystore
