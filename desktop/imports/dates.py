"""Days and times as people write them in registers, in three languages and as Excel keeps them."""

import re
from datetime import date, datetime, time, timedelta
from math import isfinite

from sync.errors import UserError
from sync.folding import fold
from sync.language import mark

NO_DAY = mark("“{found}” is no day. Write it as 05.11.2026.")
WHICH = mark("“{found}” may be two days. Write it as 05.11.2026: day, month, year.")
NO_TIME = mark("“{found}” is no time. Write it as 14:30.")
LONGEST = 40  # characters of a day in words

ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?")
DOTTED = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})")
CLOCK = re.compile(r"(\d{1,2})[:.-](\d{2})(?::\d{2})?")
WORD, NUMBER = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")
SERIAL = range(
    20_000, 80_000
)  # days since 1899-12-30, 1954 to 2119: a day that Excel shows as a number
FIRST = date(1899, 12, 30)
MONTHS = tuple(
    tuple(map(fold, names))
    for names in (
        ("қаңтар", "янв", "jan"),
        ("ақпан", "фев", "feb"),
        ("наурыз", "мар", "mar"),
        ("сәуір", "апр", "apr"),
        ("мамыр", "мая", "май", "may"),
        ("маусым", "июн", "jun"),
        ("шілде", "июл", "jul"),
        ("тамыз", "авг", "aug"),
        ("қыркүйек", "сен", "sep"),
        ("қазан", "окт", "oct"),
        ("қараша", "ноя", "nov"),
        ("желтоқсан", "дек", "dec"),
    )
)


def read_day(cell: object) -> date:
    """The day in a cell. Raises UserError where there is none, or more than one could be meant."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if isfinite(cell) and int(cell) in SERIAL:
            return FIRST + timedelta(days=int(cell))
        raise UserError(NO_DAY, found=cell)
    text = " ".join(str(cell).split())
    try:
        return date(*_parts(text))
    except ValueError as wrong:
        raise UserError(NO_DAY, found=text[:LONGEST]) from wrong


def read_time(cell: object) -> time:
    """The time in a cell. Raises UserError where there is none."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 <= cell < 1:  # a part of a day, as Excel reckons
        minutes = round(cell * 24 * 60) % (24 * 60)
        return time(minutes // 60, minutes % 60)
    text = str(cell).strip()
    found = CLOCK.fullmatch(text)
    try:
        if found:
            return time(int(found[1]), int(found[2]))
    except ValueError:
        pass
    raise UserError(NO_TIME, found=text[:LONGEST])


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month, day. Raises ValueError, UserError."""
    if found := ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := DOTTED.fullmatch(text.rstrip(" гж.").rstrip()):
        day, month, year = int(found[1]), int(found[3]), _year(found[4])
        if month > 12 >= day:  # as in America: then 05/11 would be another day than here
            raise UserError(WHICH, found=text)
        return year, month, day
    if len(text) > LONGEST:
        raise ValueError(text)
    return _worded(text)


def _worded(text: str) -> tuple[int, int, int]:
    """«5 қараша 2026», «2026 жылғы 5 қараша», «5 ноября 2026 г.»"""
    months = {at for word in WORD.findall(fold(text)) if (at := _month(word))}
    numbers = NUMBER.findall(text)
    years = [one for one in numbers if len(one) == 4]
    days = [one for one in numbers if len(one) < 3]
    if len(months) != 1 or len(years) != 1 or len(days) != 1:
        raise ValueError(text)
    return int(years[0]), months.pop(), int(days[0])


def _month(word: str) -> int:
    """By the longest name that it begins with: folded, “may” begins as маусым does. 0 for none."""
    begun = (
        (len(name), at)
        for at, names in enumerate(MONTHS, 1)
        for name in names
        if word.startswith(name)
    )
    return max(begun, default=(0, 0))[1]


def _year(digits: str) -> int:
    """Of two digits: registers of our time, not of the last century."""
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
