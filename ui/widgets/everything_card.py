"""All that a person may read leaves as one archive, for who goes elsewhere or reckons elsewhere."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sync.language import mark, tr
from ui.exports import EVERYTHING
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.word_button import WordButton

HINT = mark(
    "Your records belong to your group: they leave in an open format that other programs read. What goes "
    "is said before, and noted. This is no copy to be restored: copies are made by themselves."
)


class EverythingCard(Card):
    """`wanted`: the person asks for it; what goes is said before anything is written."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(mark("Everything, to take along"), "save", parent)
        self.hint = PlainLabel(role="muted", wrap=True)
        self.button = WordButton(EVERYTHING, icon="save", keys="Ctrl+E")
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.add(self.hint)
        self.add(row)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self.hint.setText(tr(HINT))
