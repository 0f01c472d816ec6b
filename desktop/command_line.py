"""What every command needs: the profile opened for it alone, and one way to say the outcome."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from desktop import profile as profiles
from desktop import training, wiping
from desktop.folder import Profile, choose_profile, is_enrolled
from desktop.lock import only_here
from desktop.mended import take_unsaid
from desktop.old_key import lacks_sheet
from desktop.passwords import ask_password
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark


def enrolled_profile(args: argparse.Namespace) -> Profile:
    """The profile that a command works on. Raises UserError where it is nobody's."""
    profile = choose_profile(args.profile)
    if profile.wiping.exists():
        with only_here(profile.lock):
            wiping.finish(profile)
    if not is_enrolled(profile):
        raise UserError(mark("Nobody is enrolled in this folder yet. Start with “enrol”."))
    return profile


def password_of(profile: Profile) -> str:
    """The person's; of training, which has nobody's, it is known. Raises UserError."""
    return training.PASSWORD if profile.training.exists() else ask_password()


def require_own_key(args: argparse.Namespace) -> None:
    """Raise UserError in training: what opens it is known to all, and stays so."""
    if choose_profile(args.profile).training.exists():
        raise UserError(
            mark("Training has no key or password of anybody's, so there is none to be changed.")
        )


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[tuple[Profile, Desk, str]]:
    """The profile, opened for this command alone; and the password, to sign in again with."""
    profile = enrolled_profile(args)
    with only_here(profile.lock):
        password = password_of(profile)
        with at_work(profile, password) as desk:
            yield profile, desk, password


@contextmanager
def at_work(profile: Profile, password: str) -> Iterator[Desk]:
    """The profile whose lock is held, opened; what was mended on the way is said on stderr."""
    desk = profiles.open_desk(profile, password)
    try:
        if (mended := take_unsaid(desk.store)) is not None:
            sys.stderr.write(f"{mended.words()}\n")
        if (lacking := lacks_sheet(profile, desk)) is not None:
            sys.stderr.write(f"{lacking.words()}\n")
        yield desk
    finally:
        profiles.close_desk(desk)


def put_out(args: argparse.Namespace, document: Any, *lines: str) -> None:
    """The outcome on stdout: one JSON document, or lines for people."""
    if args.json:
        lines = (msgspec.json.encode(document).decode(),)
    sys.stdout.writelines(f"{line}\n" for line in lines)
