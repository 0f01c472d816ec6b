"""A table in CSV as spreadsheets of any country save it: its characters and what parts its cells.

Excel in Kazakh and Russian parts cells by `;`, since the comma stands in numbers there, and writes
UTF-8 with its mark, UTF-16 (“Unicode text”), or the old code page.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from sync.errors import UserError
from sync.language import mark

SEPARATORS = ",;\t"  # the first where the head has none
OLD = "kz1048"  # cp1251, but with the letters of Kazakh where that has those of others
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DECIMAL = re.compile(r"[+-]?\d+,\d+")
QUOTED = re.compile(r'"[^"]*"')
LINE = re.compile(r"[\r\n]")


def read_csv(path: Path) -> Iterator[list[str]]:
    """The rows with their cells, the head first.

    Where the comma does not part cells, a number that is written with one gets a point. Raises
    UserError at a file that is not there, or is no text.
    """
    try:
        text = decoded(path.read_bytes())
        separator = separator_of(text)
        for cells in csv.reader(StringIO(text, newline=""), delimiter=separator):
            yield cells if separator == "," else [_with_point(cell) for cell in cells]
    except OSError as wrong:
        raise UserError(mark("The file “{name}” cannot be read."), name=path.name) from wrong
    except (UnicodeError, csv.Error) as wrong:
        said = mark("The table “{name}” cannot be read. It must be CSV in UTF-8.")
        raise UserError(said, name=path.name) from wrong


def decoded(content: bytes) -> str:
    """The text of a file in any of the three. Raises UnicodeError where it is none."""
    if content.startswith(WIDE):
        return content.decode("utf-16")
    if b"\0" in content:  # a workbook or a picture; the old code page would take it
        raise UnicodeError("no text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(OLD)


def separator_of(text: str) -> str:
    """What parts the cells of the first line; what stands in quotes there is a cell's own."""
    head = QUOTED.sub("", text[: csv.field_size_limit()]).lstrip("\r\n")
    return max(SEPARATORS, key=LINE.split(head, maxsplit=1)[0].count)


def _with_point(cell: str) -> str:
    return cell.replace(",", ".") if DECIMAL.fullmatch(cell.strip()) else cell
