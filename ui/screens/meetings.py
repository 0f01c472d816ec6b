"""Meetings with residents, with the questions asked and the decisions taken."""

from typing import Any

from desktop.session import Desk
from sync.language import mark
from sync.records.base import Values
from sync.records.meeting import Decision, Question
from ui.jobs import Jobs
from ui.screens.records import RecordsScreen
from ui.widgets.earlier_decisions import EarlierDecisions
from ui.widgets.parts_editor import PartCard, PartsEditor


class MeetingsScreen(RecordsScreen):
    """A question becomes an issue by one button: `other_wanted` carries its first values."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        self.questions = PartsEditor(Question, desk.person, desk.pack, mark("Make an issue of it"))
        self.decisions = PartsEditor(Decision, desk.person, desk.pack)
        self.earlier = EarlierDecisions(desk, jobs)
        panels = [self.questions, self.decisions]
        super().__init__(desk, jobs, "meeting", panels, first=[self.earlier])
        self.editor.opened.connect(self._look_back)
        self.editor.form.edited.connect(self._look_back)
        self.questions.asked.connect(self._make_issue)

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
