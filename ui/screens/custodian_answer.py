"""What two custodians see when a laptop asks: a sheet is typed, another one, whose laptop it is."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout

from sync.language import mark, tr
from ui import theme
from ui.dates import plain_day
from ui.screens.custodians import CustodianPage, large_button
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel

LINES = 3  # of letters


class SheetWanted(CustodianPage):
    """One custodian's sheet is asked for. `place`: 1 for the first who types."""

    typed = Signal(str)
    file_wanted = Signal()

    def __init__(self, place: int, asked_on: date | None) -> None:
        super().__init__()
        self._number, self._on = place, asked_on
        self.sheet = SheetInput()
        self.sheet.entered.connect(self.submit)
        self.row = FieldRow(
            mark("Letters of the sheet"),
            self.sheet,
            mark("60 letters and digits. Small letters and spaces do not matter."),
        )
        self.sheet.textChanged.connect(lambda: self.row.show_problem(""))
        self.next_button, self.file_button = large_button(self.submit), QPushButton()
        self.file_button.setProperty("kind", "quiet")
        self.file_button.setAutoDefault(True)
        self.file_button.clicked.connect(self.file_wanted)
        for part in (self.row, self.next_button, self.file_button, self.back_button):
            self.inside.addWidget(part)
        self.start_at(self.sheet)
        self.retranslate()

    def submit(self) -> None:
        """Go on with what was typed."""
        if text := self.sheet.toPlainText().strip():
            self.typed.emit(text)
        else:
            self.show_problem(tr("Fill this in."))

    def show_problem(self, words: str) -> None:
        """At the field, where the cursor goes."""
        self.row.show_problem(words)
        self.sheet.setFocus()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        first = self._number == 1
        self.title.setText(tr("The first sheet") if first else tr("The second sheet"))
        asked = tr("The request was made on {day}.", day=plain_day(self._on)) if self._on else ""
        alone = tr("One custodian types, the other one looks away.")
        self.lead.setText(" ".join(part for part in (asked if first else "", alone) if part))
        self.next_button.setText(tr("Next"))
        self.file_button.setText(tr("Open from a text file…"))


class SheetInput(QPlainTextEdit):
    """All letters are seen at once, so that they can be compared; Enter goes on."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)  # nothing that was typed is kept beside what stands here
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setFixedHeight(theme.grown(LINES * 24 + 20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class WhoseLaptop(CustodianPage):
    """Both sheets gave the key: whose laptop asks, and what its owner has to read aloud.

    The letters are not shown, so that nobody can tell them to who asks.
    """

    heard = Signal(str)  # what the owner read

    def __init__(self, whose: Sequence[str], asked_on: date | None) -> None:
        super().__init__()
        self._whose, self._on = whose, asked_on
        self.whose = PlainLabel("\n".join(whose), "strong", wrap=True)
        card = QFrame()
        card.setProperty("card", "plain")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self.whose)
        self.day = PlainLabel(wrap=True)
        inside.addWidget(self.day)
        self.letters = QLineEdit()
        self.letters.setProperty("large", True)
        self.letters.returnPressed.connect(self.submit)
        self.row = FieldRow(
            mark("What the owner reads to you"),
            self.letters,
            mark("Twelve letters and digits, which stand on the laptop that asks."),
        )
        self.letters.textEdited.connect(lambda _: self.row.show_problem(""))
        self.save_button = large_button(self.submit)
        for part in (card, self.row, self.save_button, self.back_button):
            self.inside.addWidget(part)
        self.start_at(self.letters)
        self.retranslate()

    def submit(self) -> None:
        """Go on with what was heard."""
        if text := self.letters.text().strip():
            self.heard.emit(text)
        else:
            self.show_problem(tr("Fill this in."))

    def show_problem(self, words: str) -> None:
        """At the field, where the cursor goes."""
        self.row.show_problem(words)
        self.letters.setFocus()

    def retranslate(self) -> None:
        """Texts in the language spoken now; who it is stays as it was said."""
        super().retranslate()
        self.title.setText(tr("Whose laptop asks"))
        self.lead.setText(
            tr(
                "Call the owner, at a number that you know yourselves. Did they ask for it? Let them "
                "read the letters on their laptop to you."
            )
        )
        self.day.setText(
            tr("The request was made on {day}.", day=plain_day(self._on)) if self._on else ""
        )
        self.day.setVisible(self._on is not None)
        self.save_button.setText(tr("Save the answer…"))
        self.back_button.setText(tr("Do not answer"))
