"""The two clocks of an issue: our own control term, and the term in which an authority answers.

The second is never kept: it is reckoned from the day they received the letter, from what was written
down as steps since (extended, forwarded, answered), and from the calendar as it is now.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from desktop.forms import EXTENDED
from desktop.session import Desk
from sync.deadline_rules import rule, rule_on
from sync.deadlines import Event, Extended, Forwarded, Term, reckon
from sync.errors import UserError
from sync.records.calendar_day import CalendarDay
from sync.records.issue import Issue, Step
from sync.working_days import Calendar, Entry, calendar

ANSWERED = ("answered", "closed")  # states in which no authority is waited for
FORWARDED, REPLY = "forwarded", "reply"  # of step_type, as EXTENDED
OWN, ANSWER = "own", "answer"  # the two clocks
MANY = 500  # ids in one question


class Letter(NamedTuple):
    """What of an issue its clocks need."""

    own: date | None
    received: date | None
    handed_to: str | None
    rule: str | None
    state: str | None


class Done(NamedTuple):
    """What of a step they need."""

    type: str
    on: date
    until: date | None
    body: str | None
    part: bool | None


LETTER = (Issue.due_on, Issue.handed_on, Issue.handed_to, Issue.answer_rule, Issue.state)
DONE = (Step.type, Step.done_on, Step.until, Step.body, Step.part)


@dataclass(frozen=True, order=True)
class Awaited:
    """An answer that is still to come. `body`: who owes it, as far as it is written down."""

    due: date
    body: str


@dataclass(frozen=True)
class Clocks:
    """What is awaited for one issue. `problem`: why the second clock cannot be reckoned."""

    own: date | None = None
    term: Term | None = None
    asked: tuple[Awaited, ...] = ()  # every answer of the term
    answers: tuple[Awaited, ...] = ()  # those that are still to come, the nearest first
    problem: UserError | None = None
    calendar: Calendar | None = None

    @property
    def next(self) -> tuple[date, str] | None:
        """The nearest day of both, and whose it is: OWN or ANSWER."""
        return nearest(self.own, self.answers)

    def working_days(self, on: date, due: date) -> int | None:
        """How many working days an authority has after the day `on`, where they can be counted."""
        with suppress(UserError):  # this laptop's clock is far off
            return self.calendar.between(on, due) if self.calendar is not None else None
        return None

    def left(self, on: date) -> int | None:
        """The same of the nearest day; None where that is ours."""
        if self.next is None or self.next[1] != ANSWER:
            return None
        return self.working_days(on, self.next[0])


def calendar_of(session: Session) -> Calendar:
    """The program's calendar with all that coordinators wrote down since."""
    columns = (CalendarDay.day, CalendarDay.sort, CalendarDay.said)
    query = select(*columns).where(~CalendarDay.removed)
    # Later ones go before: what the server has not numbered yet is the latest.
    order = (CalendarDay.revision == 0, CalendarDay.revision, CalendarDay.edited, CalendarDay.id)
    found = session.execute(query.order_by(*order)).all()
    return calendar(
        tuple(Entry(day, sort, said or "") for day, sort, said in found if day and sort)
    )


def read_calendar(desk: Desk) -> Calendar:
    """The same, for whoever has no session."""
    with desk.store() as session:
        return calendar_of(session)


def clocks(desk: Desk, rows: Sequence[Mapping[str, Any]]) -> dict[UUID, Clocks]:
    """The clocks of these issues, by id."""
    with desk.store() as session:
        return clocks_of(session, rows)


def clocks_of(session: Session, rows: Sequence[Mapping[str, Any]]) -> dict[UUID, Clocks]:
    """The same, for whoever has a session."""
    days = calendar_of(session)
    letters = {row["id"]: Letter(*(row[column.key] for column in LETTER)) for row in rows}
    handed = [id for id, letter in letters.items() if letter.received]
    steps: dict[UUID, list[Done]] = defaultdict(list)
    for first in range(0, len(handed), MANY):
        query = steps_where(Step.parent.in_(handed[first : first + MANY]))
        for parent, *step in session.execute(query.add_columns(*DONE)):
            steps[parent].append(Done(*step))
    return {id: _reckoned(days, letter, steps[id]) for id, letter in letters.items()}


