"""How long records are kept: the terms, from when one counts, and when it is over. Pure.

resources/retention.csv has a row for each term. `where` narrows a kind to records with a value;
the first row that fits counts. `counts_from` is a date that the record gives, or a state with the
value that ends the matter; of sealed letters, which are no records, the year they came in. The terms are the organisation's to fix. Why so: decision 33.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import resources
from sync.merge import BORN, Touched
from sync.records import KINDS
from sync.records.base import Reviewed, Values
from sync.records.states import ReviewState
from sync.vocabulary import choices

DECIDED = frozenset({ReviewState.APPROVED, ReviewState.REJECTED, ReviewState.DUPLICATE})
STRANGE = timedelta(days=366)  # a date so long after the decision about it was mistyped
NEVER = "never"
FOLLOWED = ("decision", "measure", "defect")  # parts that are open until somebody says otherwise
STILL = ("open", "disputed")  # their states while they are, beside none
LETTER = "sealed_letter"  # no kind of record
CHANGED = re.compile(r"([a-z_]+)=(never|[1-9][0-9]{0,3})", re.ASCII)


class Hold(StrEnum):
    """Why a record stays although its term is over."""

    OPEN = "open"  # the matter, or a decision of a meeting, is not closed
    UNDECIDED = "undecided"  # a draft, in review, or returned
    DISPUTED = "disputed"  # people differ about it, or about a part of it
    LATE = "late"  # a late edit of it waits for a decision
    LINKED = "linked"  # a record that stays names it


@dataclass(frozen=True)
class Term:
    """One row. `months` is None where such records are kept for ever."""

    key: str
    kind: str
    where: tuple[str, str] | None
    field: str  # the date or the state that it counts from
    ended: str  # the value of a state that ends the matter; empty: `field` is a date
    months: int | None


@cache
def terms() -> tuple[Term, ...]:
    """The terms as they are declared."""
    return tuple(_term(row) for row in resources.table("retention.csv"))


def promised() -> tuple[str, ...]:
    """The keys of the vocabulary held_term by which people are told of the terms."""
    told = {choice.key for choice in choices("held_term")}
    return tuple(term.key for term in terms() if term.key in told)


def changed(said: str) -> tuple[Term, ...]:
    """The terms with what a region has fixed instead, as “issue=60 visit=never”, in months.

    Raises ValueError where that names no term, or no number of months.
    """
    found = {term.key: term for term in terms()}
    for word in said.split():
        match = CHANGED.fullmatch(word)
        if match is None or match[1] not in found:
            raise ValueError(word)
        months = None if match[2] == NEVER else int(match[2])
        found[match[1]] = replace(found[match[1]], months=months)
    return tuple(found.values())


def term_of(known: Iterable[Term], kind: str, fields: Values) -> Term | None:
    """The term of a record; None where it has none."""
    fitting = (
        term
        for term in known
        if term.kind == kind and (term.where is None or fields.get(term.where[0]) == term.where[1])
    )
    return next(fitting, None)


def last_day(begun: date, months: int) -> date:
    """The last day on which it is kept: the same day so many months later.

    Where that month is shorter, its last day: 36 months from 29 February 2024 end on 28 February
    2027. A term that would end after the calendar ends with it.
    """
    count = begun.year * 12 + begun.month - 1 + months
    year, month = divmod(count, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(begun.day, monthrange(year, month + 1)[1]))


def is_over(term: Term, begun: date, today: date) -> bool:
    """Whether the last day has passed."""
    return term.months is not None and today > last_day(begun, term.months)


def first_year(term: Term, today: date) -> int | None:
    """For what only the year is known of: the first year that is still kept, None where all are.

    So many whole years after the one it came in: what came in 2026 for three goes with 2030.
    """
    return None if term.months is None else today.year - -(-term.months // 12)


def first_letters(known: Iterable[Term], today: date) -> int | None:
    """The first year whose sealed letters are still kept; None where all are."""
    return first_year(next(one for one in known if one.kind == LETTER), today)


def hold(term: Term, fields: Values) -> Hold | None:
    """Why such a record must stay, whatever its age; None where nothing is going on with it."""
    if any((fields.get("conflicts") or {}).values()):
        return Hold.DISPUTED
    if fields.get("removed"):
        return None
    if issubclass(KINDS[term.kind], Reviewed):
        review = fields.get("review")
        if review not in DECIDED:
            return Hold.UNDECIDED
        if review != ReviewState.APPROVED:  # rejected, a duplicate: nobody will close it
            return None
    if term.ended and fields.get(term.field) != term.ended:
        return Hold.OPEN
    return None


def part_holds(kind: str, fields: Values) -> Hold | None:
    """Why a record must stay for the sake of this part of it."""
    if any((fields.get("conflicts") or {}).values()):
        return Hold.DISPUTED
    still = kind in FOLLOWED and fields.get("state") in (None, *STILL)
    return Hold.OPEN if still and not fields.get("removed") else None


def settled_at(term: Term, touched: Mapping[str, Touched]) -> int:
    """The revision since which nothing is going on: the last that decided, closed or removed it."""
    born = touched.get(BORN, (0, ""))
    names = ("review", "removed", term.field)
    return max(born[0], *(touched.get(name, born)[0] for name in names))


def begun(term: Term, fields: Values, settled: date) -> date:
    """The day from which the term counts, `settled` being that on which the server heard of the
    last decision about it.

    The later of that and of the record's own date: so a year mistyped by ten ends nothing early.
    A date more than a year after the decision is not believed.
    """
    own = None if term.ended else _date(fields.get(term.field))
    return settled if own is None or own > settled + STRANGE else max(own, settled)


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _term(row: Mapping[str, str]) -> Term:
    name, _, value = row["where"].partition("=")
    since, _, ended = row["counts_from"].partition("=")
    return Term(
        key=row["key"],
        kind=row["kind"],
        where=(name, value) if name else None,
        field=since,
        ended=ended,
        months=int(row["months"]),
    )
