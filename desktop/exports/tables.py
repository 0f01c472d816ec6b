"""Tables as Excel and CSV, in which a text is nowhere a formula; nobody else writes Excel.

Excel files: texts are texts by their type, and stay so when somebody edits them (quotePrefix).
CSV is of `sync.csv_file`. Both are written piece by piece into the file given, never into the
system's folder for temporary files, where a crash would leave them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from sync.cells import begins_like_a_formula, holdable, in_excel
from sync.csv_file import Cell as Cell
from sync.csv_file import csv_rows
from sync.errors import UserError
from sync.language import mark, tr

MOST_ROWS = 1_048_575  # below the names of the columns, says Excel
STEP = 200  # rows between two words about how far it is
WIDEST, NARROWEST = 60, 10  # characters
SHEET = 31  # characters of its name
SHOWN = {date: "dd.mm.yyyy", datetime: "dd.mm.yyyy hh:mm", time: "hh:mm", str: "@"}
FOOTER = 200  # characters of ours: Excel takes 255 with its own

Tell = Callable[[int, int], object]  # rows done, of how many; may raise, and then nothing is kept


@dataclass(frozen=True)
class Column:
    """`width` in characters of the text that is expected; `digits` that a number has after its sign."""

    label: str
    width: int = 16
    digits: int | None = None


@dataclass
class Table:
    """What is written. `title` names the sheet; `count` is of the rows, as far as it is known."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    count: int
    footer: str = ""  # of each printed page
    mark: str = ""  # the export's id, also among the properties of the file
    cover: Callable[["Written"], Sequence[tuple[str, Cell]]] = lambda _: ()  # told at the end
    means: tuple[int, int, int] | None = None  # columns with mean, lower, upper end, to be drawn


@dataclass
class Written:
    """What became of the rows: told to the cover, and to whoever asked."""

    rows: int = 0
    cut: int = 0  # texts that were longer than a cell


def write_csv(file: IO[bytes], table: Table, tell: Tell) -> Written:
    """Write the table, without its cover. What `tell` raises goes through."""
    written = Written()
    with csv_rows(file) as write:
        write([column.label for column in table.columns])
        for row in _counted(table, written, tell):
            write(row)
    return written