def steps_where(among: ColumnElement[bool], parent: Any = Step.parent) -> Select[Any]:
    """What authorities did, in the order in which it was written down; DONE is to be added."""
    sorts = Step.type.in_((EXTENDED, FORWARDED, REPLY))
    query = select(parent).where(~Step.removed, sorts, Step.done_on.is_not(None), among)
    return query.order_by(Step.created, Step.id)


def nearest(own: date | None, answers: Sequence[Awaited]) -> tuple[date, str] | None:
    """The nearest day of both clocks, and whose it is."""
    days = [(own, OWN)] if own else []
    days += [(answers[0].due, ANSWER)] if answers else []
    return min(days) if days else None


def still_awaited(days: Calendar, letter: Letter, steps: Sequence[Done]) -> tuple[Awaited, ...]:
    """The answers that are still to come, the nearest first; a reply ends the nearest waiting.

    Raises UserError for a day that cannot be reckoned from.
    """
    if letter.received is None or letter.state in ANSWERED:
        return ()
    since = _since(letter.received, steps)
    replies = sum(step.type == REPLY for step in since)
    return _asked(days, letter, _events(since))[replies:]


def _reckoned(days: Calendar, letter: Letter, steps: Sequence[Done]) -> Clocks:
    own = None if letter.state == "closed" else letter.own
    if letter.received is None:
        return Clocks(own, calendar=days)
    events = _events(_since(letter.received, steps))
    try:
        term = _term(days, letter.received, letter.rule or "", events)
        asked = _asked(days, letter, events)
        answers = still_awaited(days, letter, steps)
    except UserError as problem:
        return Clocks(own, problem=problem, calendar=days)
    return Clocks(own, term, asked, answers, calendar=days)


def _since(received: date, steps: Sequence[Done]) -> list[Done]:
    """Earlier ones are of another letter."""
    return [step for step in steps if step.on >= received]


def _events(steps: Sequence[Done]) -> tuple[Event, ...]:
    return tuple(event for step in steps if (event := _event(step)))


def _event(step: Done) -> Event | None:
    """None for a reply, and for an extension until nobody knows when: a pause there is not."""
    if step.type == FORWARDED:
        return Forwarded(step.on, part=bool(step.part), body=step.body or "")
    if step.type == EXTENDED and step.until:  # another program may have left it out
        return Extended(step.on, step.until)
    return None


def _asked(days: Calendar, letter: Letter, events: tuple[Event, ...]) -> tuple[Awaited, ...]:
    """Who answers and by when, the nearest first."""
    assert letter.received is not None
    found = _dues(days, letter.received, letter.rule or "", events)
    return tuple(Awaited(due, body or letter.handed_to or "") for due, body in found)


def plain_due(days: Calendar, received: date, key: str) -> date | None:
    """When an answer to a letter of this day is due by this rule, where nothing was extended or
    forwarded; "" is the law of the day. None where it cannot be reckoned."""
    with suppress(UserError):
        return _dues(days, received, key, ())[0][0]
    return None


@lru_cache(maxsize=16_384)
def _dues(
    days: Calendar, received: date, key: str, events: tuple[Event, ...]
) -> tuple[tuple[date, str], ...]:
    """(due, body), the nearest first. Kept without the steps: many letters have the same days."""
    term = _term(days, received, key, events)
    whole = (term.due, term.body)
    return tuple(sorted((whole, *((due, body) for body, due in term.parts))))


def _term(days: Calendar, received: date, key: str, events: tuple[Event, ...]) -> Term:
    law = rule_on(received)
    with suppress(UserError):  # a rule that a newer program has
        law = rule(key) if key else law
    return reckon(days, received, law, events)
