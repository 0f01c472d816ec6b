"""`enrol`: bind this laptop to an account; once more, where the server has closed it."""

import argparse
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from desktop import keys
from desktop import profile as profiles
from desktop.command_line import opened, put_out
from desktop.folder import choose_profile, is_enrolled
from desktop.joining import bind_again_by, enrol_by, open_join
from desktop.key_commands import how_to_keep, spelled
from desktop.lock import only_here
from desktop.passwords import ask_password
from desktop.this_computer import introduce
from sync.errors import UserError
from sync.join import Join
from sync.language import mark, tr
from sync.person import Person


def add_enrol(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The command and what it takes: a join file, or what stands in it."""
    parser = add("enrol", enrol, "bind this laptop to an account; again, after it was closed")
    parser.add_argument("--join", type=Path, metavar="FILE", help="a join file, or:")
    parser.add_argument("--server", default="", metavar="URL", help="of a new laptop")
    parser.add_argument("--code", default="")
    parser.add_argument("--name", default="", help="what the button of this person says, for all")
    parser.add_argument("--device", default=platform.node() or "laptop", metavar="NAME")


def enrol(args: argparse.Namespace) -> int:
    """A new laptop prints its recovery code, this once; where that fails, the laptop is bound.

    What a join file says is told before the password is asked, and before anything is sent.
    """
    join = _told(args)
    profile = choose_profile(args.profile)
    if is_enrolled(profile):
        with opened(args) as (_, desk, password):
            again = (
                bind_again_by(desk, join, password)
                if join
                else profiles.bind_again(desk, args.code, password)
            )
        put_out(args, msgspec.to_builtins(again.person), again.person.name)
        return 0
    with only_here(profile.lock):
        password = ask_password()
        person = (
            enrol_by(profile, join, password, args.device)
            if join
            else profiles.enrol(profile, args.server, args.code, password, args.device)
        )
        if args.name:
            with suppress(UserError):  # `people --name` does it later
                introduce(profile, args.name, person.district)
        _put_out_new(args, profile.keys, person, password)
    return 0


def _told(args: argparse.Namespace) -> Join | None:
    """The join file, whose address and key were told; None where all was typed."""
    typed = (args.server, args.code)
    if any(typed) if args.join else not all(typed):
        raise UserError(mark("Give either --join, or both --server and --code."))
    if args.join is None:
        return None
    join = open_join(args.join)
    sys.stderr.writelines(f"{line}\n" for line in join.told(datetime.now(UTC)))
    return join


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
