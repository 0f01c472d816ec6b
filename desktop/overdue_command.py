"""`overdue`: the issues that are late by so many days, with whose answer is awaited."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from desktop.actions import due
from desktop.command_line import opened, put_out
from desktop.deadline_command import day
from sync.working_days import spelt

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_overdue(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `overdue`. It sets `run`: arguments → exit code, or UserError."""
    added = commands.add_parser("overdue", parents=[shared], help="issues that are late")
    added.set_defaults(run=_overdue)
    added.add_argument("--days", type=int, default=1, metavar="N", help="or more; default: 1")
    added.add_argument("--on", type=day, metavar="DATE", help="default: today")


def _overdue(args: argparse.Namespace) -> int:
    on = args.on or date.today()  # noqa: DTZ011  # the day of the place
    with opened(args) as (_, desk, _password):
        found = due.overdue(desk, on, args.days).first
    document = [
        {
            "id": one.row["id"],
            "number": one.row["number"],
            "district": one.row["district"],
            "essence": one.row["essence"],
            "clock": one.clock,
            "body": one.body,
            "due": one.due,
            "late": one.late,
        }
        for one in found
    ]
    lines = [
        " · ".join(part for part in (spelt(one.due), str(one.late), one.body, _said(one)) if part)
        for one in found
    ]
    put_out(args, document, *lines)
    return 0


def _said(one: due.Due) -> str:
    words = (one.row["essence"] or "").strip().splitlines()
    return words[0] if words else str(one.row["id"])
