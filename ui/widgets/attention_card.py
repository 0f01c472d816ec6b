"""Edits that the server refused, each with its reason and what may be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout

from sync.language import mark, tr
from ui import theme
from ui.icons import icon
from ui.models.waiting import Trouble
from ui.screens import screen_of
from ui.widgets.badges import Badge
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel

MOST = 50  # edits that are shown; the badge tells how many there are
BESIDE = 1.5  # of the usual size of words: larger buttons stand below each other
LEFT = Qt.AlignmentFlag.AlignLeft


class AttentionCard(Card):
    """Says which button was pressed; decides nothing. Made anew when the edits are read again."""

    open_record = Signal(str, object)  # kind, id
    again_wanted = Signal(object)  # a Held: send it once more
    let_go = Signal(object)  # a Held: discard it

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(mark("Needs attention"), "warning", tone="warning")
        self.retry_buttons: list[QPushButton] = []
        self.let_go_buttons: list[QPushButton] = []
        self.head.addWidget(Badge(str(len(troubles)), "warning", "warning"))
        words = tr(
            "The server refused these edits, or they were not sent to it. They are kept here until you "
            "deal with them."
        )
        self.add(PlainLabel(words, "muted", wrap=True))
        for trouble in troubles[:MOST]:
            self.add(self._part(trouble))

    def _part(self, trouble: Trouble) -> QFrame:
        box = QFrame()
        box.setProperty("card", "part")
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(PlainLabel(trouble.title, "strong", wrap=True))
        column.addWidget(PlainLabel(trouble.what, "muted", wrap=True))
        column.addWidget(PlainLabel(trouble.held.reason, wrap=True))
        column.addSpacing(4)
        column.addLayout(self._buttons(trouble))
        return box

    def _buttons(self, trouble: Trouble) -> QBoxLayout:
        ways = QBoxLayout.Direction
        row = QBoxLayout(ways.TopToBottom if theme.scale() > BESIDE else ways.LeftToRight)
        row.setSpacing(8)
        if screen_of(trouble.kind) is not None:
            repair = QPushButton(tr("Open the record"))
            repair.clicked.connect(lambda: self.open_record.emit(trouble.kind, trouble.record))
            row.addWidget(repair, 0, LEFT)
        again = QPushButton(icon("sync", "text"), tr("Send again"))
        again.clicked.connect(lambda: self.again_wanted.emit(trouble.held))
        discard = QPushButton(icon("close", "accent"), tr("Discard this edit"))
        discard.setProperty("kind", "quiet")
        discard.clicked.connect(lambda: self.let_go.emit(trouble.held))
        row.addWidget(again, 0, LEFT)
        row.addWidget(discard, 0, LEFT)
        row.addStretch(1)
        self.retry_buttons.append(again)
        self.let_go_buttons.append(discard)
        return row
