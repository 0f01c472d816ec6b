"""A table as CSV: the only module that writes one, so that a text is nowhere a formula.

UTF-8 with its mark, for Excel in Kazakh and Russian separates by `;` and takes other bytes for its
old code page. It is written piece by piece into the file given.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import IO

from sync.cells import in_csv

Cell = str | int | float | date | time | datetime | None  # moments are of the place, no zone


@contextmanager
def csv_rows(file: IO[bytes]) -> Iterator[Callable[[Sequence[Cell]], object]]:
    """Gives what writes one row; the names of the columns are the first. `file` stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        # all in quotes: as Excel leaves texts alone, whatever they hold
        writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        yield lambda row: writer.writerow([_as_text(value) for value in row])
        text.flush()
    finally:
        text.detach()  # the file is closed by who opened it


def _as_text(value: Cell) -> str:
    """A cell of CSV, as spreadsheets of all languages read it."""
    if isinstance(value, str):
        return in_csv(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return "" if value is None else str(value)
