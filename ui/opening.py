"""What signing in does off the screen's thread: opens the file and, where asked, the server's door.

The heavy parts are imported here when they are needed, after the window has been painted.
"""

from contextlib import suppress
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
    from desktop.settings import Value
    from sync.join import Join
    from sync.person import Person
    from sync.places import District
    from sync.recovery import Recovery


PRACTICE = 1200  # invented records: some months of a district


@dataclass(frozen=True)
class Opened:
    """The open work. `refused`: why the server gave this laptop no token; the work goes on.
    `code`: a recovery code that was made, to be shown once; `no_code`: why there is none yet.
    `password_alone`: whether a new laptop has no keystore that could be used besides.
    `recoveries`: the times it was opened without the password, to be told now.
    `mended`: what was damaged and came back, to be told now. `left`: why something is under an old
    key still."""

    desk: "Desk"
    refused: UserError | None = None
    code: str = ""
    no_code: UserError | None = None
    password_alone: bool = False
    recoveries: tuple["Recovery", ...] = ()
    mended: "Mended | None" = None
    left: UserError | None = None


@dataclass(frozen=True)
class Found:
    """A profile that is held for this program; `enrolled`: whether it is somebody's already.
    `name`: what its button says; `settings`: of this person."""

    profile: "Profile"
    enrolled: bool
    name: str
    settings: "dict[str, Value]"
    training: bool = False  # all in it is invented, and nobody's password opens it


@dataclass(frozen=True)
class Here:
    """One who has a file on this computer, as the button shows them."""

    folder: "Path"
    name: str
    district: "District | None"
    broken: bool
    last: bool  # the one who was here last


def look_around(*, alone: bool = True) -> list[Here]:
    """Who has a file on this computer. Needs no password, and opens nothing.

    `alone`: where there is only one, they are not going to be shown.
    """
    from desktop import this_computer
    from desktop.folder import data_folder

    data = data_folder()
    found, last = this_computer.owners(data), this_computer.last_folder(data)
    district = _district if not alone or len(found) > 1 else _nowhere
    return [
        Here(one.folder, one.name, district(one.district), one.broken, one.folder == last)
        for one in found
    ]


def _district(code: str) -> "District | None":
    from sync.places import find_district

    return find_district(code)


def _nowhere(_: str) -> None:
    """Places need not be loaded for what nobody sees."""


def find_free(held: "ExitStack") -> Found:
    """A folder for somebody new, locked for this program until `held` ends. Raises UserError."""
    from desktop.folder import data_folder
    from desktop.lock import InUse
    from desktop.this_computer import free_folders

    for folder in free_folders(data_folder()):
        try:
            found = find_profile(folder, held)
        except InUse:  # somebody else is being enrolled there, in another window
            continue
        if not found.enrolled:
            return found
        held.close()
    raise AssertionError("folders do not end")


def find_profile(folder: "Path | None", held: "ExitStack") -> Found:
    """The profile, locked for this program until `held` ends. Raises UserError."""
    from desktop.folder import choose_profile, is_enrolled
    from desktop.lock import only_here
    from desktop.settings import load_settings
    from desktop.this_computer import name_of

    profile = choose_profile(folder)
    held.enter_context(only_here(profile.lock))
    if profile.wiping.exists():
        from desktop import wiping

        wiping.finish(profile)
    enrolled, training = is_enrolled(profile), profile.training.exists()
    settings = load_settings(profile.settings)
    return Found(profile, enrolled, name_of(profile), settings, enrolled and training)


def find_training(folder: "Path | None", held: "ExitStack") -> Found:
    """A folder to train in, locked until `held` ends: the one that was named, else an empty one of
    this user's. What a cut left there is wiped. Raises UserError."""
    from desktop import training
    from desktop.folder import data_folder

    found = find_profile(folder or data_folder() / training.FOLDER, held)
    if folder is None:
        training.clear(found.profile)
    return replace(found, training=True)


def practise(profile: "Profile") -> Opened:
    """Open a training profile, made and filled with invented records where it is empty."""
    from desktop.actions.seeding import seed
    from desktop.folder import is_enrolled
    from desktop.training import new_profile, open_training

    if is_enrolled(profile):
        return Opened(open_training(profile))
    desk = new_profile(profile, role="leader")
    seed(desk, PRACTICE)
    return Opened(desk)


def leave_training(profile: "Profile", desk: "Desk | None") -> None:
    """Wipe it. Raises UserError."""
    from desktop.training import leave

    leave(profile, desk)


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
    from desktop.old_key import lacks_sheet
    from desktop.profile import open_desk, sign_in_again
    from desktop.recoveries import take_unsaid

    desk = open_desk(profile, password)
    recoveries = tuple(take_unsaid(desk.store))
    opened = Opened(
        desk,
        recoveries=recoveries,
        mended=mended.take_unsaid(desk.store),
        no_code=lacks_sheet(profile, desk),
    )
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


