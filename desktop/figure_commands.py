"""`figures list`, `figures NAME`: the reports of a district and the region, told or as a file.

`report` is the command of sealed reports, another thing.
"""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.actions import figure_papers, figures
from desktop.actions.figure_words import change_words, notes, value_words
from desktop.actions.figures import Answer, Line, Question
from desktop.command_line import opened, put_out
from desktop.deadline_command import day
from desktop.export_commands import free
from desktop.figures.declared import Figure, Report
from desktop.figures.periods import Period, Span, free_period, period_of
from desktop.figures.reports import REPORTS
from desktop.figures.sums import Values, difference
from desktop.papers.drawing import draw_apart
from sync.errors import UserError
from sync.language import mark, tr, trn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

SPANS = [str(one) for one in Span if one is not Span.FREE]


def add_figures(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the commands."""
    parser = commands.add_parser("figures", help="reports: activity, issues, projects …")
    whats = parser.add_subparsers(required=True, metavar="list|REPORT")
    listed = whats.add_parser("list", parents=[shared], help="the reports that there are")
    listed.set_defaults(run=_list)
    for report in REPORTS.values():
        told = whats.add_parser(report.name, parents=[shared], help=report.about)
        told.set_defaults(run=_tell, report=report)
        told.add_argument("--by", choices=[by.name for by in report.by], default=report.by[0].name)
        add_days(told)
        told.add_argument("--place", default="", metavar="KATO", help="a district, okrug, village")
        if report.oldest:
            told.add_argument(
                "--not-for", type=int, metavar="DAYS", help="only places not visited for so long"
            )
        told.add_argument("--to", type=Path, metavar="FILE.(xlsx|csv|docx|pdf)")
        told.add_argument("--replace", action="store_true", help="the file, if it is there")
    _add_districts(whats, shared)


def _add_districts(whats: "Commands", shared: argparse.ArgumentParser) -> None:
    for name, span, help in (
        ("district-week", Span.WEEK, "the weekly report of a district, to be signed"),
        ("district-quarter", Span.QUARTER, "the quarterly report of a district, to be signed"),
    ):
        made = whats.add_parser(name, parents=[shared], help=help)
        made.set_defaults(run=_district, span=span)
        made.add_argument("--on", type=day, metavar="DATE", help="a day of it; default: today")
        made.add_argument("--district", default="", metavar="KATO", help="default: the own one")
        made.add_argument("--to", type=Path, required=True, metavar="FILE.(docx|pdf)")
        made.add_argument("--replace", action="store_true", help="the file, if it is there")


def add_days(parser: argparse.ArgumentParser) -> None:
    """How a period is said: by its days, or as the week, month, quarter or year of a day."""
    parser.add_argument("--period", choices=SPANS, help="of the day --on; default: month")
    parser.add_argument("--on", type=day, metavar="DATE", help="default: today")
    parser.add_argument("--from", type=day, dest="first", metavar="DATE")
    parser.add_argument("--until", type=day, dest="last", metavar="DATE", help="the last day")


def asked_period(args: argparse.Namespace, usual: Span) -> Period:
    """The period that was asked for. Raises UserError where it is none."""
    if (args.first is None) != (args.last is None):
        raise UserError(mark("Say both --from and --until, or neither of them."))
    if args.first is not None:
        return free_period(args.first, args.last)
    return period_of(Span(args.period) if args.period else usual, args.on or today())


def today() -> date:
    """The day of the place."""
    return date.today()  # noqa: DTZ011


def _list(args: argparse.Namespace) -> int:
    document = [
        {
            "name": report.name,
            "label": tr(report.label),
            "about": tr(report.about),
            "by": [by.name for by in report.by],
            "figures": {one.name: tr(one.label) for one in report.figures},
        }
        for report in REPORTS.values()
    ]
    put_out(
        args, document, *(f"{one['name']} · {one['label']} · {one['about']}" for one in document)
    )
    return 0


def _tell(args: argparse.Namespace) -> int:
    path = free(args) if args.to else None
    question = Question(args.report.name, asked_period(args, Span.MONTH), args.by, args.place)
    with opened(args) as (_, desk, _password):
        answer = figures.read_report(desk, question, today())
        if getattr(args, "not_for", None) is not None:
            answer = figures.not_visited(answer, args.not_for)
        if path is not None:
            noted = figure_papers.export(desk, answer, path, draw_apart)
            words = trn(
                "{n} line was written. {id}",
                "{n} lines were written. {id}",
                noted.rows,
                id=noted.id,
            )
            put_out(args, noted, words)
            return 0
    lines = [_words(answer, line) for line in (*answer.lines, answer.whole)]
    put_out(args, _document(answer), *lines, *notes(answer))
    return 0


def _district(args: argparse.Namespace) -> int:
    path, period = free(args), period_of(args.span, args.on or today())
    with opened(args) as (_, desk, _password):
        noted = figure_papers.export_district(
            desk, args.district, period, path, draw_apart, today()
        )
    put_out(args, noted, tr("The report was written. {id}", id=noted.id))
    return 0


def _document(answer: Answer) -> dict[str, Any]:
    return {
        "report": answer.report.name,
        "period": _days(answer.question.period),
        "before": _days(answer.before),
        "year_earlier": _days(answer.earlier),
        "by": answer.grouping.name,
        "place": answer.question.place,
        "lines": [_line(answer.report, line) for line in answer.lines],
        "whole": _line(answer.report, answer.whole),
        "left_out": answer.left_out,
        "notes": list(notes(answer)),
    }


def _days(period: Period) -> dict[str, date]:
    return {"from": period.first, "to": period.last}


def _line(report: Report, line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "name": line.name,
        "figures": line.now,
        "before": _beside(report, line.now, line.before),
        "year_earlier": _beside(report, line.now, line.earlier),
    }


def _beside(report: Report, now: Values, other: Values) -> dict[str, Any]:
    """Figures of another period, each with what became of it since."""
    return {
        one.name: {
            "value": other[one.name],
            "difference": change.by,
            "percent": change.percent,
        }
        for one in report.figures
        if (change := difference(one, now[one.name], other[one.name])) is not None
    }


def _words(answer: Answer, line: Line) -> str:
    return " · ".join([line.name, *(_said(one, line) for one in answer.report.figures)])


def _said(one: Figure, line: Line) -> str:
    now = line.now[one.name]
    said = f"{tr(one.label)} {value_words(one, now)}"
    if difference(one, now, line.before[one.name]) is None:
        return said
    return f"{said} [{change_words(one, now, line.before[one.name])}]"
