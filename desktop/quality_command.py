"""`quality`: which interviews of a table somebody should look at again, and why."""

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.command_line import put_out
from desktop.surveys.quality.call_backs import Agreement, compare, differing, draw
from desktop.surveys.quality.checking import check, not_checked
from desktop.surveys.quality.flag import Flag, ordered, percent
from desktop.surveys.quality.interviews import Interviews
from desktop.surveys.quality.outliers import METHODS, MULTIPLIER, outliers
from desktop.surveys.quality.table import Columns, Table, read_again, read_interviews
from sync.errors import UserError
from sync.language import mark, tr

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

MEASURED = {  # option: what it is of the interviews, and its help
    "minutes": ("minutes", "how long it took; here and below a number or a class: 10-20, <5, 60+"),
    "hasty": ("hasty", "how many questions were answered sooner than they can be read"),
    "hour": ("hours", "the hour of the day, 0 to 23"),
    "gap": ("gaps", "minutes since the interviewer's interview before"),
    "way": ("ways", "minutes that the way from there takes"),
}
CODES = {"dont_know": "dont_know,cannot_say,dk", "refused": "refused", "other": "other"}


def add_quality(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the command. It reads a table and needs no profile."""
    quality = commands.add_parser(
        "quality", parents=[shared], help="which interviews of a table to look at again, and why"
    )
    quality.add_argument("file", type=Path, metavar="DATA.csv")
    quality.add_argument("--interviewer", required=True, metavar="COL", help="name or pseudonym")
    quality.add_argument("--stratum", metavar="COL", help="where people were asked")
    _add_columns(quality, "grid", "questions of one grid")
    for option, (_, help) in MEASURED.items():
        quality.add_argument(f"--{option}", metavar="COL", help=help)
    _add_columns(quality, "exclude", "what is no question")
    _add_columns(quality, "number", "numbers among which outliers are looked for")
    quality.add_argument("--method", choices=METHODS, default="iqr", help="of outliers")
    quality.add_argument("--multiplier", type=_positive, default=MULTIPLIER, metavar="X")
    for kind, words in CODES.items():
        quality.add_argument(
            f"--{kind.replace('_', '-')}", type=_names, default=_names(words), metavar="ANSWER,…"
        )
    quality.add_argument(
        "--draw", action="store_true", help="also draw a tenth of each one's to be asked again"
    )
    quality.add_argument("--again", type=Path, metavar="AGAIN.csv", help="their second answers")
    quality.add_argument("--id", metavar="COL", help="what an interview is called by in both")
    quality.set_defaults(run=_quality)


def _add_columns(parser: argparse.ArgumentParser, name: str, help: str) -> None:
    """An option that names several columns, and may be given again."""
    parser.add_argument(
        f"--{name}", type=_names, action="append", default=[], metavar="COL,COL,…", help=help
    )


def _quality(args: argparse.Namespace) -> int:
    table = _table(args)
    data = table.interviews
    second = read_again(args.again, args.id, table) if args.again else ([], {})
    found = [*check(data), *_outliers(args, data), *differing(data, second[1], second[0])]
    flags = [flag.as_row(table.rows) for flag in ordered(found)]
    missed = [said.words() for said in not_checked(data)]
    document: dict[str, object] = {
        "interviews": len(data),
        "interviewers": len(data.rows_of),
        "left_out": table.left_out,
        "flags": flags,
        "not_checked": missed,
    }
    lines = [f"{one['interviewer']}: {one['text']} {_said(one['rows'])}" for one in flags]
    if not flags:
        lines.append(tr("Nothing to look at again was found."))
    if args.again:
        agreed = compare(data, second[1], second[0])
        document["asked_again"] = agreed
        lines += [_agreement(item, one) for item, one in agreed.items()]
    if args.draw:
        drawn = [table.rows[row] for row in draw(data, random.SystemRandom())]
        document["draw"] = drawn
        lines.append(f"{tr('To be asked again.')} {_said(drawn)}")
    if table.left_out:
        lines.append(tr("Rows without an interviewer, left out: {n}.", n=table.left_out))
    put_out(args, document, *lines, *missed)
    return 0


def _agreement(item: str, one: Agreement) -> str:
    words = tr(
        "“{item}”: asked again, {percent} % of {n} answers were others.",
        item=item,
        percent=percent(one.error_rate, 1),
        n=one.n,
    )
    if one.reliability is None:
        return words
    return f"{words} {tr('Reliability: {number}.', number=round(one.reliability, 2))}"


def _outliers(args: argparse.Namespace, data: Interviews) -> Iterator[Flag]:
    for item in (name for names in args.number for name in names):
        if item not in data.items:
            raise UserError(mark("The table has no column “{name}”."), name=item)
        yield from outliers(data, item, method=args.method, multiplier=args.multiplier)


def _table(args: argparse.Namespace) -> Table:
    if bool(args.gap) != bool(args.way):
        raise UserError(mark("--gap and --way are compared with each other: give both."))
    if bool(args.again) != bool(args.id):
        raise UserError(mark("--again needs --id, and --id is of no use without it."))
    measured = {what: getattr(args, option) for option, (what, _) in MEASURED.items()}
    columns = Columns(
        interviewer=args.interviewer,
        stratum=args.stratum,
        id=args.id,
        measured={what: column for what, column in measured.items() if column},
        grids=args.grid,
        exclude=[name for names in args.exclude for name in names],
    )
    table = read_interviews(args.file, columns, {kind: getattr(args, kind) for kind in CODES})
    if not len(table.interviews):
        raise UserError(mark("The table “{name}” has no interviews."), name=args.file.name)
    return table


def _said(rows: Sequence[int]) -> str:
    """2, 3, 4, 9 → “Rows: 2–4, 9.”"""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    ranges = (str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return tr("Rows: {rows}.", rows=", ".join(ranges))


def _names(text: str) -> list[str]:
    return [name for one in text.split(",") if (name := one.strip())]


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError("a number above zero")
    return number
