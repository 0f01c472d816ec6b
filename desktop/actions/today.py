"""A working day on one page: what came back, what is due, what is not sent, what is planned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_

from desktop.actions import due
from desktop.actions.due import Tell
from desktop.actions.moved_households import Check, checks_due
from desktop.actions.records import Row, count_records, list_records
from desktop.actions.review import REVIEWABLE, count_waiting
from desktop.actions.surveys import WaveState, list_waves
from desktop.session import Desk
from sync.records import KINDS
from sync.records.meeting import Meeting
from sync.records.project import Project
from sync.records.reception import Reception
from sync.records.states import ReviewState
from sync.retention import FOLLOWED, STILL

WARNED = timedelta(days=30)  # before a warranty ends
TERM = func.coalesce(Reception.prolonged_to, Reception.due_on)


@dataclass(frozen=True)
class Some:
    """The first rows of some, as in desktop.actions.records, and how many there are in all."""

    rows: list[Row]
    count: int


@dataclass(frozen=True)
class Day:
    """What is asked of a person on one day."""

    returned: Some  # my records with comments
    drafts: Some  # mine, not sent for review
    issues_due: Some  # either clock within a week, or past; their rows have `near`, a due.Due
    followed_due: Some  # decisions, measures and defects within a week, or past
    visitors_due: Some  # those of the reception whose term, perhaps prolonged, has come near
    checks_due: list[Check]  # of households that moved: within a week, or past
    checks: int  # how many of them there are
    warranties: Some  # of projects, that end within a month: defects are told before
    meetings: Some  # today and the coming week
    waves: list[WaveState]  # surveys that run today
    to_review: int  # records that wait for my decision


def look(
    desk: Desk,
    on: date,
    ahead: timedelta = timedelta(days=7),
    most: int | None = None,
    tell: Tell = lambda *_: None,
) -> Day:
    """The day `on`, and what is due until `on + ahead`; of each at most so many rows. `tell` is told
    how far it is with issues, and may raise Stopped."""
    until = on + ahead
    checks, count = checks_due(desk, until, most)
    return Day(
        returned=_mine(desk, ReviewState.RETURNED, most),
        drafts=_mine(desk, ReviewState.DRAFT, most),
        issues_due=_issues_due(desk, until, on, most, tell),
        followed_due=_followed_due(desk, until, most),
        visitors_due=_some(desk, "reception", _visitors(until), [TERM], most),
        checks_due=checks,
        checks=count,
        warranties=_some(
            desk,
            "project",
            [Project.warranty_until.between(on, on + WARNED)],
            [Project.warranty_until],
            most,
        ),
        meetings=_some(
            desk,
            "meeting",
            [Meeting.held_on.between(on, until)],
            [Meeting.held_on, Meeting.held_at],
            most,
        ),
        waves=[wave for wave in list_waves(desk) if wave.runs(on)],
        to_review=count_waiting(desk),
    )


def _mine(desk: Desk, state: ReviewState, most: int | None) -> Some:
    where = {"review": state.value, "author": desk.person.id}
    rows = [row for kind in REVIEWABLE for row in list_records(desk, kind, where, limit=most)]
    return Some(rows[:most], sum(count_records(desk, kind, where) for kind in REVIEWABLE))


def _some(
    desk: Desk,
    kind: str,
    among: Iterable[ColumnElement[bool]],
    order: Iterable[Any],
    most: int | None,
) -> Some:
    rows = list_records(desk, kind, among=among, order=order, limit=most)
    return Some(rows, count_records(desk, kind, among=among))


def _issues_due(desk: Desk, until: date, on: date, most: int | None, tell: Tell) -> Some:
    found, count = due.near(desk, until, on, most, tell)
    return Some([{**one.row, "near": one} for one in found], count)


def _followed_due(desk: Desk, until: date, most: int | None) -> Some:
    """Of all kinds that are followed, the nearest first."""
    rows, count = list[Row](), 0
    for kind in FOLLOWED:
        table: Any = KINDS[kind].__table__.c
        still = or_(table.state.is_(None), table.state.in_(STILL))
        some = _some(desk, kind, [table.due_on <= until, still], [table.due_on], most)
        rows, count = rows + some.rows, count + some.count
    return Some(sorted(rows, key=lambda row: row["due_on"])[:most], count)


def _visitors(until: date) -> list[ColumnElement[bool]]:
    still = or_(Reception.state.is_(None), Reception.state != "closed")
    return [until >= TERM, still]
