"""The sheets of a table in Excel or CSV, row by row. What the file is, its content tells.

A cell is a text, a number, a day, or what else Excel keeps in it; of a formula what it came to when
it was saved. What is larger than any register, or made to be, is refused before it is read.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from desktop.files import read_whole
from desktop.surveys.csv_table import read_csv
from desktop.surveys.file_kinds import sniff
from sync.cells import out_of_csv
from sync.errors import UserError
from sync.language import mark

LARGEST = 16 * 1024 * 1024  # bytes of a file
MOST_ROWS, MOST_COLUMNS = 20_000, 100
MOST_LINES = 100_000  # of a sheet, the empty ones too
MOST_CELLS = 1_000_000  # that are filled

NO_FILE = mark("The file “{name}” cannot be read. Look whether it is there, and not too large.")
NO_TABLE = mark(
    "“{name}” is no table in Excel (.xlsx) or CSV, or it is damaged or locked by a password. Save it "
    "as .xlsx or .csv without a password. Nothing was written."
)
TOO_MANY = mark(
    "“{name}” has more than {most} rows. Delete empty rows below the table, or part it into several "
    "files. Nothing was written."
)
TOO_LARGE = mark(
    "“{name}” holds more than a table of records can. Keep one table in the file, without pictures. "
    "Nothing was written."
)
UNRECKONED = mark(
    "“{name}” has formulas whose results were never saved, so their cells would come empty. Open it in "
    "Excel or LibreOffice, save it there, and import it again. Nothing was written."
)
OTHER_SHEET = mark("There is no sheet “{sheet}” in “{name}”. It has: {sheets}.")

# a formula without what it came to; one that came to an empty text says that it is a text
EMPTY_FORMULA = re.compile(
    rb'<c(?![^>]*t="str")[^>]*><f[^>]*(/>|>[^<]*</f>)(<v\s*/>|<v></v>)?</c>'
)

Cell = str | int | float | bool | date | datetime | time | None
LARGE = ("too_large", "too_many_cells", "entities")  # of what `sniff` says


@dataclass(frozen=True)
class Sheet:
    """`rows` are {number of the row as the spreadsheet counts: its cells}, empty ones left out."""

    title: str
    rows: Mapping[int, list[Cell]] = field(default_factory=dict)


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets that have anything in them. Raises UserError where the file is none, or too large."""
    try:
        content = read_whole(path, LARGEST)
    except OSError as wrong:
        raise UserError(NO_FILE, name=path.name) from wrong
    kind, wrong_code = sniff(content, MOST_CELLS) if content.startswith(b"PK") else ("", "")
    if wrong_code in LARGE:
        raise UserError(TOO_LARGE, name=path.name)
    if kind == ".xlsx":
        if _lacks_results(content):
            raise UserError(UNRECKONED, name=path.name)
        return _of_workbook(content, path.name)
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise UserError(NO_TABLE, name=path.name)
    rows: dict[int, list[Cell]] = {}
    for at, cells in enumerate(read_csv(path), 1):
        _put(rows, at, [out_of_csv(cell) for cell in cells], path.name)
    return [Sheet(path.name, rows)] if rows else []


def _lacks_results(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return any(
            EMPTY_FORMULA.search(archive.read(part))
            for part in archive.infolist()
            if part.filename.startswith("xl/worksheets/sheet")
        )


def _of_workbook(content: bytes, name: str) -> list[Sheet]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # it has no types

    found: list[Sheet] = []
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what it says of its size need not be so
                rows: dict[int, list[Cell]] = {}
                lines: Any = sheet.iter_rows(values_only=True)
                for at, cells in enumerate(lines, 1):
                    _put(rows, at, list(cells), name)
                if rows:
                    found.append(Sheet(sheet.title, rows))
        finally:
            book.close()
    except UserError:
        raise
    except Exception as wrong:  # a damaged file makes the library fail anyhow
        raise UserError(NO_TABLE, name=name) from wrong
    return found


def _put(rows: dict[int, list[Cell]], at: int, cells: list[Cell], name: str) -> None:
    if at > MOST_LINES:
        raise UserError(TOO_MANY, name=name, most=MOST_ROWS)
    tidied = [_tidied(cell) for cell in cells[:MOST_COLUMNS]]
    while tidied and tidied[-1] is None:
        tidied.pop()
    if tidied:
        if len(rows) > MOST_ROWS:
            raise UserError(TOO_MANY, name=name, most=MOST_ROWS)
        rows[at] = tidied


def _tidied(cell: Cell) -> Cell:
    """Texts without spaces around them; what is empty is nothing."""
    if isinstance(cell, str):
        return cell.replace("\0", "").strip() or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell if isinstance(cell, int | float | date | datetime | time) else None