def open_join(path: "Path") -> "Join":
    """What a join file says, to be shown before it is taken. Raises UserError."""
    from desktop import joining

    return joining.open_join(path)


def bind_by(profile: "Profile", join: "Join", password: str) -> Opened:
    """Open the file of a laptop that was closed, and bind it by a join file. Raises UserError."""
    from desktop.joining import bind_again_by
    from desktop.profile import close_desk, open_desk

    desk = open_desk(profile, password)
    try:
        return Opened(bind_again_by(desk, join, password))
    except UserError:
        close_desk(desk)
        raise


def enrol(profile: "Profile", server: str, code: str, password: str, name: str = "") -> Opened:
    """Bind a new laptop by what was typed, and open it. Raises UserError. `name`: for the button, or "".

    What goes wrong once it is bound does not undo that: `is_enrolled` tells.
    """
    from desktop import profile as profiles

    person = profiles.enrol(profile, server, code, password, _device())
    return _begin(profile, person, password, name)


def enrol_by(profile: "Profile", join: "Join", password: str, name: str = "") -> Opened:
    """The same by a join file that its person has looked at."""
    from desktop import joining

    person = joining.enrol_by(profile, join, password, _device())
    return _begin(profile, person, password, name)


def _device() -> str:
    import platform

    return platform.node() or "laptop"


def _begin(profile: "Profile", person: "Person", password: str, name: str) -> Opened:
    from desktop import keys
    from desktop.folder import PEOPLE
    from desktop.profile import open_desk
    from desktop.this_computer import introduce

    if name or profile.folder.parent.name == PEOPLE:  # alone here, nobody need be named
        with suppress(UserError):
            introduce(profile, name, person.district)
    desk = open_desk(profile, password)
    opened = Opened(desk, password_alone=not keys.uses_keystore(profile.keys))
    try:
        return replace(opened, code=recovery_code(profile, password))
    except UserError as error:  # the disk is full: it can be made later
        return replace(opened, no_code=error)


def check_password(profile: "Profile", password: str, new: str) -> None:
    """Raise UserError where the password does not open the file, or the new one, if any, is no good one."""
    from desktop import keys

    keys.unwrap(profile.keys, password)
    if new:
        keys.check_new(new)


def turn_key(desk: "Desk | None", profile: "Profile", password: str, new: str) -> Opened:
    """Give the file a new key, and open it by `password`, or by `new` where that is not "".

    Raises UserError; then it is as it was, or, where it was turned already, opens by the password
    that was to open it.
    """
    from desktop.new_key import lay_new_key, turn
    from desktop.old_key import what_is_left
    from desktop.profile import close_desk, open_desk

    if desk is None:
        desk = open_desk(profile, password)
    try:
        lay_new_key(profile, desk, password, new)
    finally:
        close_desk(desk)
    code, no_code = "", None
    try:
        code = turn(profile, new or password)
    except UserError as error:  # the disk is full: the opening goes on, and the sheet can wait
        no_code = error
    desk = open_desk(profile, new or password)
    return Opened(desk, code=code, no_code=no_code, left=what_is_left(profile, desk))


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


def ask_region(profile: "Profile", password: str, path: "Path") -> str:
    """Write a request to the custodians of the region's key → the letters to be read to them.

    Their answer opens the file by this password. Raises UserError.
    """
    from desktop import region_recovery
    from desktop.files import write_whole
    from desktop.region_letters import written

    request = region_recovery.ask_region(profile.keys, password)
    write_whole(path, written(request).encode())
    return request.check


def use_answer(profile: "Profile", password: str, path: "Path") -> str:
    """Let the custodians' answer make this the password → the next recovery code. Raises UserError."""
    from desktop.recoveries import recover_by_region
    from desktop.region_letters import Reply, open_letter

    return recover_by_region(profile, open_letter(path, Reply), password)


def recovery_code(profile: "Profile", password: str) -> str:
    """A new recovery code; the one before opens nothing any more. Raises UserError."""
    from desktop import keys

    return keys.make_recovery_code(profile.keys, password)


def remember_person(profile: "Profile", desk: "Desk") -> str:
    """This person was here last: theirs is the button that waits for Enter the next time.

    → the name on it.
    """
    from desktop.this_computer import name_of, seen

    seen(profile, desk.person.district)
    return name_of(profile)


def name_here(profile: "Profile") -> str:
    """What this person's button says; "" where they gave no name."""
    from desktop.this_computer import name_of

    return name_of(profile)


def rename(profile: "Profile", desk: "Desk", name: str) -> str:
    """What this person's button says from now on → the name as it fits there. Raises UserError."""
    from desktop.this_computer import introduce, name_of

    introduce(profile, name, desk.person.district)
    return name_of(profile)


def change_password(profile: "Profile", old: str, new: str) -> bool:
    """Wrap the key under another password → whether the keystore holds a part of it now.

    Raises UserError; then the old one stays good.
    """
    from desktop import keys

    return keys.change_password(profile.keys, old, new).keystore
