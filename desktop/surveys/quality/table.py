"""A table of a wave in CSV → the interviews that are checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.surveys.csv_table import read_csv
from desktop.surveys.quality.interviews import Interviews, Span, read_span
from sync.errors import UserError
from sync.language import mark

MEASURED = ("minutes", "hasty", "hours", "gaps", "ways")


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What stands in which column. Those that are not named are questions, but for `exclude`."""

    interviewer: str
    stratum: str | None = None
    id: str | None = None  # what an interview is called by where people are asked again
    measured: Mapping[str, str] = field(default_factory=dict)  # {one of MEASURED: column}
    grids: Sequence[Sequence[str]] = ()
    exclude: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    """The interviews, with the row of each as a spreadsheet counts it, and how many are nobody's."""

    interviews: Interviews
    rows: Sequence[int]
    left_out: int
    ids: Sequence[str] = ()


def read_interviews(path: Path, columns: Columns, codes: Mapping[str, Iterable[str]]) -> Table:
    """`codes` is {dont_know, refused or other: answers that mean it}.

    Rows without an interviewer are left out. Raises UserError at a file that cannot be read, a
    column that is not there, is there twice or is given for two things, and a time that is none.
    """
    heads, lines = read_rows(path)
    _check(heads, columns)
    place = {name: number for number, name in enumerate(heads)}
    found = [(row, cells) for row, cells in lines if _cell(cells, place[columns.interviewer])]

    def column(name: str) -> list[str]:
        return [_cell(cells, place[name]) for _, cells in found]

    taken = {
        columns.interviewer,
        columns.stratum,
        columns.id,
        *columns.measured.values(),
        *columns.exclude,
    }
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
    ids = column(columns.id) if columns.id else []
    return Table(interviews, rows, filled - len(found), ids)


def read_again(path: Path, column: str, first: Table) -> tuple[list[int], dict[str, list[str]]]:
    """Second answers: (places of the interviews in `first`, {question: answers}).

    Raises UserError at what read_interviews refuses, and at an id that `first` does not have once.
    """
    heads, lines = read_rows(path)
    _check(heads, Columns(interviewer=column))
    places = _unique(first.ids, first.rows)
    place = heads.index(column)
    found = [(row, cells) for row, cells in lines if _cell(cells, place)]
    again = _unique([_cell(cells, place) for _, cells in found], [row for row, _ in found])
    for id, number in again.items():
        if id not in places:
            text = mark("Row {row}: no interview of the first table is called “{id}”.")
            raise UserError(text, row=found[number][0], id=id)
    answers = {
        name: [_cell(cells, at) for _, cells in found]
        for at, name in enumerate(heads)
        if name and name != column
    }
    return [places[id] for id in again], answers


def _unique(ids: Sequence[str], rows: Sequence[int]) -> dict[str, int]:
    """{id: place}."""
    found: dict[str, int] = {}
    for place, (id, row) in enumerate(zip(ids, rows, strict=True)):
        if id in found:
            raise UserError(
                mark("Row {row}: “{id}” stands here for the second time."), row=row, id=id
            )
        found[id] = place
    return found


def read_rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings, and (row of a spreadsheet, cells) of what stands below them."""
    lines = list(read_csv(path))
    heads = [cell.strip() for cell in lines[0]] if lines else []
    return heads, list(enumerate(lines[1:], 2))


def _check(heads: Sequence[str], columns: Columns) -> None:
    """Raise UserError where a column cannot be what it was given for."""
    in_grids = [name for grid in columns.grids for name in grid]
    single = [columns.interviewer, columns.stratum, columns.id, *columns.measured.values()]
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
