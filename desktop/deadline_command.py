"""`deadline`: when an authority's answer is due, with the steps of its reckoning.

Without a profile it takes the calendar of the program; with one, also what its coordinator wrote down.
"""

import argparse
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desktop.command_line import opened, put_out
from sync.local_day import local_day

if TYPE_CHECKING:
    from sync.deadlines import Event, Term

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_deadline(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `deadline`. It sets `run`: arguments → exit code, or UserError."""
    added = commands.add_parser(
        "deadline", parents=[shared], help="when an authority's answer is due, and why"
    )
    added.set_defaults(run=_deadline)
    added.add_argument("--received", type=day, required=True, metavar="DATE", help="by them")
    added.add_argument("--rule", metavar="RULE", help="default: the law of that day")
    longer = added.add_mutually_exclusive_group()
    longer.add_argument("--extended-to", type=day, metavar="DATE")
    longer.add_argument("--extend", action="store_true", help="as far as the law allows")
    added.add_argument("--extended-on", type=day, metavar="DATE", help="the day of that decision")
    added.add_argument("--forwarded", type=day, metavar="DATE", help="to another body")
    added.add_argument("--part", action="store_true", help="a part of it was forwarded")


def day(text: str) -> date:
    """A day, or a moment with its zone, as a day in Kazakhstan."""
    try:
        if len(text) == len("2026-11-29"):
            return date.fromisoformat(text)
        return local_day(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as wrong:
        raise argparse.ArgumentTypeError("write the date as YYYY-MM-DD") from wrong


def _deadline(args: argparse.Namespace) -> int:
    from sync import deadline_rules
    from sync.deadlines import reckon
    from sync.working_days import calendar

    days = calendar()
    if args.profile is not None:  # with what the coordinator wrote down since
        from desktop.actions.terms import read_calendar

        with opened(args) as (_, desk, _password):
            days = read_calendar(desk)
    rule = deadline_rules.rule(args.rule) if args.rule else None
    term = reckon(days, args.received, rule, _events(args))
    put_out(args, as_document(term), *_lines(term))
    return 0


def _events(args: argparse.Namespace) -> "list[Event]":
    from sync.deadlines import Extended, Forwarded

    found: list[Event] = []
    if args.forwarded:
        found.append(Forwarded(args.forwarded, part=args.part))
    if args.extend or args.extended_to:
        # The day of the decision is not known: it is about whoever has the letter now.
        on = args.extended_on or max(args.received, args.forwarded or args.received)
        found.append(Extended(on, args.extended_to, told=args.extended_on is not None))
    return found


def as_document(term: "Term") -> dict[str, Any]:
    """A term for programs: due, and each step with its day, words and source."""
    return {
        "due": term.due,
        "rule": term.rule.key,
        "steps": [
            {
                "step": step.name,
                "date": step.day,
                "text": step.text.words(),
                "source": step.source.words() if step.source else None,
            }
            for step in term.steps
        ],
        "parts": [{"body": body, "due": due} for body, due in term.parts],
        "doubts": [doubt.words() for doubt in term.doubts],
    }


def _lines(term: "Term") -> list[str]:
    from sync.working_days import spelt

    return [
        spelt(term.due),
        *(f"  {step.words()}" for step in term.steps),
        *(f"  ? {doubt.words()}" for doubt in term.doubts),
    ]
