"""`carry out | deliver | in`: what travels on a stick, by commands."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import profile as profiles
from desktop.actions import carry
from desktop.carry_words import delivered_words, taken_words, written_words
from desktop.command_line import opened, put_out
from sync.errors import SignInAgain

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_carry(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `carry` with its verbs."""
    parser = commands.add_parser("carry", help="letters to the server as files, on a stick")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, run, many, help in (
        ("out", _out, None, "write what waits as a letter"),
        ("deliver", _deliver, "+", "hand letters to the server, write the replies beside them"),
        ("in", _in, None, "take in the reply to a letter"),
    ):
        verb = verbs.add_parser(name, parents=[shared], help=help)
        verb.add_argument("file", type=Path, nargs=many, metavar="FILE")
        verb.set_defaults(run=run)


def _out(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        written = carry.write_letter(desk, args.file)
    document = {
        "letter": written.letter,
        "changes": written.changes,
        "files": written.files,
        "left": written.left,
    }
    put_out(args, document, written_words(written))
    return 0


def _deliver(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, password):
        try:
            deliveries = carry.deliver(desk, args.file)
        except SignInAgain:
            desk = profiles.sign_in_again(desk, password)
            deliveries = carry.deliver(desk, args.file)
    rows = [
        {
            "letter": str(one.letter),
            "reply": one.reply and str(one.reply),
            "again": one.again,
            "problem": one.problem and one.problem.words(),
        }
        for one in deliveries
    ]
    put_out(args, rows, *(delivered_words(one) for one in deliveries))
    return int(any(one.problem for one in deliveries))


def _in(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        taken = carry.take_reply(desk, args.file)
    document = {
        "sent": taken.sent,
        "taken": taken.taken,
        "refused": taken.refused,
        "conflicts": taken.conflicts,
        "waiting": taken.waiting,
        "late": taken.late,
    }
    put_out(args, document, taken_words(taken))
    return 0
