"""`quality`: which interviews somebody should look at again, and why: of a table, or of an own wave.

A table has rows; of an own wave there are counts alone, told by laptops under pseudonyms.
"""

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from desktop.actions import asked_anew, quality
from desktop.command_line import opened, put_out
from desktop.surveys.quality.call_backs import Agreement, compare, differing, draw
from desktop.surveys.quality.checking import check, not_checked
from desktop.surveys.quality.flag import Flag, ordered, percent
from desktop.surveys.quality.interviews import Interviews
from desktop.surveys.quality.outliers import METHODS, MULTIPLIER, outliers
from desktop.surveys.quality.signs import CODES as SILENT
from desktop.surveys.quality.table import Columns, Table, read_again, read_interviews
from sync.errors import Offline, Refused, UserError
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
CODES = {kind: ",".join(words) for kind, words in SILENT.items()}
NOTHING = mark("Nothing to look at again was found.")


def add_quality(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the command. Over a table it needs no profile."""
    adding = commands.add_parser(
        "quality", parents=[shared], help="which interviews to look at again, and why"
    )
    adding.add_argument("file", type=Path, nargs="?", metavar="DATA.csv")
    adding.add_argument("--wave", type=UUID, metavar="ID", help="an own wave, in place of a table")
    adding.add_argument(
        "--again-wave", type=UUID, metavar="ID", help="with --wave: the one that asked anew"
    )
    adding.add_argument("--interviewer", metavar="COL", help="name or pseudonym")
    adding.add_argument("--stratum", metavar="COL", help="where people were asked")
    _add_columns(adding, "grid", "questions of one grid")
    for option, (_, help) in MEASURED.items():
        adding.add_argument(f"--{option}", metavar="COL", help=help)
    _add_columns(adding, "exclude", "what is no question")
    _add_columns(adding, "number", "numbers among which outliers are looked for")
    adding.add_argument("--method", choices=METHODS, default="iqr", help="of outliers")
    adding.add_argument("--multiplier", type=_positive, default=MULTIPLIER, metavar="X")
    for kind, words in CODES.items():
        adding.add_argument(
            f"--{kind.replace('_', '-')}", type=_names, default=_names(words), metavar="ANSWER,…"
        )
    adding.add_argument(
        "--draw",
        action="store_true",
        help="also draw who is asked again: a tenth of each one's, or of the okrugs of a wave",
    )
    adding.add_argument("--again", type=Path, metavar="AGAIN.csv", help="their second answers")
    adding.add_argument("--id", metavar="COL", help="what an interview is called by in both")
    adding.set_defaults(run=_quality)


def _add_columns(parser: argparse.ArgumentParser, name: str, help: str) -> None:
    """An option that names several columns, and may be given again."""
    parser.add_argument(
        f"--{name}", type=_names, action="append", default=[], metavar="COL,COL,…", help=help
    )


def _quality(args: argparse.Namespace) -> int:
    if (args.file is None) == (args.wave is None):
        raise UserError(mark("Give a table, or --wave and the id of an own survey."))
    return _table_checked(args) if args.wave is None else _wave_checked(args)


def _wave_checked(args: argparse.Namespace) -> int:
    """The server is asked where it is reached; else it is what it told last."""
    with opened(args) as (_, desk, _password):
        with suppress(Offline, Refused):
            quality.ask(desk)
        found = quality.look(desk, args.wave)
        drawn = asked_anew.draw_places(desk, args.wave) if args.draw else []
        apart = (
            asked_anew.compare_places(desk, args.wave, args.again_wave) if args.again_wave else []
        )
    lines = [f"{one.district} · {one.number}: {one.text}" for one in found.flags]
    nothing = [] if lines or not found.pseudonyms else [tr(NOTHING)]
    anew = [tr("To be asked anew by others: {place}, {n} people.", place=p, n=n) for p, n in drawn]
    lines += [f"{place}: {text}" for place, text in apart]
    document = {**msgspec.to_builtins(found), "draw": drawn, "apart": apart}
    put_out(args, document, found.told, *lines, *nothing, *found.said, *anew)
    return 0


def _table_checked(args: argparse.Namespace) -> int:
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
        lines.append(tr(NOTHING))
    if args.again:
        agreed = compare(data, second[1], second[0])
        document["asked_again"] = agreed
        lines += [_agreement(item, one) for item, one in agreed.items()]
    if args.draw:
        drawn = [table.rows[row] for row in draw(data, random.SystemRandom())]
        document["draw"] = drawn
        lines.append(tr("To be asked again.") + " " + _said(drawn))
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
    return words + " " + tr("Reliability: {number}.", number=round(one.reliability, 2))


def _outliers(args: argparse.Namespace, data: Interviews) -> Iterator[Flag]:
    for item in (name for names in args.number for name in names):
        if item not in data.items:
            raise UserError(mark("The table has no column “{name}”."), name=item)
        yield from outliers(data, item, method=args.method, multiplier=args.multiplier)


def _table(args: argparse.Namespace) -> Table:
    if not args.interviewer:
        raise UserError(mark("--interviewer names the column that says who asked."))
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
