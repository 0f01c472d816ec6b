"""`duplicates`: records that are probably one matter; joined under one, and parted again."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.actions import duplicates
from desktop.actions.pairs import MOST, pairs
from desktop.command_line import opened, put_out

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_duplicates(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `duplicates list|join|part`. Each sets `run`: arguments → exit code, or UserError."""
    added = commands.add_parser("duplicates", parents=[shared], help="records told twice")
    verbs = added.add_subparsers(required=True, metavar="VERB")
    listed = verbs.add_parser("list", parents=[shared], help="likely pairs, the likeliest first")
    listed.add_argument("kind", choices=duplicates.COMPARED, metavar="KIND")
    listed.add_argument("--most", type=int, default=MOST, metavar="N")
    listed.set_defaults(run=_list)
    join = verbs.add_parser("join", parents=[shared], help="call ID a duplicate of the other")
    join.add_argument("id", type=UUID, metavar="ID")
    join.add_argument("under", type=UUID, metavar="UNDER")
    join.set_defaults(run=_join)
    part = verbs.add_parser("part", parents=[shared], help="take a joining back")
    part.add_argument("id", type=UUID, metavar="ID")
    part.set_defaults(run=_part)


def _list(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = pairs(desk, args.kind, max(1, args.most))
    lines = [
        f"{pair.score:.2f} · {pair.one.id} {pair.one.title} · {pair.other.id} {pair.other.title}"
        for pair in found
    ]
    put_out(args, [asdict(pair) for pair in found], *lines)
    return 0


def _join(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        duplicates.join(desk, args.id, args.under)
    put_out(args, {"id": args.id, "under": args.under}, f"{args.id} → {args.under}")
    return 0


def _part(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        duplicates.part(desk, args.id)
    put_out(args, {"id": args.id}, str(args.id))
    return 0
