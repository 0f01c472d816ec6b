"""The rows of a table that did not come, as a table of their own, with what is wrong in each."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.actions.importing import Checked
from desktop.exports.tables import Cell, Column, Table, Written, write_xlsx
from desktop.files import writing
from desktop.imports.rows import RowRead
from desktop.session import Desk
from sync.change import now
from sync.errors import UserError
from sync.language import mark, tr
from sync.records import KINDS

REASONS = mark("What is wrong")
ALIKE = mark(
    "A record like this is there already. If it is another one, import the table with those, too."
)
ENDING = mark("The name of the file must end in .xlsx.")
WIDTH = 60


def write_wrong(desk: Desk, found: Checked, path: Path) -> int:
    """Write them to an .xlsx that can be mended and imported again; how many there are.

    Raises UserError where the disk does not take it.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError(ENDING)
    rows = sorted([*found.wrong, *found.alike], key=lambda row: row.at)
    heads = found.headed.heads
    table = Table(
        title=tr(KINDS[found.wanted.kind].label),
        columns=[*(Column(head.said) for head in heads), Column(tr(REASONS), WIDTH)],
        rows=_cells(rows, [head.at for head in heads]),
        count=len(rows),
        cover=lambda written: _cover(desk, found, written),
    )
    with writing(path) as file:
        write_xlsx(file, table, lambda *_: None, path.parent)
    return len(rows)


def why(row: RowRead) -> str:
    """All that is wrong with a row, in one cell."""
    told = [
        ": ".join(filter(None, (one.column, str(one.text)))) for one in row.messages if one.stops
    ]
    return "\n".join(told) or tr(ALIKE)


def _cells(rows: Sequence[RowRead], places: Sequence[int]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [*(row.cells[at] if at < len(row.cells) else None for at in places), why(row)]


def _cover(desk: Desk, found: Checked, written: Written) -> list[tuple[str, Cell]]:
    return [
        (tr("Records"), tr(KINDS[found.wanted.kind].label)),
        (tr("File"), found.wanted.path.name),
        (tr("Rows that did not come"), written.rows),
        (tr("Looked through by"), f"{desk.person.name} ({desk.person.id})"),
        (
            tr("Looked through on"),
            now().astimezone().replace(tzinfo=None, second=0, microsecond=0),
        ),
    ]
