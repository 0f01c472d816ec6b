"""The cells of a table in Excel or CSV as texts, row by row. What the file is, its content tells."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from desktop.files import read_whole
from desktop.surveys.csv_table import read_csv
from desktop.surveys.file_kinds import sniff
from sync.cells import out_of_csv
from sync.errors import UserError
from sync.language import mark

LARGEST = 4 * 1024 * 1024  # bytes of a file
MOST_ROWS, MOST_COLUMNS = 20_000, 50

NO_FILE = mark("The file “{name}” cannot be read. Look whether it is there, and not too large.")
NO_TABLE = mark(
    "“{name}” is no table in Excel (.xlsx) or CSV, or it is damaged or locked by a password. Save it "
    "as .xlsx or .csv without a password."
)
TOO_MANY = mark("“{name}” has more than {most} rows. Keep only districts and groups of people.")


@dataclass(frozen=True)
class Grid:
    """A sheet; `rows` are {number of the row as the spreadsheet counts: its cells}, empty ones left out."""

    sheet: str | None
    rows: dict[int, list[str]]


def read_grid(path: Path) -> Grid:
    """The first sheet that has anything in it. Raises UserError where there is none."""
    try:
        content = read_whole(path, LARGEST)
    except OSError as wrong:
        raise UserError(NO_FILE, name=path.name) from wrong
    if content.startswith(b"PK\x03\x04"):
        return _of_workbook(content, path.name)
    grid = Grid(None, {})
    for at, cells in enumerate(read_csv(path), 1):
        _put(grid, at, [out_of_csv(cell) for cell in cells], path.name)
    return grid


def _of_workbook(content: bytes, name: str) -> Grid:
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # it has no types

    if sniff(content)[0] != ".xlsx":  # too large when unpacked, or with entities, or no workbook
        raise UserError(NO_TABLE, name=name)
    found = Grid(None, {})
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                found = Grid(sheet.title, {})
                for at, cells in enumerate(
                    sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1
                ):
                    _put(found, at, [_text(cell) for cell in cells], name)
                if found.rows:
                    break
        finally:
            book.close()
    except UserError:
        raise
    except Exception as wrong:  # a damaged file makes the library fail anyhow
        raise UserError(NO_TABLE, name=name) from wrong
    return found


def _put(grid: Grid, at: int, cells: list[str], name: str) -> None:
    texts = [" ".join(cell.split()) for cell in cells[:MOST_COLUMNS]]
    if any(texts):
        if len(grid.rows) > MOST_ROWS:
            raise UserError(TOO_MANY, name=name, most=MOST_ROWS)
        grid.rows[at] = texts


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
