"""A working day on one page: what came back, what is due, what is not sent, what is planned."""

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.actions.records import Row, list_records
from desktop.actions.review import REVIEWABLE, count_waiting, returned
from desktop.actions.surveys import WaveState, list_waves
from desktop.session import Desk
from sync.records.issue import Issue
from sync.records.meeting import Decision, Meeting
from sync.records.states import ReviewState


@dataclass(frozen=True)
class Day:
    """All lists are rows as in desktop.actions.records."""

    returned: list[Row]  # my records with comments
    drafts: list[Row]  # mine, not sent for review
    issues_due: list[Row]  # our control term within a week, or past
    decisions_due: list[Row]
    meetings: list[Row]  # today and the coming week
    waves: list[WaveState]  # surveys that run today
    to_review: int  # records that wait for my decision


def look(desk: Desk, on: date, ahead: timedelta = timedelta(days=7)) -> Day:
    """The day `on`, and what is due until `on + ahead`."""
    until = on + ahead
    mine = {"review": ReviewState.DRAFT.value, "author": desk.person.id}
    issues = list_records(desk, "issue", among=[Issue.due_on <= until])
    decisions = list_records(desk, "decision", among=[Decision.due_on <= until])
    return Day(
        returned=returned(desk),
        drafts=[row for kind in REVIEWABLE for row in list_records(desk, kind, mine)],
        issues_due=_due(issues, "closed"),
        decisions_due=_due(decisions, "done"),
        meetings=list_records(desk, "meeting", among=[Meeting.held_on.between(on, until)]),
        waves=[wave for wave in list_waves(desk) if wave.runs(on)],
        to_review=count_waiting(desk),
    )


def _due(rows: list[Row], over: str) -> list[Row]:
    due = [row for row in rows if row["state"] != over]
    return sorted(due, key=lambda row: row["due_on"])
