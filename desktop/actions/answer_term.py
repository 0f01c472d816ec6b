"""Open issues by the term in which an authority answers: counted, and the first of them.

That term is kept nowhere. But letters of one day and one rule have one day on which an answer is due: it is
reckoned once, and the database does the rest. What was extended or forwarded is not among these; it is reckoned
by itself (due.py). Nor are those whose own term ends before: they are counted by it (own_term.py).
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    case,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    values,
)
from sqlalchemy.orm import Session

from desktop.actions.own_term import DISTRICT, DUE, ID, ISSUES, REMOVED, STATE, VILLAGE
from desktop.actions.terms import ANSWERED, FORWARDED, calendar_of, plain_due
from desktop.forms import EXTENDED
from sync.deadline_rules import SHORTEST, rules
from sync.records.issue import Issue, Step

# days before letters, and these by their index: else rows are read to be asked for their day
LETTERS = text("term CROSS JOIN issue INDEXED BY ix_issue_handed_on ON handed_on = term.day")
AT_ONCE = 1_000  # letters that are looked at before it is asked whether the first are among them
BODY, RULE = column("handed_to", String), column("answer_rule", String)
ISSUE: Any = Issue.__table__.c
STEP: Any = Step.__table__.c
WAITS = and_(~REMOVED, or_(STATE.is_(None), STATE.not_in(ANSWERED)))
MOVED = select(STEP.parent).where(~STEP.removed, STEP.type.in_((EXTENDED, FORWARDED)))
REPLIED = exists().where(
    text(
        "step.type = 'reply'"
    ),  # a text: bound, it would not be known to fit the index of replies
    STEP.parent == literal_column("issue.id"),
    STEP.done_on >= literal_column("issue.handed_on"),
    ~STEP.removed,
)


class Owed(NamedTuple):
    """An issue of which an answer is due no later than our own term, the nearer before the later."""

    day: date
    id: str  # its digits
    district: str
    village: str
    body: str  # who owes it


class Many(NamedTuple):
    """So many of one place and body. `day` and `own`: up to which limit an answer is due, and our own term
    ends; `own` None: after all limits, or there is none."""

    n: int
    day: date
    own: date | None
    district: str
    village: str
    body: str


class _Day(NamedTuple):
    """When answers are due to the letters of one day: by the law, and by each of rules()."""

    first: date
    day: date
    letters: int
    dues: tuple[date | None, ...]


def first(
    session: Session,
    until: date,
    most: int | None,
    but: Collection[str],
    *,
    district: str = "",
    village: str = "",
    body: str = "",
) -> list[Owed]:
    """Those with an answer due up to `until`, the nearest first, at most so many; where a place or a body
    is named, of it. `but`: the ids of those that were extended or forwarded."""
    wanted = {DISTRICT: district, VILLAGE: village, BODY: body}
    where = [one == name for one, name in wanted.items() if name]
    found = list[Owed]()
    for some, after in _in_lots(_days(session, until), most):
        query = _owed(some, until, _due(), ID, DISTRICT, VILLAGE, BODY).where(*where)
        found += [
            Owed(day, id, place, village or "", body or "")
            for day, id, place, village, body in session.execute(query)
            if id not in but
        ]
        found.sort()
        if most is not None and len(found) >= most and after and found[most - 1].day < after:
            break
    return found[:most]


def count_more(session: Session, until: date) -> int:
    """How many have an answer due up to `until`, and no own term up to then."""
    later = or_(DUE.is_(None), until < DUE)
    # by their index, so that rows are read of these alone
    among: Select[Any] = select(column("rowid")).select_from(ISSUES).where(WAITS, later)
    query = _owed(_days(session, until), until, func.count())
    # with a plus: else each of them is looked for on each of the days
    return session.scalar(query.where(literal_column("+issue.rowid").in_(among), _plain())) or 0


def counts(session: Session, limits: Sequence[date]) -> Iterator[Many]:
    """How many of each place and body have an answer due up to the first of `limits`, up to the next, and
    so on."""
    limits = sorted(limits)
    due, own = _upto(_due(), limits), _upto(DUE, limits)
    query = _owed(
        _days(session, limits[-1]), limits[-1], func.count(), due, own, DISTRICT, VILLAGE, BODY
    )
    grouped = query.where(_plain()).group_by(due, own, DISTRICT, VILLAGE, BODY)
    for n, at, own_at, district, village, body in session.execute(grouped):
        ours = limits[own_at] if own_at is not None else None
        yield Many(n, limits[at], ours, district, village or "", body or "")


def _upto(day: ColumnElement[date], limits: Sequence[date]) -> ColumnElement[int]:
    """The number of the first limit that is no earlier; none where all are."""
    return case(*((day <= limit, number) for number, limit in enumerate(limits)))


def _days(session: Session, until: date) -> list[_Day]:
    """The days of letters to which an answer may be due up to `until`, the earliest answers first."""
    calendar, found = calendar_of(session), list[_Day]()
    last = date.fromordinal(max(until.toordinal() - SHORTEST, 1))
    query = select(ISSUE.handed_on, func.count()).where(ISSUE.handed_on.between(date.min, last))
    for day, letters in session.execute(query.group_by(ISSUE.handed_on)):
        dues = tuple(plain_due(calendar, day, rule) for rule in ("", *rules()))
        if known := [due for due in dues if due is not None and due <= until]:
            found.append(_Day(min(known), day, letters, dues))
    return sorted(found, key=lambda one: one[:2])


def _in_lots(
    days: Sequence[_Day], most: int | None
) -> Iterator[tuple[Sequence[_Day], date | None]]:
    """Enough of them for `most` letters, then more; with the first day after which answers are due
    to the others."""
    start, wanted = 0, max(AT_ONCE, 2 * most) if most is not None else 0
    while start < len(days):
        end, letters = start, 0
        while end < len(days) and (most is None or letters < wanted):
            letters += days[end].letters
            end += 1
        yield days[start:end], days[end].first if end < len(days) else None
        start, wanted = end, 2 * wanted


def _due() -> ColumnElement[Any]:
    """When an answer is due by the rule of a letter; by the law where there is none, or a newer
    program's."""
    known = {key: column(f"due_{number}", Date) for number, key in enumerate(rules(), 1)}
    return case(known, value=RULE, else_=column("due_0", Date))


def _owed(days: Sequence[_Day], until: date, *asked: Any) -> Select[Any]:
    """Of the letters of these days those that are waited for; also those that were extended or forwarded."""
    names = [column("day", Date), *(column(f"due_{at}", Date) for at in range(len(rules()) + 1))]
    rows = [(one.day, *one.dues) for one in days] or [(None,) * len(names)]
    term = values(*names, name="term").data(rows).cte("term")
    due = _due()
    nearer = or_(DUE.is_(None), due <= DUE)
    return (
        select(*asked)
        .add_cte(term)
        .select_from(LETTERS)
        .where(WAITS, due <= until, nearer, ~REPLIED)
    )


def _plain() -> ColumnElement[bool]:
    """Neither extended nor forwarded."""
    return literal_column("issue.id").not_in(MOVED)
