"""Tables in CSV: of answers, of how many people there are, of what is known about areas."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.surveys.csv_table import read_csv
from desktop.surveys.ratings.margins import Margin
from desktop.surveys.ratings.sample import LARGEST, SMALLEST, Row
from sync.errors import UserError
from sync.language import mark


@dataclass(frozen=True)
class Table:
    """The rows of a table, and how many of them give no answer: empty, or no number.

    `waves` says of each row what stands in the column of the waves, if there is one.
    """

    rows: list[Row]
    empty: int
    no_number: int
    waves: list[str]


def read_table(
    path: Path, columns: Mapping[str, str | None], margins: Sequence[str] = ()
) -> Table:
    """`columns` is {field of Row, or "wave": column of the table}, `value` first; `margins` are
    columns, too.

    An answer that is no number is none. Raises UserError at a file that cannot be read, a column
    it lacks or has twice, a weight that is no number, and where no row has an answer.
    """
    wanted = {field: column for field, column in columns.items() if column}
    wave = list(wanted).index("wave") if "wave" in wanted else None
    rows, waves, empty = [], [], 0
    for place, texts in enumerate(_cells(path, [*wanted.values(), *margins]), 1):
        row = _row(dict(zip(wanted, texts, strict=False)), texts[len(wanted) :], place)
        rows.append(row)
        empty += row.value is None and not texts[0]
        if wave is not None:
            waves.append(texts[wave])
    without = sum(row.value is None for row in rows)
    if without == len(rows):
        raise UserError(mark("The column “{name}” has no numbers."), name=wanted["value"])
    return Table(rows, empty, without - empty, waves)


def read_margin(path: Path, column: str) -> Margin:
    """How many people there are, from the columns `value` and `count`.

    Raises UserError at a file that cannot be read, a value that stands there twice, and a count
    that is no number from 0 up.
    """
    counts: dict[str, float] = {}
    for place, (value, found) in enumerate(_cells(path, ["value", "count"]), 1):
        if value in counts:
            text = mark("“{name}”, row {row}: the value “{value}” stands there before.")
            raise UserError(text, name=path.name, row=place, value=value)
        if not 0 <= (count := _as_number(found)) <= LARGEST:
            text = mark("“{name}”, row {row}: “{found}” is no number from 0 up.")
            raise UserError(text, name=path.name, row=place, found=found)
        counts[value] = count if count >= SMALLEST else 0
    if not any(counts.values()):
        raise UserError(mark("The table “{name}” has no counts."), name=path.name)
    return Margin(column, counts)


def read_areas(path: Path) -> dict[str, list[float]]:
    """What is known about areas: the first column names them, the others are numbers.

    Raises UserError at a file that cannot be read, an area that stands there twice, and a text
    where a number must be.
    """
    areas: dict[str, list[float]] = {}
    for place, (name, *texts) in enumerate(_cells(path), 1):
        if name in areas:
            text = mark("“{name}”, row {row}: the value “{value}” stands there before.")
            raise UserError(text, name=path.name, row=place, value=name)
        areas[name] = [_as_number(found) for found in texts]
        if wrong := [
            t for t, number in zip(texts, areas[name], strict=True) if not abs(number) <= LARGEST
        ]:
            raise UserError(mark("Row {row}: “{found}” is no number."), row=place, found=wrong[0])
    return areas


def _cells(path: Path, columns: Sequence[str] | None = None) -> Iterator[tuple[str, ...]]:
    """The texts of these columns, or of all, row by row; empty where a row is too short."""
    reader = read_csv(path)
    names = next(reader, [])
    places = [_place(names, column) for column in columns or names]
    for record in filter(None, reader):
        record += [""] * (len(names) - len(record))
        yield tuple(record[place].strip() for place in places)


def _place(names: Sequence[str], column: str) -> int:
    if column not in names:
        raise UserError(mark("The table has no column “{name}”."), name=column)
    if names.count(column) > 1:
        raise UserError(mark("The column “{column}” appears twice."), column=column)
    return names.index(column)


def _row(texts: Mapping[str, str], cells: tuple[str, ...], place: int) -> Row:
    return Row(
        value=_number("value", texts, place),
        weight=_number("weight", texts, place),
        stratum=texts.get("stratum", ""),
        psu=texts.get("psu"),
        fpc=_number("fpc", texts, place),
        domain=texts.get("domain"),
        cells=cells,
    )


def _number(field: str, texts: Mapping[str, str], row: int) -> float | None:
    if field not in texts:
        return None
    number = _as_number(texts[field])
    if math.isfinite(number):
        return number
    if field == "value":
        return None  # not answered, or "cannot say"
    raise UserError(mark("Row {row}: “{found}” is no number."), row=row, found=texts[field])


def _as_number(text: str) -> float:
    """What a text says as a number; NaN for one that is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan
