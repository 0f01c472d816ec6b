"""The list of what is late leaves as a table or as a paper, as it was chosen; noted as every export.

No field of a person is in it: what a matter is about, where, who is to answer, and since when.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO

from desktop.actions.due import Due
from desktop.actions.figure_files import ending_of, footer, leave, signed
from desktop.actions.leaving import PRINTER
from desktop.actions.overdue import ISSUE, Choice, Late, overdue
from desktop.actions.terms import ANSWER
from desktop.actions.titles import tag, title
from desktop.exports.marks import NOT_YET
from desktop.exports.pages import Block, Grid, Line, Look, Pages
from desktop.exports.tables import Cell, Column, Table, write_csv, write_xlsx
from desktop.exports.training import as_training, pages_as_training
from desktop.session import Desk
from sync.change import now
from sync.errors import UserError
from sync.exports import OVERDUE, Exported
from sync.language import mark, spoken, tr, trn
from sync.records import KINDS
from sync.records.numbered import number_field

FORMATS = ("xlsx", "csv", "docx", "pdf")
HEADS = (
    (mark("Kind"), 14),
    (mark("No."), 18),
    (mark("What it is about"), 50),
    (mark("District"), 20),
    (mark("Village"), 30),
    (mark("Who is to answer"), 30),
    (mark("Term"), 12),
    (mark("Days late"), 10),
)
WIDTHS = (0.09, 0.11, 0.27, 0.11, 0.14, 0.14, 0.08, 0.06)
ALL_LATE = mark("All that is late")
OUR_TERM = mark("Our control term")
THEIRS = mark("Their answer")

Draw = Callable[[Pages], bytes]


def export(desk: Desk, on: date, choice: Choice, path: Path, draw: Draw) -> Exported:
    """Write what is late on the day `on` to an .xlsx, .csv, .docx or, by `draw`, .pdf file.

    Raises UserError where something is missing, forbidden, or cannot be written: then nothing was.
    """
    ending = ending_of(path)
    if ending not in FORMATS and path != PRINTER:
        raise UserError(mark("The name of the file must end in .xlsx, .csv, .docx or .pdf."))
    late = overdue(desk, on, choice)

    def write(file: IO[bytes], id: str, at: datetime) -> int:
        if ending in ("docx", "pdf") or path == PRINTER:
            _write_paper(file, ending, _lay_out(desk, late, on, choice, id, at), desk, draw)
        else:
            table = _table(desk, late, on, choice, id, at)
            table = as_training(table) if desk.training else table
            if ending == "csv":
                write_csv(file, table, lambda *_: None)
            else:
                write_xlsx(file, table, lambda *_: None, path.parent)
        return late.count

    return leave(desk, path, "", write, OVERDUE)


def look(desk: Desk, on: date, choice: Choice) -> Pages:
    """The list as a paper, as it would be: nothing leaves, so nothing is noted."""
    late = overdue(desk, on, choice)
    return _as_it_leaves(desk, _lay_out(desk, late, on, choice, NOT_YET, now()))


def choice_words(desk: Desk, choice: Choice) -> str:
    """What was chosen, in words."""
    said = [
        trn("{n} day or more", "{n} days or more", choice.days)
        if choice.days > 1
        else tr(ALL_LATE),
        tr(KINDS[choice.kind].label) if choice.kind else "",
        desk.pack.full_name(choice.district) if choice.district else "",
        desk.pack.full_name(choice.village) if choice.village else "",
        choice.body,
    ]
    return " · ".join(part for part in said if part)


def _cells(desk: Desk, one: Due) -> list[Cell]:
    row, record = one.row, KINDS[one.row["kind"]]
    village = row.get("village")
    ours = tr(OUR_TERM) if row["kind"] == ISSUE else ""
    who = one.body or (tr(THEIRS) if one.clock == ANSWER else ours)
    return [
        tr(record.label),
        tag(row) if number_field(record) else "",
        title(row),
        desk.pack.full_name(row["district"]),
        desk.pack.full_name(village) if village else "",
        who,
        one.due,
        one.late,
    ]


def _table(desk: Desk, late: Late, on: date, choice: Choice, id: str, at: datetime) -> Table:
    def cover(_: object) -> list[tuple[str, Cell]]:
        return [*_about(desk, late, on, choice), *signed(desk, id, at)]

    return Table(
        title=tr(ALL_LATE),
        columns=[Column(tr(words), width) for words, width in HEADS],
        rows=[_cells(desk, one) for one in late.first],
        count=late.count,
        footer=footer(desk, id, at),
        mark=id,
        cover=cover,
    )


def _about(desk: Desk, late: Late, on: date, choice: Choice) -> Iterator[tuple[str, str]]:
    yield tr("Filter"), choice_words(desk, choice)
    yield tr("As of"), f"{on:%d.%m.%Y}"
    yield tr("Rows"), str(late.count)


def _lay_out(desk: Desk, late: Late, on: date, choice: Choice, id: str, at: datetime) -> Pages:
    blocks: Sequence[Block] = [
        Line(tr(ALL_LATE), Look.TITLE, middle=True),
        Line(f"{choice_words(desk, choice)} · {on:%d.%m.%Y}", Look.LEAD, middle=True),
        Grid(
            tuple(tr(words) for words, _ in HEADS),
            tuple(tuple(_said(cell) for cell in _cells(desk, one)) for one in late.first),
            WIDTHS,
        ),
        Line(tr("About this list"), Look.HEADING),
        Grid((), (*_about(desk, late, on, choice), *signed(desk, id, at)), (0.3, 0.7), named=True),
    ]
    return Pages(tr(ALL_LATE), spoken(), tuple(blocks), footer(desk, id, at), id, wide=True)


def _said(cell: Cell) -> str:
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else "" if cell is None else str(cell)


def _as_it_leaves(desk: Desk, pages: Pages) -> Pages:
    return pages_as_training(pages) if desk.training else pages


def _write_paper(file: IO[bytes], ending: str, pages: Pages, desk: Desk, draw: Draw) -> None:
    from desktop.exports.word_pages import write_docx  # here: a table does not need it

    pages = _as_it_leaves(desk, pages)
    if ending == "docx":
        write_docx(file, pages)
    else:
        file.write(draw(pages))
