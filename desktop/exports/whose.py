"""A file that was found → the marks of exports in it: those that are written, and those of seconds.

The file is from anybody. It is read cell by cell, within limits; nothing in it is run.
"""

import csv
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from desktop.exports.marks import mark_of, marks_in
from desktop.files import read_whole
from sync.errors import UserError
from sync.language import mark

DOCUMENT = "word/document.xml"  # of a Word file: it has no cells, its id is in its texts
LARGEST = 2**29  # bytes of a workbook when it is unpacked
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)|"
                    r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)")  # fmt: skip
ENCODINGS = ("utf-8-sig", "utf-16", "cp1251")  # as Excel and LibreOffice save CSV again


@dataclass(frozen=True)
class Found:
    """Ids of exports, spelled. Those of seconds may have ? for letters that are not told."""

    written: frozenset[str]
    seconds: frozenset[str]


def marks_of_file(path: Path) -> Found:
    """Look through an Excel, Word or CSV file. Raises UserError where it is neither, or cannot be read."""
    try:
        content = read_whole(path, LARGEST)
        if zipfile.is_zipfile(BytesIO(content)):
            texts, columns = _of_workbook(content)
        else:
            texts, columns = _of_text(content)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, SyntaxError) as error:
        raise UserError(
            mark("{name} cannot be read: it is no Excel, Word or CSV file, or it is damaged."),
            name=path.name,
        ) from error
    seconds = (mark_of(column) for column in columns.values())
    return Found(
        frozenset(found for text in texts for found in marks_in(text)),
        frozenset(found for found in seconds if found is not None),
    )


Columns = dict[tuple[str, int], list[datetime]]  # by sheet and place


def _of_workbook(content: bytes) -> tuple[list[str], Columns]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # it has no types

    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [one for one in archive.infolist() if one.filename.endswith(".xml")]
        if sum(one.file_size for one in parts) > LARGEST:
            raise ValueError("too large")
        texts = [archive.read(one).decode("utf-8", "replace") for one in parts]
    columns: Columns = defaultdict(list)
    if any(one.filename == DOCUMENT for one in parts):
        return texts, columns
    book = load_workbook(BytesIO(content), read_only=True)
    try:
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                _gather(columns, sheet.title, row)
    finally:
        book.close()
    return texts, columns


def _of_text(content: bytes) -> tuple[list[str], Columns]:
    text = next(filter(None, (_decoded(content, one) for one in ENCODINGS)), "")
    if not text:
        raise ValueError("no text")
    columns: Columns = defaultdict(list)
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
        _gather(columns, "", row)
    return [text], columns


def _gather(columns: Columns, sheet: str, row: Iterable[Any]) -> None:
    for place, value in enumerate(row):
        for at in _moments(value):
            columns[sheet, place].append(at)


def _moments(value: Any) -> Iterator[datetime]:
    if isinstance(value, datetime):
        yield value.replace(tzinfo=None)
    elif isinstance(value, str) and (found := MOMENT.fullmatch(value.strip().lstrip("'"))):
        iso, dotted = found.groups()[:6], found.groups()[6:]
        year, month, day, *rest = iso if iso[0] else (dotted[2], dotted[1], dotted[0], *dotted[3:])
        with suppress(ValueError):
            yield datetime.fromisoformat(f"{year}-{month}-{day} {':'.join(rest)}")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return ""
