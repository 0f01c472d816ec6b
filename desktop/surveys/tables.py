"""A table of answers in CSV → rows to be rated."""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.surveys.ratings import Row
from sync.errors import UserError
from sync.language import mark


@dataclass(frozen=True)
class Table:
    """The rows of a table, and how many of them give no answer: empty, or no number."""

    rows: list[Row]
    empty: int
    no_number: int


def read_table(path: Path, columns: Mapping[str, str | None]) -> Table:
    """`columns` is {field of Row: column of the table}. An answer that is no number is none.

    Raises UserError at a file that cannot be read, a column it lacks or has twice, a weight that
    is no number, and where no row has an answer.
    """
    wanted = {field: column for field, column in columns.items() if column}
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            found = list(_cells(csv.DictReader(opened), wanted))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        text = mark("The table “{name}” cannot be read. It must be CSV in UTF-8.")
        raise UserError(text, name=path.name) from wrong
    rows = [_row(cells, place) for place, cells in enumerate(found, 1)]
    without = [cells["value"] for row, cells in zip(rows, found, strict=True) if row.value is None]
    if len(without) == len(rows):
        raise UserError(mark("The column “{name}” has no numbers."), name=wanted["value"])
    empty = without.count("")
    return Table(rows, empty, len(without) - empty)


def _cells(
    reader: "csv.DictReader[str]", columns: Mapping[str, str]
) -> Iterator[Mapping[str, str]]:
    """Each row as {field of Row: what stands there}."""
    for column in columns.values():
        times = list(reader.fieldnames or ()).count(column)
        if times == 0:
            raise UserError(mark("The table has no column “{name}”."), name=column)
        if times > 1:
            raise UserError(mark("The column “{column}” appears twice."), column=column)
    for cells in reader:
        yield {field: (cells[column] or "").strip() for field, column in columns.items()}


def _row(texts: Mapping[str, str], place: int) -> Row:
    return Row(
        value=_number("value", texts, place),
        weight=_number("weight", texts, place),
        stratum=texts.get("stratum", ""),
        psu=texts.get("psu"),
        fpc=_number("fpc", texts, place),
        domain=texts.get("domain"),
    )


def _number(field: str, texts: Mapping[str, str], row: int) -> float | None:
    if field not in texts:
        return None
    try:
        number = float(texts[field])
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number
    if field == "value":
        return None  # not answered, or "cannot say"
    raise UserError(mark("Row {row}: “{found}” is no number."), row=row, found=texts[field])
