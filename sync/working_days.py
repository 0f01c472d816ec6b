"""Which days are worked in Kazakhstan: weekends, holidays, and days that the government moves.

resources/calendar/days.csv is the start, of the years that it has; a coordinator writes down what
is published later (`sync.records.calendar_day`), and that goes before it. Why no package is asked:
docs/decisions/0062-deadlines.md.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

import resources
from sync.errors import UserError
from sync.language import Sentence, mark, tr
from sync.vocabulary import Term

DAY_OFF, WORKED, WHOLE_YEAR = "day_off", "working_day", "whole_year"  # vocabulary calendar_day
A_DAY = timedelta(days=1)
NEAR = timedelta(days=2)  # by which an estimated holiday may come earlier or later
SATURDAY = 5
OUTSIDE = mark(
    "The calendar of working days reaches from {first} to {last}, and this term goes beyond. Look at "
    "the date."
)
NOT_KNOWN = mark(
    "The moved days of {year} are not in the calendar yet: the term may turn out some days other."
)
ESTIMATED = mark("{holiday} on {day} is estimated: it may fall on a day beside it.")

SORTS = {
    "observed": mark("in place of a weekend day"),
    "estimated": mark("estimated"),
    "moved": mark("moved day off"),
    "working": mark("moved working day"),
}


@dataclass(frozen=True)
class Mark:
    """Why a day is not what its weekday says. `said`: what it is called, or the act that moved it."""

    day: date
    off: bool
    sort: str  # holiday, observed, estimated, moved, working
    said: Term | str = ""

    def words(self, language: str | None = None) -> str:
        """The day with its reason, for a person."""
        return " ".join(part for part in (spelt(self.day), self._reason(language)) if part)

    def _reason(self, language: str | None) -> str:
        named = self.said.words(language) if isinstance(self.said, Term) else self.said
        sort = tr(SORTS.get(self.sort, ""), language)
        said = ", ".join(part for part in (named, sort) if part)
        return f"({said})" if said else ""


@dataclass(frozen=True)
class Entry:
    """What a coordinator wrote down: of a day, or that a whole year is entered."""

    day: date
    sort: str  # DAY_OFF, WORKED or WHOLE_YEAR
    said: str = ""  # the act, or the holiday


class Calendar:
    """Working days from `first` to `last`. Days outside raise UserError."""

    def __init__(self, marks: Iterable[Mark], known: Iterable[int]) -> None:
        self._marks = {one.day: one for one in marks}
        self._days = sorted(self._marks)
        self._known = frozenset(known)
        days = [one.day for one in _seed()]
        self.first, self.last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
        self._worked = [
            number
            for number in range(self.first.toordinal(), self.last.toordinal() + 1)
            if self._works(date.fromordinal(number))
        ]

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        self.require(day)
        return self._works(day)

    def here_or_next(self, day: date) -> date:
        """The day itself if it is worked, else the first working day after it."""
        self.require(day)
        return self._at(bisect_left(self._worked, day.toordinal()))

    def after(self, day: date, days: int) -> date:
        """The working day with this number, counted from the day after `day`; the day for none."""
        self.require(day)
        if not days:
            return day
        return self._at(bisect_right(self._worked, day.toordinal()) + days - 1)

    def between(self, day: date, until: date) -> int:
        """How many working days lie after `day`, to `until`; below nought if it lies before."""
        for one in (day, until):
            self.require(one)
        return bisect_right(self._worked, until.toordinal()) - bisect_right(
            self._worked, day.toordinal()
        )

    def mark(self, day: date) -> Mark | None:
        """Why the day is not what its weekday says, if so."""
        return self._marks.get(day)

    def odd(self, first: date, last: date) -> tuple[Mark, ...]:
        """The days of this time, both included, that are not what their weekday says."""
        return tuple(
            one
            for one in self._in(first, last)
            if one.off != (one.day.weekday() >= SATURDAY)  # a holiday on a Sunday changes nothing
        )

    def doubts(self, first: date, last: date) -> tuple[Sentence, ...]:
        """What is not certain of this time: years not entered, holidays that are estimated."""
        years = [
            Sentence(NOT_KNOWN, {"year": year})
            for year in range(first.year, last.year + 1)
            if year not in self._known
        ]
        days = [
            Sentence(ESTIMATED, {"holiday": one.said, "day": spelt(one.day)})
            for one in self._in(first - NEAR, last + NEAR)
            if one.sort == "estimated" and one.day.year not in self._known
        ]
        return (*years, *days)

    def knows(self, year: int) -> bool:
        """Whether all moved days of the year are entered."""
        return year in self._known

    def of_year(self, year: int) -> tuple[Mark, ...]:
        """All that is marked in a year, in order."""
        return tuple(self._in(date(year, 1, 1), date(year, 12, 31)))

    def require(self, day: date) -> None:
        """Raise UserError for a day outside."""
        if not self.first <= day <= self.last:
            raise self._outside()

    def _in(self, first: date, last: date) -> list[Mark]:
        days = self._days[bisect_left(self._days, first) : bisect_right(self._days, last)]
        return [self._marks[day] for day in days]

    def _works(self, day: date) -> bool:
        found = self._marks.get(day)
        return not found.off if found else day.weekday() < SATURDAY

    def _at(self, place: int) -> date:
        if place >= len(self._worked):
            raise self._outside()
        return date.fromordinal(self._worked[place])

    def _outside(self) -> UserError:
        return UserError(OUTSIDE, first=spelt(self.first), last=spelt(self.last))


@lru_cache(maxsize=8)
def calendar(entries: tuple[Entry, ...] = ()) -> Calendar:
    """The program's calendar with what was written down since; of two about a day, the later one."""
    marks = {one.day: one for one in _seed()}
    known = set(acts())
    for one in entries:
        if one.sort == WHOLE_YEAR:
            known.add(one.day.year)
        elif one.sort in (DAY_OFF, WORKED):  # a newer program may have more
            off = one.sort == DAY_OFF
            marks[one.day] = Mark(one.day, off, "moved" if off else "working", one.said)
    return Calendar(marks.values(), known)


def spelt(day: date) -> str:
    """A day as people here write it."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


@cache
def acts() -> dict[int, str]:
    """{year: the act that moved its days}, of the years whose moved days the program knows."""
    return {int(row["year"]): row["act"] for row in resources.table("calendar", "years.csv")}


@cache
def _seed() -> tuple[Mark, ...]:
    return tuple(
        Mark(
            date.fromisoformat(row["day"]),
            row["sort"] != "working",
            row["sort"],
            Term("holiday", row["holiday"]) if row["holiday"] else "",
        )
        for row in resources.table("calendar", "days.csv")
    )
