"""All that is late: issues by the nearer of both clocks, visitors of the reception, and what is followed.

Light, as due.py: counts of issues by places, days and places of the others, whole rows of those that are shown.
Each choice says how many it would leave, whatever else is chosen.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import String, func, literal, or_, select, type_coerce
from sqlalchemy.orm import Session

from desktop.actions import answer_term, due, own_term
from desktop.actions.due import MANY, Due, Near, Tell, before
from desktop.actions.records import as_rows
from desktop.actions.terms import OWN
from desktop.session import Desk
from sync.errors import Refused
from sync.language import mark
from sync.policy import Action, reach
from sync.records import KINDS
from sync.records.reception import Reception
from sync.retention import FOLLOWED, STILL

LEVELS: Final = (1, 7, 30)  # days late: with whom it is taken up
ISSUE: Final = "issue"
LISTED: Final = (ISSUE, *FOLLOWED, Reception.kind)
NOT_YOURS = mark("What is late is listed for leaders and coordinators.")


@dataclass(frozen=True)
class Choice:
    """What of it is wanted: late by so many days or more, and each of the others where it is said."""

    days: int = 1
    kind: str = ""
    district: str = ""
    village: str = ""
    body: str = ""  # who is to answer


@dataclass(frozen=True)
class Late:
    """The first of those that fit, those late for longest first; and how many each choice would leave."""

    first: list[Due] = field(default_factory=list)
    count: int = 0  # of all that fit
    counts: dict[int, int] = field(default_factory=dict)  # by each of LEVELS
    kinds: dict[str, int] = field(default_factory=dict)
    districts: dict[str, int] = field(default_factory=dict)
    villages: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)


class _One(NamedTuple):
    day: date
    kind: str
    id: str  # its digits; "": it stands for several
    district: str
    village: str
    body: str


class _All(NamedTuple):
    """`counted`: so many of each; `singly`: those that are read one by one anyway; `moved`: the ids of
    issues that are, whether they are late or not."""

    counted: list[tuple[int, _One]]
    singly: list[_One]
    moved: set[str]


def overdue(
    desk: Desk,
    on: date,
    choice: Choice = Choice(),  # frozen
    most: int | None = None,
    tell: Tell = lambda *_: None,
) -> Late:
    """What is late on the day `on` and fits the choice, at most so many of it.

    What a leader takes up with an authority, and a coordinator with a leader. `tell` is told how far
    it is, and may raise Stopped. Raises Refused for who does not decide.
    """
    if not reach(desk.person.role, Action.DECIDE):
        raise Refused(NOT_YOURS)
    with desk.store() as session:
        every = _all(session, on, choice, tell)
        fits = _tests(choice, on)

        def left(by: str, of: Callable[[_One], str]) -> dict[str, int]:
            others = [test for name, test in fits.items() if name != by]
            counted = Counter[str]()
            for n, one in every.counted:
                if all(test(one) for test in others):
                    counted[of(one)] += n
            return {key: n for key, n in counted.items() if key and n}

        rest = [test for name, test in fits.items() if name != "days"]
        days = [(n, one.day) for n, one in every.counted if all(test(one) for test in rest)]
        upto = {level: before(on, level) for level in (*LEVELS, max(choice.days, 1))}
        by_level = {
            level: sum(n for n, day in days if day <= last) for level, last in upto.items()
        }
        first = _first(session, every, on, choice, fits, most)
        return Late(
            list(_told(session, first, on)),
            by_level[max(choice.days, 1)],
            {level: by_level[level] for level in LEVELS},
            left("kind", lambda one: one.kind),
            left("district", lambda one: one.district),
            left("village", lambda one: one.village),
            left("body", lambda one: one.body),
        )


def _first(
    session: Session,
    every: _All,
    on: date,
    choice: Choice,
    fits: Mapping[str, Callable[[_One], bool]],
    most: int | None,
) -> list[_One]:
    found = [one for one in every.singly if all(test(one) for test in fits.values())]
    if choice.kind in ("", ISSUE):
        last, where = before(on, max(choice.days, 1)), (choice.district, choice.village)
        near = _first_issues(session, last, every.moved, most, where, choice.body)
        found += [_One(one.day, ISSUE, *one[2:]) for one in near]
    return sorted(found)[:most]


def _first_issues(
    session: Session,
    last: date,
    moved: set[str],
    most: int | None,
    where: tuple[str, str],
    body: str,
) -> list[Near]:
    """Of those that are not read one by one."""
    district, village = where
    owed = due.find_owed(session, last, most, moved, district=district, village=village, body=body)
    if body:  # of our own term nobody else is the body
        return owed
    also = moved | {one.id for one in owed}
    return owed + due.find_own(session, last, most, also, district=district, village=village)


def _tests(choice: Choice, on: date) -> dict[str, Callable[[_One], bool]]:
    last = before(on, max(choice.days, 1))
    tests: dict[str, Callable[[_One], bool]] = {"days": lambda one: one.day <= last}
    if choice.kind:
        tests["kind"] = lambda one: one.kind == choice.kind
    if choice.district:
        tests["district"] = lambda one: one.district == choice.district
    if choice.village:
        tests["village"] = lambda one: one.village == choice.village
    if choice.body:
        tests["body"] = lambda one: one.body == choice.body
    return tests


def _several(
    limits: Sequence[date], day: date, kind: str, district: str, village: str, body: str = ""
) -> _One:
    """Of one that stands for all of its place and body up to the same limit."""
    return _One(limits[bisect_left(limits, day)], kind, "", district, village, body)


def _all(session: Session, on: date, choice: Choice, tell: Tell) -> _All:
    moved = due.find_moved(session, before(on, 1), tell)
    singly = [_One(one.near.day, ISSUE, *one.near[2:]) for one in moved if one.near]
    singly += _followed(session, before(on, 1))
    limits = sorted({before(on, days) for days in (*LEVELS, max(choice.days, 1))})
    counted = Counter(_several(limits, *one[:2], *one[3:]) for one in singly)
    counted.subtract(  # our term counts them, too, as the next
        _several(limits, one.own.day, ISSUE, one.own.district, one.own.village)
        for one in moved
        if one.own
    )
    for owed in answer_term.counts(session, limits):
        place = (ISSUE, owed.district, owed.village)
        counted[_several(limits, owed.day, *place, owed.body)] += owed.n
        if owed.own is not None:
            counted[_several(limits, owed.own, *place)] -= owed.n
    tell(len(moved), len(moved))
    for many in own_term.counts(session, limits):
        counted[_several(limits, many.day, ISSUE, many.district, many.village)] += many.n
    return _All([(n, one) for one, n in counted.items()], singly, {one.id for one in moved})


def _followed(session: Session, until: date) -> Iterator[_One]:
    for kind in FOLLOWED:
        table: Any = KINDS[kind].__table__.c
        body = table.responsible if "responsible" in table else literal("")
        still = or_(table.state.is_(None), table.state.in_(STILL))
        query = select(table.due_on, type_coerce(table.id, String), table.district, body)
        for day, id, district, who in session.execute(
            query.where(~table.removed, table.due_on <= until, still)
        ):
            yield _One(day, kind, id, district, "", (who or "").strip())
    term = func.coalesce(Reception.prolonged_to, Reception.due_on, type_=Reception.due_on.type)
    still = or_(Reception.state.is_(None), Reception.state != "closed")
    visits = select(term, type_coerce(Reception.id, String), Reception.district, Reception.village)
    for day, id, district, village in session.execute(
        visits.where(~Reception.removed, term <= until, still)
    ):
        yield _One(day, Reception.kind, id, district, village or "", "")


def _told(session: Session, some: Sequence[_One], on: date) -> Iterator[Due]:
    """With whole rows, read by kinds."""
    told: dict[str, Due] = {}
    for kind in LISTED:
        mine = {one.id: one for one in some if one.kind == kind}
        if kind == ISSUE:
            told |= {one.row["id"].hex: one for one in due.told(session, list(mine), on)}
            continue
        record, ids = KINDS[kind], list(mine)
        for at in range(0, len(ids), MANY):
            keys = [UUID(hex=id) for id in ids[at : at + MANY]]
            found = session.scalars(select(record).where(record.id.in_(keys))).all()
            for row in as_rows(session, found):
                one = mine[row["id"].hex]
                told[one.id] = Due(row, one.day, OWN, (on - one.day).days, one.body, None)
    return (told[one.id] for one in some if one.id in told)
