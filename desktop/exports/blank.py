"""An empty table to be filled in: names of columns, what may be written in each, and lists to choose from.

Nothing in it was written by people; what is written into it comes back by desktop.imports.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from desktop.exports.tables import WIDEST, begin_sheet, ended, head_cell, sheet_name, text_cell
from sync.language import mark, tr

ROWS = 2_000  # that a list is offered for
HELP, LISTS = mark("What may be written"), mark("Lists")
COLUMN, MUST, WHAT = mark("Column"), mark("Required"), mark("What may be written there")


@dataclass(frozen=True)
class Blank:
    """One column. `listed` are the words to choose from; `strict` where nothing else is taken."""

    label: str
    what: str
    required: bool = False
    listed: Sequence[str] = ()
    strict: bool = True
    shown: str = "@"  # the format of its cells


def write_blank(file: IO[bytes], title: str, columns: Sequence[Blank], beside: Path) -> None:
    """Write the three sheets. They are put together in `beside`, a folder."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # it has no types

    book = Workbook(write_only=True)
    book.properties.creator = "Dala"
    with TemporaryDirectory(prefix=".dala-", dir=beside) as folder, ended(book):
        table = book.create_sheet(sheet_name(title))
        help_ = book.create_sheet(sheet_name(tr(HELP)))
        lists = book.create_sheet(sheet_name(tr(LISTS)))
        _shape(table, lists.title, columns)
        for name, sheet in (("table", table), ("help", help_), ("lists", lists)):
            if sheet is not table:
                _widen(sheet, len(columns) + 2)
            begin_sheet(sheet, Path(folder) / f"{name}.xml")
        table.append([head_cell(table, _named(one)) for one in columns])
        help_.append([head_cell(help_, tr(words)) for words in (COLUMN, MUST, WHAT)])
        for one in columns:
            must = tr("Yes") if one.required else ""
            help_.append([text_cell(help_, words) for words in (one.label, must, one.what)])
        for row in _list_rows(columns):
            lists.append([text_cell(lists, words) for words in row])
        book.save(file)


def _named(one: Blank) -> str:
    return f"{one.label} *" if one.required else one.label


def _shape(sheet: Any, lists: str, columns: Sequence[Blank]) -> None:
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # it has no types
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    sheet.freeze_panes = "A2"
    place = 0
    for number, one in enumerate(columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(14, min(WIDEST, len(one.label) + 4))
        sheet.column_dimensions[letter].number_format = one.shown
        if not one.listed:
            continue
        place += 1
        source = get_column_letter(place)
        reach = f"'{lists}'!${source}$2:${source}${len(one.listed) + 1}"
        rule = DataValidation(
            type="list",
            formula1=reach,
            allow_blank=True,
            errorStyle="stop" if one.strict else "warning",
            showErrorMessage=True,
        )
        rule.add(f"{letter}2:{letter}{ROWS}")
        sheet.data_validations.append(rule)


def _widen(sheet: Any, columns: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 32


def _list_rows(columns: Sequence[Blank]) -> list[list[str]]:
    """The lists beside each other, their names first."""
    lists = [[one.label, *one.listed] for one in columns if one.listed]
    longest = max(map(len, lists), default=0)
    return [[one[at] if at < len(one) else "" for one in lists] for at in range(longest)]
