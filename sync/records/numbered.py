"""Numbers of the register: 6156-2026-00042, which is district, year and serial.

A kind that has them declares the field by `numbered`. The server gives them: sync.server.numbers.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy.orm import MappedColumn

from sync.language import mark
from sync.records.base import Field, Record, field, fields

NUMBER = re.compile(r"(\d{4})-(\d{4})-([A-Z]?)(\d{5,9})")


class Number(NamedTuple):
    """A number, taken apart. Those with all but the serial in common are a row without gaps."""

    district: str  # the first four digits of its code
    year: int
    series: str  # a letter that tells kinds apart, or none
    serial: int

    def __str__(self) -> str:
        return f"{self.district}-{self.year}-{self.series}{self.serial:05d}"


def numbered(series: str) -> MappedColumn[Any]:
    """The field of a kind's number. `series`: a Latin capital of its own before the serial; issues
    have none. Cyrillic look-alikes find it, too (sync.folding)."""
    return field(mark("Number"), beside=True, given=True, series=series)


@cache
def number_field(record: type[Record]) -> Field | None:
    """The field that holds the number of the register; None of a kind that has none."""
    return next((one for one in fields(record) if one.series is not None), None)


def read_number(text: str) -> Number | None:
    """A number from its text; None where it is none, or nobody would write it so."""
    found = NUMBER.fullmatch(text)
    if found is None:
        return None
    district, year, series, serial = found.groups()
    number = Number(district, int(year), series, int(serial))
    return number if str(number) == text else None


def highest(numbers: Iterable[str]) -> list[str]:
    """Of each row of serials the highest number, in order; texts that are no numbers are left out."""
    rows: dict[tuple[str, int, str], Number] = {}
    for number in filter(None, map(read_number, numbers)):
        rows[number[:3]] = max(number, rows.get(number[:3], number))
    return sorted(map(str, rows.values()))
