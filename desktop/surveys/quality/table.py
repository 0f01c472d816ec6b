"""A table of a wave in CSV → the interviews that are checked."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.surveys.quality.interviews import Interviews, Span, read_span
from sync.errors import UserError
from sync.language import mark

MEASURED = ("minutes", "hasty", "hours", "gaps", "ways")


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What stands in which column. Those that are not named are questions, but for `exclude`."""

    interviewer: str
    stratum: str | None = None
    measured: Mapping[str, str] = field(default_factory=dict)  # {one of MEASURED: column}
    grids: Sequence[Sequence[str]] = ()
    exclude: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    """The interviews, with the row of each as a spreadsheet counts it, and how many are nobody's."""

    interviews: Interviews
    rows: Sequence[int]
    left_out: int


def read_interviews(path: Path, columns: Columns, codes: Mapping[str, Iterable[str]]) -> Table:
    """`codes` is {dont_know, refused or other: answers that mean it}.

    Rows without an interviewer are left out. Raises UserError at a file that cannot be read, a
    column that is not there, is there twice or is given for two things, and a time that is none.
    """
    heads, lines = _read(path)
    _check(heads, columns)
    place = {name: number for number, name in enumerate(heads)}
    found = [(row, cells) for row, cells in lines if _cell(cells, place[columns.interviewer])]

    def column(name: str) -> list[str]:
        return [_cell(cells, place[name]) for _, cells in found]

    taken = {columns.interviewer, columns.stratum, *columns.measured.values(), *columns.exclude}
    rows = [row for row, _ in found]
    interviews = Interviews(
        interviewers=column(columns.interviewer),
        items={name: column(name) for name in heads if name and name not in taken},
        grids=columns.grids,
        strata=column(columns.stratum) if columns.stratum else (),
        dont_know=frozenset(codes.get("dont_know", ())),
        refused=frozenset(codes.get("refused", ())),
        other=frozenset(codes.get("other", ())),
        **{what: _spans(column(name), rows) for what, name in columns.measured.items()},
    )
    filled = sum(any(cell.strip() for cell in cells) for _, cells in lines)
    return Table(interviews, rows, filled - len(found))


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings, and (row of a spreadsheet, cells) of what stands below them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            lines = list(csv.reader(opened))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        text = mark("The table “{name}” cannot be read. It must be CSV in UTF-8.")
        raise UserError(text, name=path.name) from wrong
    heads = [cell.strip() for cell in lines[0]] if lines else []
    return heads, list(enumerate(lines[1:], 2))


def _check(heads: Sequence[str], columns: Columns) -> None:
    """Raise UserError where a column cannot be what it was given for."""
    in_grids = [name for grid in columns.grids for name in grid]
    single = [columns.interviewer, columns.stratum, *columns.measured.values()]
    given = [name for name in (*single, *in_grids, *columns.exclude) if name is not None]
    for name in given:
        if name not in heads:
            raise UserError(mark("The table has no column “{name}”."), name=name)
        if given.count(name) > 1:
            raise UserError(mark("The column “{name}” is given for two things."), name=name)
    for name in heads:
        if name and heads.count(name) > 1:
            raise UserError(mark("The column “{column}” appears twice."), column=name)


def _cell(cells: Sequence[str], place: int) -> str:
    """What stands there; a row may be shorter than the headings."""
    return cells[place].strip() if place < len(cells) else ""


def _spans(texts: Sequence[str], rows: Sequence[int]) -> list[Span | None]:
    """Numbers or classes; None where nothing stands."""
    spans = [read_span(text) for text in texts]
    for text, span, row in zip(texts, spans, rows, strict=True):
        if text and span is None:
            raise UserError(
                mark("Row {row}: “{found}” is neither a number nor a class: 10-20, <5 or 60+."),
                row=row,
                found=text,
            )
    return spans
