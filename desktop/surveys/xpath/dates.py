"""Functions of dates and times. Months and days have the names of the form's language."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.table import eager
from desktop.surveys.xpath.values import Value, days, to_date, to_text
from sync.language import mark, tr

MONTHS = (
    *(mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun")),
    *(mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec")),
)
WEEKDAYS = (
    *(mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun")),
)


@eager("today", 0)
def _today(context: Context) -> Value:
    return context.world.now.date()


@eager("now", 0)
def _now(context: Context) -> Value:
    return context.world.now


@eager("date", 1)
def _date(context: Context, value: Value) -> Value:
    """The day; of a moment, the day it falls on there. Empty for what is no date."""
    found = to_date(value)
    if isinstance(found, datetime):
        return _zoned(context, found).date()
    return "" if found is None else found


@eager("date-time", 1)
def _date_time(context: Context, value: Value) -> Value:
    """The moment; of a day that day, as all engines have it. Empty for what is no date."""
    found = to_date(value)
    if found is not None and isinstance(value, float) and value % 1:
        midnight = datetime.combine(found, time(), UTC)
        return _zoned(context, midnight + timedelta(days=value % 1))
    if isinstance(found, datetime):
        return _zoned(context, found)
    return "" if found is None else found


@eager("decimal-date-time", 1)
def _decimal_date_time(context: Context, value: Value) -> Value:
    """Days since 1970-01-01 00:00 UTC; a date counts from its midnight as whole days."""
    found = to_date(value)
    if found is None:
        return float("nan")
    return days(_zoned(context, found) if isinstance(found, datetime) else found)


@eager("decimal-time", 1)
def _decimal_time(context: Context, value: Value) -> Value:
    """The part of the day that has passed: 0.5 at noon."""
    text = to_text(value)
    try:
        found = time.fromisoformat(text)
        if found.tzinfo is not None:
            today = datetime.combine(context.world.now.date(), found)
            found = today.astimezone(context.world.now.tzinfo).time()
    except ValueError:
        moment = to_date(value)
        if moment is None:
            return float("nan")
        found = _zoned(context, moment).time()
    passed = timedelta(
        hours=found.hour,
        minutes=found.minute,
        seconds=found.second,
        microseconds=found.microsecond,
    )
    return passed / timedelta(days=1)


@eager("format-date", 2)
def _format_date(context: Context, value: Value, layout: Value) -> Value:
    return _shown(context, value, layout)


@eager("format-date-time", 2)
def _format_date_time(context: Context, value: Value, layout: Value) -> Value:
    return _shown(context, value, layout)


Sign = Callable[[datetime, str], str]

SIGNS: dict[str, Sign] = {
    "%": lambda moment, language: "%",
    "Y": lambda moment, language: f"{moment.year:04}",
    "y": lambda moment, language: f"{moment.year % 100:02}",
    "m": lambda moment, language: f"{moment.month:02}",
    "n": lambda moment, language: str(moment.month),
    "b": lambda moment, language: tr(MONTHS[moment.month - 1], language),
    "d": lambda moment, language: f"{moment.day:02}",
    "e": lambda moment, language: str(moment.day),
    "a": lambda moment, language: tr(WEEKDAYS[moment.weekday()], language),
    "H": lambda moment, language: f"{moment.hour:02}",
    "h": lambda moment, language: str(moment.hour),
    "M": lambda moment, language: f"{moment.minute:02}",
    "S": lambda moment, language: f"{moment.second:02}",
    "3": lambda moment, language: f"{moment.microsecond // 1000:03}",
}


def _shown(context: Context, value: Value, layout: Value) -> str:
    found = to_date(value)
    if found is None:
        return ""
    moment, letters, shown = _zoned(context, found), iter(to_text(layout)), ""
    for letter in letters:
        if letter != "%":
            shown += letter
            continue
        sign = next(letters, "")
        if sign not in SIGNS:
            raise XPathError(mark("The date sign “%{sign}” is not known."), sign=sign)
        shown += SIGNS[sign](moment, context.world.language)
    return shown


def _zoned(context: Context, value: date) -> datetime:
    """A moment in the zone of the one who asks; what has no zone is there already."""
    zone = context.world.now.tzinfo
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), zone)
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)
