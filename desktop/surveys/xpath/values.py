"""The values of expressions, and how one becomes another (XPath 1.0, 4.2–4.4; ODK: dates).

A number is a float, a day a date, a moment a datetime with its offset. A date compared or
calculated with is the number of days since 1970-01-01; text that reads as a date is taken so too.
"""

import math
import re
from datetime import UTC, date, datetime, time

from desktop.surveys.xpath.nodes import Node

Value = float | str | bool | date | list[Node]  # a datetime is a date, too
BLANKS = " \t\r\n"  # of XML: a no-break space is a letter
EPOCH = date(1970, 1, 1).toordinal()
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)
_SHORT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?", re.ASCII)


def to_text(value: Value) -> str:
    """string()"""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return _number_text(value)
        case str():
            return value
        case datetime():
            return value.isoformat(timespec="milliseconds")
        case date():
            return value.isoformat()
        case _:
            return value[0].value() if value else ""


def to_stored(value: Value) -> str:
    """What a node keeps of a value: as string(), but of what is no number nothing.

    Each engine of the standard has it so: an answer that lacks is not shown as NaN.
    """
    return "" if isinstance(value, float) and math.isnan(value) else to_text(value)


def to_number(value: Value) -> float:
    """number(): NaN for what is neither a number nor a date."""
    match value:
        case bool() | float():
            return float(value)
        case date():
            return days(value)
        case _:
            return _text_number(to_text(value))


def to_boolean(value: Value) -> bool:
    """boolean(): empty text, an empty node set, 0 and NaN are false."""
    match value:
        case float():
            return bool(value) and not math.isnan(value)
        case date():
            return True
        case _:
            return bool(value)


def to_date(value: Value) -> date | None:
    """date() and date-time(): None for what is no date. A number is days since 1970-01-01."""
    if isinstance(value, date):
        return value
    if isinstance(value, float):
        return _from_days(value)
    text = to_text(value).strip()
    if _NUMBER.fullmatch(text):
        return _from_days(float(text))
    if found := _SHORT.fullmatch(text):  # 2025-3-1
        text = "-".join(f"{int(part):02}" for part in found.groups())
    return read_date(text)


def read_date(text: str) -> date | None:
    """An ISO date, or an ISO date with a time → date or datetime; None for all else."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def days(value: date) -> float:
    """Days since 1970-01-01: whole for a date, with the part of the day (UTC) for a moment."""
    if not isinstance(value, datetime):
        return float(value.toordinal() - EPOCH)
    moment = value.astimezone(UTC)
    passed = datetime.combine(date.min, moment.time()) - datetime.combine(date.min, time())
    return moment.toordinal() - EPOCH + passed.total_seconds() / 86_400


def equal(left: Value, right: Value) -> bool:
    """`=` between two values that are no node sets."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float | date) or isinstance(right, float | date):
        return to_number(left) == to_number(right)
    return to_text(left) == to_text(right)


def _from_days(number: float) -> date | None:
    if not math.isfinite(number) or not 1 <= number + EPOCH <= date.max.toordinal():
        return None
    return date.fromordinal(math.floor(number) + EPOCH)


def _text_number(text: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    found = read_date(text.strip())
    return math.nan if found is None else days(found)


def _number_text(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else f"{value:.20f}".rstrip("0")


def remainder(left: float, right: float) -> float:
    """mod: the sign is that of the left side."""
    return math.fmod(left, right)


def nodes_of(value: Value) -> list[Node]:
    """The nodes of a node set; of anything else none, as a path from it leads nowhere."""
    return value if isinstance(value, list) else []
