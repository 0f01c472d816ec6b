"""`enrol`: bind this laptop to an account; once more, where the server has closed it."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from desktop import keys
from desktop import profile as profiles
from desktop.command_line import opened, put_out
from desktop.folder import choose_profile, is_enrolled
from desktop.key_commands import how_to_keep, spelled
from desktop.lock import only_here
from desktop.passwords import ask_password
from desktop.this_computer import introduce
from sync.errors import UserError
from sync.language import tr
from sync.person import Person


def enrol(args: argparse.Namespace) -> int:
    """A new laptop prints its recovery code, this once; where that fails, the laptop is bound."""
    profile = choose_profile(args.profile)
    if is_enrolled(profile):
        with opened(args) as (_, desk, password):
            person = profiles.bind_again(desk, args.code, password).person
        put_out(args, msgspec.to_builtins(person), person.name)
        return 0
    with only_here(profile.lock):
        password = ask_password()
        person = profiles.enrol(profile, args.server, args.code, password, args.device)
        if args.name:
            with suppress(UserError):  # `people --name` does it later
                introduce(profile, args.name, person.district)
        _put_out_new(args, profile.keys, person, password)
    return 0


def _put_out_new(args: argparse.Namespace, path: Path, person: Person, password: str) -> None:
    document, lines = msgspec.to_builtins(person), [person.name]
    document["keystore"] = keys.uses_keystore(path)
    if not document["keystore"]:
        lines.append(tr(keys.PASSWORD_ALONE))
    try:
        code = spelled(keys.make_recovery_code(path, password))
    except UserError as error:  # the disk is full: `recovery` makes one later
        sys.stderr.write(tr("There is no recovery code yet. {reason}").format(reason=error) + "\n")
    else:
        document["code"] = code
        lines += [how_to_keep(), code]
    put_out(args, document, *lines)
