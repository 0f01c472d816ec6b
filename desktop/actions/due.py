"""The issues whose day has come near or has passed, by the nearer of both clocks.

Light, for a region has hundreds of thousands of open ones: by our own term they are counted from an index
(own_term.py), by an authority's in the database, day by day (answer_term.py). Only those that were extended or
forwarded are reckoned one by one here, and whole rows are read of those that are shown.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, or_, select, type_coerce
from sqlalchemy.orm import Session

from desktop.actions import answer_term, own_term
from desktop.actions.own_term import Own
from desktop.actions.records import Row, as_rows
from desktop.actions.terms import (
    ANSWER,
    ANSWERED,
    DONE,
    LETTER,
    OWN,
    Awaited,
    Done,
    Letter,
    calendar_of,
    clocks_of,
    nearest,
    steps_where,
    still_awaited,
)
from desktop.session import Desk
from sync.deadline_rules import SHORTEST
from sync.errors import UserError
from sync.records.issue import Issue, Step

MANY = 500  # ids in one question
FEW = 50  # issues between two words about how far it is

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Due:
    """An issue whose nearest day has come near. `late`: calendar days since; below nought: until."""

    row: Row
    due: date
    clock: str  # OWN or ANSWER
    late: int
    body: str  # who is to answer, as far as it is written down
    left: int | None  # working days until an answer, where they can be counted


class Near(NamedTuple):
    """The nearest day of an open issue, the nearer before the later."""

    day: date
    clock: str
    id: str  # its digits
    district: str
    village: str
    body: str  # who is to answer, where their clock is the nearer one


class Moved(NamedTuple):
    """An open issue of which an authority owes an answer, perhaps on another day than at first. `near`: its
    nearest day, where that has come near; `own`: our own term, where that has."""

    id: str  # its digits

    near: Near | None
    own: Own | None


def near(
    desk: Desk,
    until: date,
    on: date,
    most: int | None = None,
    tell: Tell = lambda *_: None,
) -> tuple[list[Due], int]:
    """The open issues with a day of either clock up to `until`, the nearest first, as seen `on`: at
    most so many of them, and how many there are. `tell`: as in `find_moved`.
    """
    with desk.store() as session:
        moved = find_moved(session, until, tell)
        tell(len(moved), len(moved))
        owed = find_owed(session, until, most, {one.id for one in moved})
        also = {one.id for one in moved} | {one.id for one in owed}
        found = [*owed, *(one.near for one in moved if one.near)]
        found = sorted([*found, *find_own(session, until, most, also)])
        tell(len(moved), len(moved))
        count = own_term.count(session, until) + answer_term.count_more(session, until)
        count += sum(one.near is not None and one.own is None for one in moved)
        return told(session, [one.id for one in found[:most]], on), count


def find_owed(
    session: Session,
    until: date,
    most: int | None,
    but: Collection[str],
    *,
    district: str = "",
    village: str = "",
    body: str = "",
) -> list[Near]:
    """The first by the term of an authority up to `until`, at most so many, where that is no later than our
    own; where a place or a body is named, of it. `but`: the ids from `find_moved`."""
    found = answer_term.first(
        session, until, most, but, district=district, village=village, body=body
    )
    return [Near(one.day, ANSWER, one.id, one.district, one.village, one.body) for one in found]


def find_own(
    session: Session,
    until: date,
    most: int | None,
    but: Collection[str],
    *,
    district: str = "",
    village: str = "",
) -> list[Near]:
    """Of the first by our own term up to `until`, at most so many, all without `but`; where a place is named,
    of it. Whoever leaves some out has them from `find_moved` or `find_owed`, with a day that is no later."""
    found = own_term.first(session, until, most, district=district, village=village)
    return [
        Near(one.day, OWN, one.id, one.district, one.village, "")
        for one in found
        if one.id not in but
    ]


def find_moved(session: Session, until: date, tell: Tell = lambda *_: None) -> list[Moved]:
    """The open issues of which an answer is awaited that were extended or forwarded, where either clock
    may have a day up to `until`.

    These are reckoned one by one. `tell` is told how many are done, of how many, and may raise Stopped.
    """
    among = _moved(until)
    query = select(type_coerce(Issue.id, String), Issue.district, Issue.village, *LETTER)
    issues = session.execute(query.where(among)).all()
    tell(0, len(issues))
    steps: dict[str, list[Done]] = defaultdict(list)
    of_these = steps_where(Step.parent.in_(answer_term.MOVED), type_coerce(Step.parent, String))
    for parent, *step in session.execute(of_these.add_columns(*DONE)):
        steps[parent].append(Done(*step))
        if len(steps) % FEW == 0:
            tell(0, len(issues))
    days, found = calendar_of(session), list[Moved]()
    for id, district, village, own, received, handed_to, rule, state in issues:
        if len(found) % FEW == 0:
            tell(len(found), len(issues))
        letter = Letter(own, received, handed_to, rule, state)
        answers: tuple[Awaited, ...] = ()
        with suppress(UserError):  # a day that nothing is reckoned from: its page says so
            answers = still_awaited(days, letter, steps.get(id, ()))
        first, near = nearest(letter.own, answers), None
        if first is not None and first[0] <= until:
            body = answers[0].body if first[1] == ANSWER else ""
            near = Near(*first, id, district, village or "", body)
        listed = Own(own, id, district, village or "") if own and own <= until else None
        found.append(Moved(id, near, listed))
    return found


def _moved(until: date) -> ColumnElement[bool]:
    """Those that may have a day by then: no rule has an answer due before SHORTEST."""
    waits = or_(Issue.state.is_(None), Issue.state.not_in(ANSWERED))
    may = or_(Issue.due_on <= until, Issue.handed_on <= before(until, SHORTEST))
    sent_on = Issue.id.in_(answer_term.MOVED)
    return and_(~Issue.removed, waits, Issue.handed_on >= date.min, may, sent_on)


def told(session: Session, digits: Sequence[str], on: date) -> list[Due]:
    """Whole issues with both clocks, in this order; without those that have no day any more."""
    ids, rows = [UUID(hex=one) for one in digits], dict[UUID, Row]()
    for first in range(0, len(ids), MANY):
        some = select(Issue).where(Issue.id.in_(ids[first : first + MANY]))
        rows |= {row["id"]: row for row in as_rows(session, session.scalars(some).all())}
    known, dues = clocks_of(session, list(rows.values())), list[Due]()
    for id in ids:
        found = known[id]
        if (first_day := found.next) is not None:
            day, clock = first_day
            body = found.answers[0].body if clock == ANSWER else ""
            dues.append(Due(rows[id], day, clock, (on - day).days, body, found.left(on)))
    return dues


def before(day: date, days: int) -> date:
    """So many days earlier, or the first day there is."""
    return date.fromordinal(max(day.toordinal() - days, 1))
