"""`overdue`: what is late by so many days, with whose answer is awaited, as lines or as a file."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.actions import overdue, overdue_files
from desktop.actions.due import Due
from desktop.actions.overdue import LISTED, Choice
from desktop.actions.titles import title
from desktop.command_line import opened, put_out
from desktop.deadline_command import day
from desktop.export_commands import free
from desktop.papers.drawing import draw_apart
from sync.language import tr, trn
from sync.records import KINDS
from sync.working_days import spelt

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_overdue(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `overdue`. It sets `run`: arguments → exit code, or UserError."""
    added = commands.add_parser("overdue", parents=[shared], help="what is late, and for how long")
    added.set_defaults(run=_overdue)
    added.add_argument("--days", type=int, default=1, metavar="N", help="or more; default: 1")
    added.add_argument("--on", type=day, metavar="DATE", help="default: today")
    added.add_argument("--kind", choices=LISTED, default="", help="only of this kind")
    added.add_argument("--district", default="", metavar="CODE", help="only of this district")
    added.add_argument("--village", default="", metavar="CODE", help="only of this village")
    added.add_argument("--body", default="", metavar="NAME", help="only what they are to answer")
    added.add_argument("--to", type=Path, metavar="FILE.(xlsx|csv|docx|pdf)")
    added.add_argument("--replace", action="store_true", help="the file, if it is there")


def _overdue(args: argparse.Namespace) -> int:
    on = args.on or date.today()  # noqa: DTZ011  # the day of the place
    choice = Choice(args.days, args.kind, args.district, args.village, args.body)
    path = free(args) if args.to else None
    with opened(args) as (_, desk, _password):
        if path is not None:
            noted = overdue_files.export(desk, on, choice, path, draw_apart)
            words = trn(
                "{n} record was written. {id}",
                "{n} records were written. {id}",
                noted.rows,
                id=noted.id,
            )
            put_out(args, noted, words)
            return 0
        found = overdue.overdue(desk, on, choice).first
    document = [
        {
            "id": one.row["id"],
            "kind": one.row["kind"],
            "number": one.row.get("number"),
            "district": one.row["district"],
            "essence": title(one.row),
            "clock": one.clock,
            "body": one.body,
            "due": one.due,
            "late": one.late,
        }
        for one in found
    ]
    put_out(args, document, *map(_line, found))
    return 0


def _line(one: Due) -> str:
    record = KINDS[one.row["kind"]]
    kind = "" if record.kind == "issue" else tr(record.label)
    parts = (spelt(one.due), str(one.late), kind, one.body, title(one.row))
    return " · ".join(part for part in parts if part)
