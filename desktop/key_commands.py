"""`password | recovery | recover`: what opens the file, and what does where that was forgotten.

Each asks for what it needs in a terminal, or takes it from the environment.
"""

import argparse
from typing import TYPE_CHECKING

from desktop import keys
from desktop.command_line import enrolled_profile, opened, put_out
from desktop.lock import only_here
from desktop.passwords import ask_code, ask_new_password
from desktop.recoveries import recover_by_code
from desktop.recovery_code import groups
from sync.language import tr

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_keys(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the three commands."""
    for name, run, help in (
        ("password", _password, "another password for the file; DALA_NEW_PASSWORD in scripts"),
        ("recovery", _recovery, "a new recovery code, to be written down; the one before ends"),
        ("recover", _recover, "another password by the recovery code; DALA_RECOVERY_CODE"),
    ):
        commands.add_parser(name, parents=[shared], help=help).set_defaults(run=run)


def _password(args: argparse.Namespace) -> int:
    with opened(args) as (profile, _, password):
        slot = keys.change_password(profile.keys, password, ask_new_password())
    put_out(args, {"keystore": slot.keystore}, tr("The new password opens the file from now on."))
    return 0


def _recovery(args: argparse.Namespace) -> int:
    with opened(args) as (profile, _, password):
        code = keys.make_recovery_code(profile.keys, password)
    _put_out_code(args, code)
    return 0


def _recover(args: argparse.Namespace) -> int:
    profile = enrolled_profile(args)
    with only_here(profile.lock):
        code = recover_by_code(profile, ask_code(), ask_new_password())
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
