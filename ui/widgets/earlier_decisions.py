"""What earlier meetings decided and is still open, before anything else is written: done, or dropped."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions import records
from desktop.actions.earlier_decisions import Earlier, earlier_decisions
from desktop.session import Desk
from sync.change import Change, now
from sync.language import mark, tr
from sync.local_day import local_day
from sync.records.base import Values
from sync.records.meeting import Meeting
from sync.records.values import split
from sync.vocabulary import label
from ui.dates import plain_day
from ui.deadlines import deadline
from ui.jobs import Jobs
from ui.models.lines import short_place
from ui.models.record_page import Page
from ui.widgets.badges import Badge
from ui.widgets.cards import Card
from ui.widgets.fact_sheet import clear
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import ElidedLabel

ENDS = ("done", "dropped")
OPEN = "open"
SIGNS = {"done": ("success", "check"), "dropped": ("neutral", "close")}


class EarlierDecisions(Card):
    """Each is closed by one button and saved at once; until another page is shown it can be reopened."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__(mark("To be checked first: earlier decisions"), "history")
        self.heading.setWordWrap(True)
        self._desk, self._jobs = desk, jobs
        self._asked: tuple[str, str, date, UUID] | None = None
        self._shown: list[Earlier] = []
        self._closed: dict[UUID, str] = {}  # on this page: {decision: done or dropped}
        self.rows: list[_Row] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.add(self._lines)
        self.hide()
        jobs.recorded.connect(self._recorded)

    def show_page(self, page: Page, values: Values) -> None:
        """Those that the meeting on the page checks, by what stands in its form."""
        typed, _ = split(Meeting, values)
        place = self._desk.pack.villages.get(typed.get("village") or "")
        if place is None:
            self._asked = None
            self._tell([])
            return
        asked = (place.district, place.code, typed.get("held_on") or local_day(now()), page.id)
        if asked != self._asked:
            self._asked, self._closed = asked, {}
            self._jobs.read(self, partial(earlier_decisions, self._desk, *asked), self._tell)

    def _tell(self, found: list[Earlier]) -> None:
        self._shown = found
        clear(self._lines)
        self.rows = []
        on = self._asked[2] if self._asked else date.min
        for one in found:
            state = self._closed.get(one.decision["id"], OPEN)
            row = _Row(self._desk, one, on, state, partial(self._close, one))
            self.rows.append(row)
            self._lines.addWidget(row)
        self.setVisible(bool(found))

    def _close(self, one: Earlier, state: str) -> None:
        id = one.decision["id"]
        if state == OPEN:
            self._closed.pop(id, None)
        else:
            self._closed[id] = state
        at = self._shown.index(one)
        self._jobs.write(partial(records.save, self._desk, "decision", {"state": state}, id))
        self._tell(self._shown)
        self.rows[at].buttons[0].setFocus()

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        """Closed or opened elsewhere: by undoing, above all."""
        here = {one.decision["id"] for one in self._shown}
        said = {
            change.record: change.fields["state"]
            for change in changes
            if change.record in here and "state" in change.fields
        }
        closed = {id: state for id, state in (self._closed | said).items() if state != OPEN}
        if closed != self._closed:
            self._closed = closed
            self._tell(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "rows"):
            self._tell(self._shown)
        super().changeEvent(event)


class _Row(QWidget):
    def __init__(
        self, desk: Desk, one: Earlier, on: date, state: str, close: Callable[[str], None]
    ) -> None:
        super().__init__()
        decision, meeting = one.decision, one.meeting
        where = "" if one.here else short_place(desk.pack, meeting["village"] or "")
        when = plain_day(meeting["held_on"]) if meeting["held_on"] else ""
        below = (decision["responsible"], meeting["title"], when, where)
        words = QVBoxLayout(self)
        words.setContentsMargins(0, 6, 0, 6)
        words.setSpacing(0)
        words.addWidget(PlainLabel(decision["text"] or "", wrap=True))
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(ElidedLabel(" · ".join(filter(None, below)), "muted"), 1)
        second.addWidget(_badge(one, on, state))
        words.addLayout(second)
        words.addSpacing(6)
        offered = ENDS if state == OPEN else (OPEN,)
        self.buttons = [self._button(each, decision["text"] or "", close) for each in offered]
        ways = QHBoxLayout()  # beside the words they made the page wider than its place
        ways.setSpacing(8)
        for button in self.buttons:
            ways.addWidget(button)
        ways.addStretch(1)
        words.addLayout(ways)

    def _button(self, state: str, about: str, close: Callable[[str], None]) -> QPushButton:
        words = tr("Open again") if state == OPEN else label("decision_state", state)
        button = QPushButton(words)
        button.setAccessibleName(f"{words}: {about}")
        button.setAutoDefault(True)
        button.clicked.connect(lambda _=False: close(state))
        return button


def _badge(one: Earlier, on: date, state: str) -> Badge:
    if state != OPEN:
        return Badge(label("decision_state", state), *SIGNS[state])
    due = one.decision["due_on"]
    if due is None:
        return Badge(tr("no term"), "neutral")
    near = deadline(due, on)
    return Badge(near.words, near.tone, near.icon)