def write_xlsx(file: IO[bytes], table: Table, tell: Tell, beside: Path) -> Written:
    """Write the table and its cover. Sheets are put together in `beside`, a folder.

    Raises UserError for more rows than a sheet has; what `tell` raises goes through.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]  # it has no types
    from openpyxl.packaging.custom import StringProperty  # type: ignore[import-untyped]  # likewise

    written = Written()
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "Dala", holdable(table.title)
    if table.mark:
        book.custom_doc_props.append(StringProperty(name="export", value=table.mark))
    with TemporaryDirectory(prefix=".dala-", dir=beside) as folder, ended(book):
        cover = book.create_sheet(sheet_name(tr("About")))
        sheet = book.create_sheet(sheet_name(table.title))
        _shape(sheet, table)
        begin_sheet(sheet, Path(folder) / "rows.xml")
        sheet.append([head_cell(sheet, column.label) for column in table.columns])
        for row in _counted(table, written, tell):
            sheet.append(
                [
                    _typed(sheet, value, written, column.digits)
                    for value, column in zip(row, table.columns, strict=True)
                ]
            )
        if table.means and written.rows:
            _draw(sheet, table, table.means, written.rows)
        cover.column_dimensions["A"].width = cover.column_dimensions["B"].width = WIDEST
        cover.oddFooter.left.text = footer_words(table)
        begin_sheet(cover, Path(folder) / "cover.xml")
        for name, value in table.cover(written):
            cover.append([head_cell(cover, name), _typed(cover, value, written)])
        book.save(file)
    return written


def sheet_name(text: str) -> str:
    """A name that Excel takes for a sheet."""
    kept = "".join(" " if char in "[]:*?/\\" else char for char in holdable(text))
    return " ".join(kept.split())[:SHEET].strip("'") or "1"


def _counted(table: Table, written: Written, tell: Tell) -> Iterator[Sequence[Cell]]:
    for row in table.rows:
        if written.rows == MOST_ROWS:
            raise UserError(
                mark(
                    "These are more than {most} records, which one table cannot hold. Nothing was "
                    "written. Choose fewer by a filter."
                ),
                most=MOST_ROWS,
            )
        if written.rows % STEP == 0:
            tell(written.rows, table.count)
        yield row
        written.rows += 1


def _typed(sheet: Any, value: Cell, written: Written, digits: int | None = None) -> Any:
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]  # it has no types

    if value is None or value == "":
        return None
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        fixed = f"0.{'0' * digits}".rstrip(".") if digits is not None else "General"
        cell.number_format = SHOWN.get(type(value), fixed)
        return cell
    text, cut = in_excel(value)
    written.cut += cut
    cell = WriteOnlyCell(sheet, "")
    # past the library, which takes = and # for their worth
    cell._value, cell.data_type = text, "s"
    cell.number_format = SHOWN[str]
    cell.quotePrefix = begins_like_a_formula(text)
    return cell


def text_cell(sheet: Any, text: str) -> Any:
    """A text as a cell, whatever it begins with; None for an empty one."""
    return _typed(sheet, text, Written())


def head_cell(sheet: Any, label: str) -> Any:
    """The same as the name of a column."""
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]  # it has no types

    cell = _typed(sheet, label, Written())
    if cell is not None:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _shape(sheet: Any, table: Table) -> None:
    """Names that stay in sight, a filter, widths, a page that is wide rather than high."""
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # it has no types

    sheet.freeze_panes = "A2"
    last = get_column_letter(max(1, len(table.columns)))
    sheet.auto_filter.ref = f"A1:{last}{max(1, min(table.count, MOST_ROWS)) + 1}"
    for number, column in enumerate(table.columns, 1):
        width = max(NARROWEST, min(WIDEST, max(column.width, len(column.label) + 2)))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.left.text = footer_words(table)
    sheet.oddFooter.right.text = "&P / &N"


def footer_words(table: Table) -> str:
    """In footers & begins an order to the printer."""
    return holdable(table.footer).replace("&", "+")[:FOOTER]


def begin_sheet(sheet: Any, path: Path) -> None:
    """Have the library put the sheet together in this file: by itself it takes the system's folder."""
    from openpyxl.worksheet import _writer  # type: ignore[import-untyped]  # it has no types

    _writer.ALL_TEMP_FILES.append(str(path))  # it takes out what it deletes
    sheet._writer = _writer.WorksheetWriter(sheet, out=str(path))
    sheet._writer.write_top()


@contextmanager
def ended(book: Any) -> Iterator[None]:
    """Left by an error, the library would hold its sheets open, and look for them at the end."""
    from openpyxl.worksheet import _writer

    before = list(_writer.ALL_TEMP_FILES)
    try:
        yield
    finally:
        for sheet in book.worksheets:
            if sheet._writer is not None and not sheet.closed:
                sheet.close()
        _writer.ALL_TEMP_FILES[:] = before


def _draw(sheet: Any, table: Table, means: tuple[int, int, int], rows: int) -> None:
    """A chart of Excel's own below the rows: a mark for each mean, a line between its ends."""
    from openpyxl.chart import Reference, StockChart  # type: ignore[import-untyped]  # likewise
    from openpyxl.chart.axis import ChartLines  # type: ignore[import-untyped]  # likewise

    chart = StockChart()
    mean, low, high = means
    for at, symbol in ((high, "dash"), (low, "dash"), (mean, "circle")):
        data = Reference(sheet, min_col=at + 1, min_row=1, max_row=rows + 1)
        chart.add_data(data, titles_from_data=True)
        drawn = chart.series[-1]
        drawn.marker.symbol, drawn.marker.size = symbol, 7
        drawn.graphicalProperties.line.noFill = True
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows + 1))
    chart.hiLowLines = ChartLines()
    chart.title, chart.width, chart.height = None, 30, 12  # cm
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, f"A{rows + 4}")
