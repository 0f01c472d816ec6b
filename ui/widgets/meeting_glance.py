"""A meeting at a glance: its agenda, questions and decisions in numbers, and the way to follow it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.actions.meeting_course import items
from desktop.session import Desk
from sync.language import mark, tr, trn
from sync.records.meeting import Meeting
from ui.models.record_page import editable
from ui.models.seen import Seen
from ui.widgets.glance import Glance
from ui.widgets.labels import PlainLabel
from ui.widgets.word_button import WordButton


class MeetingGlance(Glance):
    """Also for a meeting that is not saved yet: it is saved when it is followed."""

    followed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._person = desk.person
        self.words = PlainLabel(role="strong", wrap=True)
        self.button = WordButton(mark("Follow the meeting"), "", "play", "F9")
        self.button.clicked.connect(lambda _=False: self.followed.emit())
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.button)
        line.addWidget(self.words, 1)
        self.add(line)

    def tell(self, seen: Seen) -> None:
        """In numbers."""
        row = seen.page.row
        may = editable(self._person, Meeting, row, row) == "all"
        self.button.setVisible(may)
        asked, decided = (seen.parts.get(kind, []) for kind in ("question", "decision"))
        agenda = len(items(seen.row))
        said = [
            trn("{n} item of the agenda", "{n} items of the agenda", agenda) if agenda else "",
            trn("{n} question", "{n} questions", len(asked)) if asked else "",
            trn("{n} decision", "{n} decisions", len(decided)) if decided else "",
        ]
        waits = sum(not one.get("answered") for one in asked)
        if waits:
            said.append(trn("{n} without an answer", "{n} without an answer", waits))
        words = " · ".join(filter(None, said))
        self.words.setText(words or tr("Nothing is written down of it yet."))
        self.setVisible(may or bool(words))
