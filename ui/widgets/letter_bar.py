"""The Kazakh letters that a Russian keyboard lacks, as buttons that write into the text field."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from sync.language import tr

LETTERS = "әғқңөұүһі"


class LetterBar(QWidget):
    """Writes into the field that has the cursor and leaves the cursor there.

    A capital where a sentence begins, or with Shift.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons: list[QPushButton] = []
        for letter in LETTERS:
            button = QPushButton(letter)
            button.setProperty("kind", "letter")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor stays in the text
            button.clicked.connect(lambda _=False, letter=letter: write_letter(letter))
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("Kazakh letters"))
        for button, letter in zip(self.buttons, LETTERS, strict=True):
            button.setAccessibleName(tr("Letter {letter}", letter=letter))


def write_letter(letter: str) -> None:
    """Write a letter at the cursor of the field that has it; without one, do nothing."""
    field = QApplication.focusWidget()
    shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
    if isinstance(field, QLineEdit) and not field.isReadOnly():
        before = field.text()[
            : field.selectionStart() if field.hasSelectedText() else field.cursorPosition()
        ]
        field.insert(_cased(letter, before, bool(shift)))
    elif isinstance(field, QPlainTextEdit | QTextEdit) and not field.isReadOnly():
        cursor = field.textCursor()
        before = field.toPlainText()[: cursor.selectionStart()]
        cursor.insertText(_cased(letter, before, bool(shift)))


def _cased(letter: str, before: str, shift: bool) -> str:
    begins = not before.strip() or before.rstrip(" ")[-1] in ".!?\n"
    return letter.upper() if shift or begins else letter
