"""The calendar of working days as a coordinator keeps it: a year with all its days, and each change.

What is written down here travels to every laptop as a record of the region, and terms are reckoned
anew; the program's own table stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.actions import records, terms
from desktop.actions.records import Row
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark
from sync.records.calendar_day import CalendarDay
from sync.records.values import Wrong, missing
from sync.working_days import WHOLE_YEAR, Mark, acts

KIND = CalendarDay.kind
SAME = mark("The calendar says so already. Nothing was changed.")


@dataclass(frozen=True)
class Entered:
    """A day of the year that is not as in the week. `entry`: the record that says so, if one does."""

    mark: Mark
    entry: UUID | None = None


@dataclass(frozen=True)
class Year:
    """A year of the calendar. `act`: by which days were moved, or who said that it is whole."""

    year: int
    known: bool
    act: str
    days: Sequence[Entered]
    whole: UUID | None = None  # the record by which it is known


def read_year(desk: Desk, year: int) -> Year:
    """A year as it stands now. Raises UserError for one outside the calendar."""
    calendar = terms.read_calendar(desk)
    calendar.require(_first(year))
    entries = [row for row in _entries(desk) if row["day"].year == year]
    whole = next((row for row in entries if row["sort"] == WHOLE_YEAR), None)
    of_day = {row["day"]: row["id"] for row in entries if row["sort"] != WHOLE_YEAR}
    return Year(
        year=year,
        known=calendar.knows(year),
        act=(whole["said"] if whole else acts().get(year)) or "",
        days=[Entered(one, of_day.get(one.day)) for one in calendar.of_year(year)],
        whole=whole["id"] if whole else None,
    )


def mark_day(desk: Desk, day: date, sort: str, said: str) -> list[Change]:
    """Write down that a day is off, is worked, or that its year is whole; in place of what was said.

    Raises Wrong for what is missing, UserError outside the calendar, Refused where one may not.
    """
    values = {"day": day.isoformat(), "sort": sort, "said": said}
    if problems := missing(CalendarDay, {name: one or None for name, one in values.items()}):
        raise Wrong(problems)
    terms.read_calendar(desk).require(day)
    standing = [row for row in _entries(desk) if _about(row) == _about({"day": day, "sort": sort})]
    changes = records.save(desk, KIND, values, standing[-1]["id"] if standing else None)
    if not changes:
        raise UserError(SAME)
    return changes


def mark_whole(desk: Desk, year: int, said: str) -> list[Change]:
    """Write down that all moved days of a year are entered, by which act."""
    return mark_day(desk, _first(year), WHOLE_YEAR, said)


def take_back(desk: Desk, entry: UUID) -> list[Change]:
    """The calendar is again as it was before this entry."""
    return records.remove(desk, KIND, entry)


def _entries(desk: Desk) -> list[Row]:
    """Those that say something, in the order in which they hold: as `terms.calendar_of` reads them."""
    found = [row for row in records.list_records(desk, KIND) if row["day"] and row["sort"]]
    return sorted(
        found,
        key=lambda row: (row["revision"] == 0, row["revision"], row["edited"], str(row["id"])),
    )


def _about(row: Row) -> tuple[object, ...]:
    """Two entries about the same replace one another."""
    day: date = row["day"]
    return (day.year,) if row["sort"] == WHOLE_YEAR else (day,)


def _first(year: int) -> date:
    return date(min(max(year, date.min.year), date.max.year), 1, 1)
