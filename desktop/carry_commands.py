"""`carry out | deliver | in | open | join`: what travels on a stick or across a room."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import newer
from desktop import profile as profiles
from desktop.actions import carry, former_officer
from desktop.actions.room import Met, Room, join
from desktop.carry_words import (
    delivered_words,
    met_words,
    room_words,
    taken_words,
    written_words,
)
from desktop.command_line import enrolled_profile, opened, password_of, put_out
from desktop.folder import Profile
from desktop.lock import only_here
from desktop.store_failures import StoreNewer
from sync.client.carried import Written
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
    opening = verbs.add_parser("open", parents=[shared], help="exchange with laptops in this room")
    opening.add_argument("--minutes", type=float, default=10.0)
    opening.add_argument("--guests", type=int, metavar="N", help="end after so many")
    opening.add_argument("--host", metavar="ADDRESS", help="default: that of this laptop")
    opening.set_defaults(run=_open)
    joining = verbs.add_parser("join", parents=[shared], help="go into a room that is open")
    joining.add_argument("address", metavar="HOST:PORT")
    joining.add_argument("code")
    joining.set_defaults(run=_join)


def _out(args: argparse.Namespace) -> int:
    profile = enrolled_profile(args)
    with only_here(profile.lock):
        written = _write(profile, password_of(profile), args.file)
    document = {
        "letter": written.letter,
        "changes": written.changes,
        "files": written.files,
        "left": written.left,
    }
    put_out(args, document, written_words(written))
    return 0


def _write(profile: Profile, password: str, path: Path) -> Written:
    try:
        desk = profiles.open_desk(profile, password)
    except StoreNewer:
        return newer.write_letter(profile, password, path)
    try:
        return carry.write_letter(desk, path)
    finally:
        profiles.close_desk(desk)


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
        ended = former_officer.words(desk)
    document = {
        "sent": taken.sent,
        "taken": taken.taken,
        "refused": taken.refused,
        "conflicts": taken.conflicts,
        "waiting": taken.waiting,
        "late": taken.late,
    }
    if ended:
        sys.stderr.write(f"{ended}\n")
    put_out(args, document, taken_words(taken))
    return 0


def _open(args: argparse.Namespace) -> int:
    """The first line says where and by which code; the second one, at the end, who came."""
    with opened(args) as (_, desk, _password):
        room = Room(args.host)
        said = {"address": room.address, "code": room.code}
        try:
            put_out(args, said, room_words(room.address, room.code))
            sys.stdout.flush()
            met = room.host(desk, seconds=args.minutes * 60, guests=args.guests)
        finally:
            room.close()
    put_out(args, [_row(one) for one in met], *(met_words(one) for one in met))
    return 0


def _join(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        met = join(desk, args.address, args.code)
    put_out(args, _row(met), met_words(met))
    return 0


def _row(met: Met) -> dict[str, object]:
    return {"person": met.person, "sent": met.sent, "taken": met.taken}
