"""Whose counts these are: an officer types the number that a coordinator said, and why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from sync.language import mark, tr
from sync.quality import LONGEST_REASON
from ui.widgets.cards import Card
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import TextLine
from ui.widgets.labels import PlainLabel


class WhoseCard(Card):
    """Asks by a signal; whoever hears it says the answer."""

    asked = Signal(str, str)  # the number, the reason

    def __init__(self) -> None:
        super().__init__(mark("Whose interviews they are"), "key")
        self.words = PlainLabel(role="muted", wrap=True)
        self.number, self.reason = TextLine(), TextLine()
        self.reason.setMaxLength(LONGEST_REASON)
        self.number_row = FieldRow(
            mark("Number"), self.number, mark("As the coordinator said it: 3F0A-91C4")
        )
        self.reason_row = FieldRow(
            mark("Why it is to be known"),
            self.reason,
            mark("Coordinators and administrators read it in “Who looked”."),
        )
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.answer = PlainLabel(role="strong", wrap=True)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.answer.hide()
        for part in (self.words, self.number_row, self.reason_row):
            self.add(part)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.answer)
        self.button.clicked.connect(self.ask)
        self.reason.returnPressed.connect(self.ask)
        self.setFocusProxy(self.number)
        self._say()

    def ask(self) -> None:
        """Ask for what stands in the fields."""
        self.number_row.show_problem("")
        self.reason_row.show_problem("")
        self.answer.hide()
        self.asked.emit(self.number.text(), self.reason.text())

    def tell(self, words: str) -> None:
        """The answer, or why there is none."""
        self.answer.setText(words)
        self.answer.show()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        if hasattr(self, "words"):
            self._say()

    def _say(self) -> None:
        self.words.setText(
            tr(
                "The card of a number is opened on this laptop alone; nothing of it is kept. A"
                " number is no proof against anybody: speak with the person first."
            )
        )
        self.button.setText(tr("Open"))
