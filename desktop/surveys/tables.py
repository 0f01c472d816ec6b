"""A table of answers in CSV → rows to be rated."""

import csv
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop.surveys.ratings import Row
from sync.errors import UserError
from sync.language import mark


def read_rows(path: Path, columns: Mapping[str, str | None]) -> list[Row]:
    """`columns` is {field of Row: column of the table}. An answer that is no number is none.

    Raises UserError at a file that cannot be read, a column it lacks, a weight that is no number.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            return list(_rows(csv.DictReader(opened), _wanted(columns)))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        text = mark("The table “{name}” cannot be read. It must be CSV in UTF-8.")
        raise UserError(text, name=path.name) from wrong


def _wanted(columns: Mapping[str, str | None]) -> dict[str, str]:
    return {field: column for field, column in columns.items() if column}


def _rows(reader: "csv.DictReader[str]", columns: Mapping[str, str]) -> Iterator[Row]:
    for column in columns.values():
        if column not in (reader.fieldnames or ()):
            raise UserError(mark("The table has no column “{name}”."), name=column)
    for place, cells in enumerate(reader, 1):
        texts = {field: (cells[column] or "").strip() for field, column in columns.items()}
        yield Row(
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
