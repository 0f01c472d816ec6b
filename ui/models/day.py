"""A working day told in lines: what comes first, what it says, and what it opens."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.actions import review, today
from desktop.actions.due import Due, Tell
from desktop.actions.moved_households import Check
from desktop.actions.records import Row
from desktop.actions.surveys import WaveState
from desktop.actions.titles import said_in, title
from desktop.session import Desk
from sync.language import tr, trn
from sync.records import KINDS
from sync.records.base import Part
from ui.dates import near_day
from ui.deadlines import Deadline, deadline
from ui.models.comments import unanswered
from ui.models.lines import below, short_place
from ui.models.terms import whose

COUNT, UNBROKEN = re.compile(r"(\d) "), "\N{NO-BREAK SPACE}"
MOST = 6  # lines on one card; the rest is one click away


@dataclass(frozen=True)
class Task:
    """One line of work. `kind` and `record` say what a click opens."""

    kind: str
    record: UUID
    title: str
    below: str
    term: Deadline | None = None


@dataclass(frozen=True)
class Tasks:
    """The first lines of some, and how many there are in all."""

    first: list[Task]
    count: int


@dataclass(frozen=True)
class Agenda:
    """The day in words, in the language spoken when it was made; of each sort the first lines."""

    returned: Tasks
    due: Tasks
    drafts: Tasks
    meetings: Tasks
    waves: list[WaveState]
    to_review: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        tasks = (self.returned, self.due, self.drafts, self.meetings)
        return not any(each.count for each in tasks) and not self.waves and not self.to_review


def read_agenda(desk: Desk, on: date, tell: Tell = lambda *_: None) -> Agenda:
    """What the day `on` holds for this person. For the store's thread. `tell`: as in today.look."""
    day = today.look(desk, on, most=MOST, tell=tell)
    due = [_issue_due(desk, row, on) for row in day.issues_due.rows]
    due += [_followed_due(row, on) for row in day.followed_due.rows]
    due += [_visitor_due(desk, row, on) for row in day.visitors_due.rows]
    due += [_check_due(desk, check, on) for check in day.checks_due]
    due += [_warranty(desk, row, on) for row in day.warranties.rows]
    first = [task for _, task in sorted(due, key=lambda each: each[0])]
    drafts = [
        Task(row["kind"], row["id"], title(row), below(row, desk.pack)) for row in day.drafts.rows
    ]
    return Agenda(
        returned=Tasks([_returned(desk, row) for row in day.returned.rows], day.returned.count),
        due=Tasks(
            first[:MOST],
            day.issues_due.count
            + day.followed_due.count
            + day.visitors_due.count
            + day.checks
            + day.warranties.count,
        ),
        drafts=Tasks(drafts, day.drafts.count),
        meetings=Tasks([_meeting(desk, row, on) for row in day.meetings.rows], day.meetings.count),
        waves=day.waves,
        to_review=day.to_review,
    )


def counted(agenda: Agenda) -> str:
    """The day in one sentence, for the line below the greeting. A number stays with its word."""
    said = [
        trn("{n} record came back", "{n} records came back", agenda.returned.count)
        if agenda.returned.count
        else "",
        trn("{n} deadline is near or past", "{n} deadlines are near or past", agenda.due.count)
        if agenda.due.count
        else "",
        trn("{n} meeting this week", "{n} meetings this week", agenda.meetings.count)
        if agenda.meetings.count
        else "",
    ]
    return " · ".join(COUNT.sub(f"\\1{UNBROKEN}", part) for part in said if part)


def progress_words(wave: WaveState) -> str:
    """«7 of 40 are done here»"""
    if wave.target:
        return tr("{done} of {target} are done here.", done=wave.done, target=wave.target)
    return trn("{n} is done here.", "{n} are done here.", wave.done)


def _returned(desk: Desk, row: Row) -> Task:
    comments = unanswered(row, review.comments(desk, row["id"]))
    words = (comments[0]["text"] or "").strip().splitlines() if comments else []
    said = tr("“{comment}”", comment=words[0]) if words else below(row, desk.pack)
    return Task(row["kind"], row["id"], title(row), said)


def _issue_due(desk: Desk, row: Row, on: date) -> tuple[date, Task]:
    near: Due = row["near"]
    words, term = below(row, desk.pack), deadline(near.due, on, near.left)
    words = " · ".join(part for part in (whose(near.clock, near.body), words) if part)
    return near.due, Task("issue", row["id"], title(row), words, term)


def _followed_due(row: Row, on: date) -> tuple[date, Task]:
    """A decision opens the meeting that it was made at, a measure its plan, a defect its inspection."""
    record, term = KINDS[row["kind"]], deadline(row["due_on"], on)
    [whole] = record.parents if issubclass(record, Part) else [row["kind"]]
    said = said_in(row, "severity" if "severity" in row else "responsible")
    words = " · ".join((tr(record.label), said or tr("Nobody is named yet")))
    return row["due_on"], Task(whole, row["parent"], title(row), words, term)


def _visitor_due(desk: Desk, row: Row, on: date) -> tuple[date, Task]:
    day = row["prolonged_to"] or row["due_on"]
    words = " · ".join(part for part in (tr("Reception"), below(row, desk.pack)) if part)
    return day, Task("reception", row["id"], title(row), words, deadline(day, on))


def _check_due(desk: Desk, check: Check, on: date) -> tuple[date, Task]:
    row = check.row
    ask = trn("Ask how they live, {n} month on", "Ask how they live, {n} months on", check.months)
    words = " · ".join(part for part in (ask, below(row, desk.pack)) if part)
    return check.due, Task(row["kind"], row["id"], title(row), words, deadline(check.due, on))


def _warranty(desk: Desk, row: Row, on: date) -> tuple[date, Task]:
    words = " · ".join(part for part in (tr("Its warranty ends"), below(row, desk.pack)) if part)
    term = deadline(row["warranty_until"], on)
    return row["warranty_until"], Task("project", row["id"], title(row), words, term)


def _meeting(desk: Desk, row: Row, on: date) -> Task:
    at = row["held_at"].strftime("%H:%M") if row["held_at"] else ""
    when = " ".join(part for part in (near_day(row["held_on"], on), at) if part)
    where = short_place(desk.pack, row["village"]) if row["village"] else row["place"]
    words = " · ".join(part for part in (when, where) if part)
    return Task("meeting", row["id"], title(row), words[:1].upper() + words[1:])
