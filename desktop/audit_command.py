"""`audit`: who looked at what is confidential, as the server told it; for leaders and coordinators."""

import argparse
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from desktop.actions import who_looked
from desktop.actions.who_looked import Looked, Wish, moment_words
from desktop.command_line import opened, put_out
from sync.audit import Act
from sync.errors import Offline, Refused, SignInAgain, TooOld
from sync.language import tr

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_audit(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    audit = commands.add_parser(
        "audit", parents=[shared], help="who looked at what is confidential, last first"
    )
    audit.add_argument("--who", metavar="LOGIN")
    audit.add_argument("--act", choices=[str(one) for one in Act])
    audit.add_argument("--rows", type=int, default=who_looked.PAGE, metavar="N")
    audit.set_defaults(run=_audit)


def _audit(args: argparse.Namespace) -> int:
    """The server is asked where it is reached; else it is what it told last, and why is said where
    the person can do something about it."""
    why = ""
    with opened(args) as (_, desk, _password):
        try:
            with suppress(Offline, Refused):
                who_looked.ask(desk)
        except (SignInAgain, TooOld) as error:
            why = str(error)
        found = who_looked.look(desk, Wish(args.who, args.act, max(1, args.rows)))
    head = tr(who_looked.NEVER)
    if found.told:
        head = tr("As the server told it on {day}.", day=moment_words(found.told))
    put_out(args, found, *found.doubts, head, *map(_line, found.rows))
    if why:
        sys.stderr.write(f"{why}\n")
    return 0


def _line(row: Looked) -> str:
    parts = (moment_words(row.at), row.who, row.what, row.count, row.district)
    return " · ".join(part for part in parts if part)
