"""`password | recovery | recover | key rotate`: what opens the file, and what does where that was
forgotten or seen by others.

Each asks for what it needs in a terminal, or takes it from the environment.
"""

import argparse
import sys
from typing import TYPE_CHECKING

from desktop import keys
from desktop.command_line import at_work, enrolled_profile, opened, put_out, require_own_key
from desktop.lock import only_here
from desktop.new_key import lay_new_key, turn
from desktop.old_key import what_is_left
from desktop.passwords import ask_code, ask_new_password, ask_password
from desktop.recoveries import recover_by_code
from desktop.recovery_code import groups
from sync.language import tr

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_keys(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the four commands."""
    for name, run, help in (
        ("password", _password, "another password for the file; DALA_NEW_PASSWORD in scripts"),
        ("recovery", _recovery, "a new recovery code, to be written down; the one before ends"),
        ("recover", _recover, "another password by the recovery code; DALA_RECOVERY_CODE"),
    ):
        commands.add_parser(name, parents=[shared], help=help).set_defaults(run=run)
    verbs = commands.add_parser("key", help="the key of the file itself").add_subparsers(
        required=True, metavar="VERB"
    )
    rotate = verbs.add_parser(
        "rotate",
        parents=[shared],
        help="a new key, where somebody may have a copy and what opens it; all is written anew",
    )
    rotate.add_argument(
        "--new-password", action="store_true", help="another password too; DALA_NEW_PASSWORD"
    )
    rotate.set_defaults(run=_rotate)


def _password(args: argparse.Namespace) -> int:
    require_own_key(args)
    with opened(args) as (profile, _, password):
        slot = keys.change_password(profile.keys, password, ask_new_password())
    put_out(args, {"keystore": slot.keystore}, tr("The new password opens the file from now on."))
    return 0


def _recovery(args: argparse.Namespace) -> int:
    require_own_key(args)
    with opened(args) as (profile, _, password):
        code = keys.make_recovery_code(profile.keys, password)
    _put_out_code(args, code)
    return 0


def _recover(args: argparse.Namespace) -> int:
    require_own_key(args)
    profile = enrolled_profile(args)
    with only_here(profile.lock):
        code = recover_by_code(profile, ask_code(), ask_new_password())
    _put_out_code(args, code)
    return 0


def _rotate(args: argparse.Namespace) -> int:
    """The new recovery code is printed also where something under the old key is left."""
    require_own_key(args)
    profile = enrolled_profile(args)
    with only_here(profile.lock):
        password = ask_password()
        new = ask_new_password() if args.new_password else ""
        with at_work(profile, password) as desk:
            lay_new_key(profile, desk, password, new)
        code = turn(profile, new or password)
        with at_work(profile, new or password) as desk:
            left = what_is_left(profile, desk)
    if left is not None:
        sys.stderr.write(f"{left.words()}\n")
    _put_out_code(args, code)
    return 0


def how_to_keep() -> str:
    """What to do with a recovery code."""
    return tr("Write this code down and keep it away from the laptop. It is not shown again.")


def spelled(code: str) -> str:
    """A canonical code in groups."""
    return "-".join(groups(code))


def _put_out_code(args: argparse.Namespace, code: str) -> None:
    put_out(args, {"code": spelled(code)}, how_to_keep(), spelled(code))
