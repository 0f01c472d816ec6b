"""The days that a report tells of, and the days it is compared with."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sync.deadline_rules import months_later
from sync.errors import UserError
from sync.language import mark, tr

FIRST_YEAR, LAST_YEAR = 1990, 2099
DAYS_APART, WEEKS_APART = 14, 93  # longest periods that are told by days, and by weeks


class Span(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FREE = "free"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


class Unit(StrEnum):
    """By what a period is told in time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Period:
    """Both days belong to it."""

    first: date
    last: date
    span: Span = Span.FREE

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> Unit:
        """By what it is told in time: some dozen steps are read at one glance."""
        if self.days <= DAYS_APART:
            return Unit.DAY
        return Unit.WEEK if self.days <= WEEKS_APART else Unit.MONTH

    def steps(self, unit: Unit) -> list[date]:
        """The first days of its steps in time; a week or month that began earlier counts."""
        if unit is Unit.DAY:
            return [self.first + timedelta(n) for n in range(self.days)]
        if unit is Unit.WEEK:
            monday = self.first - timedelta(self.first.weekday())
            return [monday + timedelta(7 * n) for n in range((self.last - monday).days // 7 + 1)]
        first, steps = self.first.replace(day=1), []
        while first <= self.last:
            steps.append(first)
            first = months_later(first, 1)
        return steps

    def words(self) -> str:
        """«05.01.2026 – 11.01.2026», a quarter and a year by their names."""
        if self.span is Span.YEAR:
            return tr("{year}", year=self.first.year)
        if self.span is Span.QUARTER:
            number = (self.first.month + 2) // 3
            return tr("quarter {n} of {year}", n=number, year=self.first.year)
        return f"{self.first:%d.%m.%Y} – {self.last:%d.%m.%Y}"


def period_of(span: Span, day: date) -> Period:
    """The week, month, quarter or year that a day lies in; of a free one, the day itself."""
    if span is Span.WEEK:
        monday = day - timedelta(day.weekday())
        return Period(monday, monday + timedelta(6), span)
    if span is Span.FREE:
        return Period(day, day, span)
    months = MONTHS[span]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, months_later(first, months) - timedelta(1), span)


def free_period(first: date, last: date) -> Period:
    """From one day to another. Raises UserError where these are no period."""
    if last < first:
        raise UserError(mark("The last day is before the first one. Choose a later last day."))
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise UserError(
            mark("Choose days between {first} and {last}."), first=FIRST_YEAR, last=LAST_YEAR
        )
    return Period(first, last)


def before(period: Period) -> Period:
    """As long a one, that ends the day before."""
    day = period.first - timedelta(1)
    if period.span is Span.FREE:
        return Period(day - timedelta(period.days - 1), day)
    return period_of(period.span, day)


def year_earlier(period: Period) -> Period:
    """The same days of the year before; of a week, the week that has its number in the year."""
    if period.span is Span.WEEK:
        first = period.first - timedelta(52 * 7)
        return Period(first, first + timedelta(6), Span.WEEK)
    last = months_later(period.last, -12)
    if period.span in MONTHS:  # February has its last day in each year
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return Period(months_later(period.first, -12), last, period.span)


def as_far(other: Period, period: Period, today: date) -> Period:
    """Another period as far as this one has come, while it runs: half a year is not set beside a
    whole one."""
    if not period.first <= today < period.last:
        return other
    last = other.first + (today - period.first)
    return Period(other.first, min(last, other.last))


def next_one(period: Period, steps: int) -> Period:
    """So many periods later; before nought: earlier."""
    if period.span is Span.FREE:
        away = timedelta(period.days * steps)
        return Period(period.first + away, period.last + away)
    if period.span is Span.WEEK:
        return period_of(period.span, period.first + timedelta(7 * steps))
    return period_of(period.span, months_later(period.first, MONTHS[period.span] * steps))


def step_words(period: Period, day: date) -> str:
    """The name of a step of a period that begins on this day."""
    if period.unit is Unit.MONTH:
        return f"{day:%m.%Y}"
    if period.unit is Unit.DAY:
        return f"{day:%d.%m.%Y}"
    return f"{max(day, period.first):%d.%m} – {min(day + timedelta(6), period.last):%d.%m.%Y}"
