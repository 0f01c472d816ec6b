"""A report leaves the program: as a table with its passport, or as a paper with its chart.

Noted like every export (decision 35). Figures of few people in one place stay inside (desktop/figures/crowds.py).
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from desktop.actions.exporting import exports
from desktop.actions.figure_words import cells, columns, for_outside, notes
from desktop.actions.figures import Answer
from desktop.actions.leaving import leaving
from desktop.exports.limits import check_rate
from desktop.exports.marks import new_mark
from desktop.exports.tables import Cell, Table, write_csv, write_xlsx
from desktop.exports.training import as_training
from desktop.session import Desk
from sync.change import now
from sync.client import exported
from sync.errors import UserError
from sync.exports import FIGURES, Exported
from sync.language import mark, tr, trn
from sync.person import REGION
from sync.vocabulary import label

Write = Callable[[IO[bytes], str, datetime], int]  # file, id and moment → how many lines


def export(desk: Desk, answer: Answer, path: Path) -> Exported:
    """Write a report to an .xlsx or .csv file; what was noted of it.

    Raises UserError where something is missing, or cannot be written: then nothing was.
    """
    told, ending = for_outside(answer, desk.pack), ending_of(path)
    if ending not in ("xlsx", "csv"):
        raise UserError(mark("The name of the file must end in .xlsx, .csv, .docx or .pdf."))

    def write(file: IO[bytes], id: str, at: datetime) -> int:
        table = _table(desk, told, id, at)
        table = as_training(table) if desk.training else table
        if ending == "csv":
            write_csv(file, table, lambda *_: None)
        else:
            write_xlsx(file, table, lambda *_: None, path.parent)
        return table.count

    return leave(desk, path, answer.report.name, write)


def ending_of(path: Path) -> str:
    """Of a file's name, without its dot."""
    return path.suffix.lower().removeprefix(".")


def leave(desk: Desk, path: Path, name: str, write: Write, kind: str = FIGURES) -> Exported:
    """Have a file of figures, or of another list, written, and note it before it has its name."""
    if not path.parent.is_dir():
        raise UserError(mark("There is no folder {folder}."), folder=path.parent)
    id, at = new_mark(), now()
    check_rate(exports(desk), at)
    with leaving(path) as file:
        rows = write(file, id, at)
        noted = Exported(
            id=id,
            at=at.replace(microsecond=0),
            kind=kind,
            format=ending_of(path),
            rows=rows,
            state=name,
        )
        with desk.store.begin() as session:
            exported.note(session, noted)
    return noted


def passport(desk: Desk, answer: Answer) -> Iterator[tuple[str, str]]:
    """What must be known of a report that lies elsewhere."""
    report = answer.report
    yield tr("Name of the report"), tr(report.label)
    yield tr("What it tells"), tr(report.about)
    yield tr("Period"), answer.question.period.words()
    yield tr("Compared with"), f"{answer.before.words()}; {answer.earlier.words()}"
    yield tr("Territory"), answer.place
    yield tr("Listed by"), tr(answer.grouping.label)
    yield tr("As of"), f"{answer.today:%d.%m.%Y}"
    if answer.left_out:
        words = trn(
            "{n} record that is a duplicate or was rejected",
            "{n} records that are duplicates or were rejected",
            answer.left_out,
        )
        yield tr("Left out"), words
    yield tr("What is counted"), tr("the records that had reached this laptop")


def signed(desk: Desk, id: str, at: datetime) -> Iterator[tuple[str, str]]:
    """Who took it out, and when."""
    yield tr("Exported by"), f"{desk.person.name} ({desk.person.id})"
    yield tr("Role"), label("role", desk.person.role)
    if desk.person.district != REGION:
        yield tr("District"), desk.pack.full_name(desk.person.district)
    yield tr("Exported at"), at.astimezone().strftime("%d.%m.%Y %H:%M")
    yield tr("Export"), id


def footer(desk: Desk, id: str, at: datetime) -> str:
    """Below each page."""
    return f"{desk.person.name} · {at.astimezone():%d.%m.%Y %H:%M} · {id}"


def _table(desk: Desk, answer: Answer, id: str, at: datetime) -> Table:
    lines = [*answer.lines, answer.whole]

    def cover(_: object) -> list[tuple[str, Cell]]:
        said: list[tuple[str, Cell]] = [*passport(desk, answer), *signed(desk, id, at)]
        return said + [(tr("To know"), note) for note in notes(answer)]

    return Table(
        title=tr(answer.report.label),
        columns=columns(answer),
        rows=[cells(answer, line) for line in lines],
        count=len(lines),
        footer=footer(desk, id, at),
        mark=id,
        cover=cover,
    )
