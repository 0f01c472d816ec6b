"""`calendar show`, `mark` and `take-back`: the working days by which terms are reckoned."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from desktop.actions import calendar_days
from desktop.command_line import opened, put_out
from desktop.deadline_command import day
from sync.vocabulary import choices

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_calendar(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `calendar`. Each verb sets `run`: arguments → exit code, or UserError."""
    added = commands.add_parser("calendar", help="working days, as the coordinator keeps them")
    verbs = added.add_subparsers(required=True, metavar="VERB")
    show = verbs.add_parser(
        "show", parents=[shared], help="the days of a year that are not as in the week"
    )
    show.set_defaults(run=_show)
    show.add_argument("year", type=int, metavar="YEAR")
    mark = verbs.add_parser(
        "mark", parents=[shared], help="write down what a day is, by which act"
    )
    mark.set_defaults(run=_mark)
    mark.add_argument("day", type=day, metavar="DATE")
    mark.add_argument("sort", choices=[one.key for one in choices("calendar_day")])
    mark.add_argument("said", metavar="ACT")
    back = verbs.add_parser(
        "take-back", parents=[shared], help="as it was before that was written"
    )
    back.set_defaults(run=_take_back)
    back.add_argument("day", type=day, metavar="DATE")


def _show(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = calendar_days.read_year(desk, args.year)
    days = [
        {
            "day": one.mark.day,
            "off": one.mark.off,
            "sort": one.mark.sort,
            "words": one.mark.words(),
            "entry": one.entry,
        }
        for one in found.days
    ]
    document = {"year": found.year, "known": found.known, "act": found.act, "days": days}
    put_out(args, document, found.act or "—", *(str(one["words"]) for one in days))
    return 0


def _mark(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        [change] = calendar_days.mark_day(desk, args.day, args.sort, args.said)
    put_out(args, {"id": change.record}, str(change.record))
    return 0


def _take_back(args: argparse.Namespace) -> int:
    asked: date = args.day
    with opened(args) as (_, desk, _password):
        found = calendar_days.read_year(desk, asked.year)
        known = [one.entry for one in found.days if one.mark.day == asked and one.entry]
        if not known and found.whole and asked == date(asked.year, 1, 1):
            known = [found.whole]
        for entry in known:
            calendar_days.take_back(desk, entry)
    put_out(args, {"taken_back": known}, *(str(one) for one in known))
    return 0
