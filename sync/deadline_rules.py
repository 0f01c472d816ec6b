"""The terms that the law gives an authority, as data: resources/calendar/rules.csv, a row a version.

What rests on a text that nobody here has read says so: `Rule.unread`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import resources
from sync.errors import UserError
from sync.language import LANGUAGES, mark, named, tr
from sync.working_days import Calendar

SHORTEST = 15  # days: no rule has an answer due earlier
NO_RULE = mark("There is no rule “{rule}”. There are: {rules}.")
UNREAD = mark("{law}; the text was not checked")


@dataclass(frozen=True)
class Source:
    """Where a step of a term is written."""

    names: tuple[tuple[str, str], ...]  # (language, words)
    unread: bool

    def words(self, language: str | None = None) -> str:
        """The act and its article, and whether somebody is still to read it."""
        law = named(dict(self.names), language)
        return tr(UNREAD, language, law=law) if self.unread else law


@dataclass(frozen=True)
class Rule:
    """One version of the law. `counted`: "working" or "calendar" days."""

    key: str
    since: date
    until: date | None
    days: int
    counted: str
    more_months: int  # by how much it may be extended: from the receipt, or
    more_days: int  # from the end of the term
    notice: int  # days in which an extension is told to the applicant
    notice_counted: str
    forward: int  # working days in which a letter goes on to whom it concerns
    law: str
    unread: frozenset[str]  # what of it was not checked by its text

    def in_force(self, day: date) -> bool:
        """Whether a letter of this day goes by it."""
        return self.since <= day and (self.until is None or day <= self.until)

    def source(self, on: str) -> Source:
        """Where it is written. `on`: off, term, more, notice, forward, ends."""
        return Source(_sources()[self.law, on], on in self.unread)


@cache
def rules() -> dict[str, Rule]:
    """The rules by name; of two that are in force, the first is what holds without further cause."""
    found = (_read(row) for row in resources.table("calendar", "rules.csv"))
    return {rule.key: rule for rule in found}


def rule(key: str) -> Rule:
    """The rule of this name. Raises UserError where there is none."""
    if key not in rules():
        raise UserError(NO_RULE, rule=key, rules=", ".join(rules()))
    return rules()[key]


def rule_on(received: date) -> Rule:
    """The rule for a letter that an authority received on this day; the oldest before all."""
    found = (one for one in rules().values() if one.in_force(received))
    return next(found, min(rules().values(), key=lambda one: one.since))


def count(calendar: Calendar, start: date, days: int, counted: str) -> date:
    """The day with this number, counted from the day after `start`."""
    if counted == "working":
        return calendar.after(start, days)
    calendar.require(start)
    return start + timedelta(days=days)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _read(row: dict[str, str]) -> Rule:
    return Rule(
        key=row["key"],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        days=int(row["days"]),
        counted=row["counted"],
        more_months=int(row["more_months"] or 0),
        more_days=int(row["more_days"] or 0),
        notice=int(row["notice"]),
        notice_counted=row["notice_counted"],
        forward=int(row["forward"]),
        law=row["law"],
        unread=frozenset(row["unread"].split()),
    )


@cache
def _sources() -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    return {
        (row["law"], row["on"]): tuple((code, row[code]) for code in LANGUAGES)
        for row in resources.table("calendar", "sources.csv")
    }
