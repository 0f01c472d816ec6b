"""Open issues by our own control term alone: counted, and the first of them, from one index.

A region has hundreds of thousands of them, and rows are wide: read for their days alone they took seconds.
`ix_issue_report` holds all that is asked here, so SQLite is told to read it and nothing else.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Date, String, case, column, func, or_, select, text
from sqlalchemy.orm import Session

# by itself SQLite would take ix_issue_due_on, and look up the row of each
ISSUES = text("issue INDEXED BY ix_issue_report")
ID, DISTRICT, VILLAGE = column("id", String), column("district", String), column("village", String)
DUE, STATE, REMOVED = column("due_on", Date), column("state", String), column("removed", Boolean)


class Own(NamedTuple):
    """One issue, the nearer day before the later."""

    day: date
    id: str  # its digits
    district: str
    village: str


class Many(NamedTuple):
    """So many issues of one place, with a day up to `day` and after the limit before it."""

    n: int
    day: date
    district: str
    village: str


def first(
    session: Session,
    until: date,
    most: int | None = None,
    *,
    district: str = "",
    village: str = "",
) -> list[Own]:
    """Those with a day up to `until`, the nearest first, at most so many; where a place is named, of it."""
    query = _open(select(DUE, ID, DISTRICT, VILLAGE), until)
    if district:
        query = query.where(district == DISTRICT)
    if village:
        query = query.where(village == VILLAGE)
    found = session.execute(query.order_by(DUE, ID).limit(most))
    return [Own(day, id, where, place or "") for day, id, where, place in found]


def count(session: Session, until: date) -> int:
    """How many have a day up to `until`."""
    return session.scalar(_open(select(func.count()), until)) or 0


def counts(session: Session, limits: Sequence[date]) -> Iterator[Many]:
    """How many of each place have a day up to the first of `limits`, up to the next, and so on."""
    limits = sorted(limits)
    upto = case(*((day >= DUE, number) for number, day in enumerate(limits)))
    query = _open(select(func.count(), upto, DISTRICT, VILLAGE), limits[-1])
    found = session.execute(query.group_by(upto, DISTRICT, VILLAGE))
    return (Many(n, limits[at], district, village or "") for n, at, district, village in found)


def _open(query: Any, until: date) -> Any:
    still = or_(STATE.is_(None), STATE != "closed")
    return query.select_from(ISSUES).where(~REMOVED, still, until >= DUE)
