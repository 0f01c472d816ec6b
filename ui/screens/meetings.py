"""Meetings with residents, with the questions asked and the decisions taken; and one that goes on."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.session import Desk
from sync.language import mark
from sync.records.base import Values
from sync.records.meeting import Decision, Question
from ui.jobs import Jobs
from ui.models.record_page import Page
from ui.screens.glancing import keep_true
from ui.screens.meeting_live import MeetingLive
from ui.screens.records import RecordsScreen
from ui.widgets.earlier_decisions import EarlierDecisions
from ui.widgets.meeting_glance import MeetingGlance
from ui.widgets.part_card import PartCard
from ui.widgets.parts_editor import PartsEditor


class MeetingsScreen(RecordsScreen):
    """A question becomes an issue by one button: `other_wanted` carries its first values."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        self.questions = PartsEditor(Question, desk.person, desk.pack, mark("Make an issue of it"))
        self.decisions = PartsEditor(Decision, desk.person, desk.pack)
        self.earlier = EarlierDecisions(desk, jobs)
        self.glance = MeetingGlance(desk)
        self.live: MeetingLive | None = None  # made when a meeting is first followed
        self._following = False  # as soon as the meeting is saved
        panels = [self.questions, self.decisions]
        super().__init__(desk, jobs, "meeting", panels, first=[self.glance, self.earlier])
        parts = {Question.kind: self.questions, Decision.kind: self.decisions}
        keep_true(self.glance, self.editor, parts, jobs)
        self.editor.opened.connect(self._look_back)
        self.editor.opened.connect(self._go_on)
        self.editor.form.edited.connect(self._look_back)
        self.questions.asked.connect(self._make_issue)
        self.glance.followed.connect(self.follow)
        key = QShortcut(QKeySequence("F9"), self, self.follow)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # a meeting that goes on

    def follow(self) -> None:
        """Follow the meeting on the page; what is typed is saved first."""
        page = self.editor.page
        if page is None or self.glance.button.isHidden() or self._is_live():
            return
        self._following = True
        if (self.editor.dirty() or page.row is None) and not self.editor.save():
            self._following = False  # something is wrong: it is said at the fields
        else:
            self._go_on(page)

    def _go_on(self, page: Page) -> None:
        if self._is_live() and self.live is not None:
            self.live.show_page(page)
        elif self._following and page.row is not None:
            self._following = False
            if self.live is None:
                self.live = MeetingLive(self._desk, self._jobs)
                self.live.left.connect(self._end)
                if (layout := self.layout()) is not None:
                    layout.addWidget(self.live)
            self.panes.hide()
            self.live.show()
            self.live.begin(page)

    def _is_live(self) -> bool:
        return self.live is not None and not self.live.isHidden()

    def _end(self) -> None:
        """Back to the record, where the cursor goes to the way into the meeting."""
        if self.live is not None:
            self.live.hide()
        self.panes.show()
        self.glance.button.setFocus()

    def _leave_live(self) -> bool:
        """Before anything else is shown; False where something in a line is wrong."""
        if self._is_live() and self.live is not None:
            self.live.leave()
        return not self._is_live()

    def open_record(self, id: UUID) -> None:
        """Show one meeting; one that goes on is left first."""
        if self._leave_live():
            super().open_record(id)

    def begin(self, values: Values | None = None) -> None:
        """Begin another one; the one that goes on is left first."""
        if self._leave_live():
            super().begin(values)

    def search(self) -> None:
        """Look for one; the one that goes on is left first."""
        if self._leave_live():
            super().search()

    def import_table(self) -> None:
        """Meetings from a table; the one that goes on is left first."""
        if self._leave_live():
            super().import_table()

    def _send(self) -> None:
        if not self._is_live():  # it is sent from its record, where all of it is seen
            super()._send()

    # inside

    def _look_back(self) -> None:
        """What this meeting checks first, by the village and day in its form."""
        if self.editor.page is not None:
            self.earlier.show_page(self.editor.page, self.editor.form.values())

    def _make_issue(self, card: PartCard) -> None:
        """Save the meeting first, so that the issue can name it."""
        page = self.editor.page
        if page is None:
            return
        if self.editor.dirty() and not self.editor.save():
            return
        meeting = self.editor.form.values()
        self.other_wanted.emit("issue", issue_of(str(page.id), meeting, card.form.values()))


def issue_of(meeting_id: str, meeting: Values, question: Values) -> Values:
    """The first values of an issue that a question raised.

    Who asked is not carried over: on an issue a person's name needs consent.
    """
    known: dict[str, Any] = {
        "meeting": meeting_id,
        "essence": question["text"],
        "village": meeting["village"],
        "received_on": meeting["held_on"],
        "received_how": "reception" if meeting["type"] == "outreach_reception" else "meeting",
        "state": "new",
    }
    return {name: value for name, value in known.items() if value}
