"""Answers that are typed: words, numbers, a barcode."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout

from desktop.surveys.interview import NodeState
from desktop.surveys.kinds import as_text
from sync.language import mark
from ui.widgets.answers.answer import NO_AIDS, Aids, Answer
from ui.widgets.inputs import LongText
from ui.widgets.key_positions import digit_of
from ui.widgets.restyle import set_look

NUMBERS = ("integer", "decimal")
EXAMPLES = {"integer": "0", "decimal": "0.0"}
NARROW = 260  # px: nobody types a number longer than that
KEYS_OF_TEXT = mark("Shift+Enter begins a new line")


class AnswerText(LongText):
    """Free text: Enter goes on to the next question, Shift+Enter begins a new line."""

    LEAST = 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if enter and not shift:
            event.ignore()
        else:
            super().keyPressEvent(event)


class AnswerNumber(QLineEdit):
    """A number. The row of digits works on the Kazakh layout too, where it writes Ә І Ң Ғ."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        if digit is not None and event.text() != str(digit) and event.text() not in ",.":
            self.insert(str(digit))
        else:
            super().keyPressEvent(event)


class TypedAnswer(Answer):
    """What all answers that are typed into one `input` share."""

    input: QLineEdit | QPlainTextEdit

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__(node, aids)
        self.input = self._made(node)
        set_look(self.input, "role", "answer")
        self.setFocusProxy(self.input)
        self.show_node(node)
        if isinstance(self.input, QLineEdit):
            self.input.textChanged.connect(self._changed)
        else:
            self.input.textChanged.connect(self._changed)

    def show_node(self, node: NodeState) -> None:
        """A value that was set from elsewhere is shown; what is being typed is left alone."""
        super().show_node(node)
        self.input.setAccessibleName(node.label)
        if self._value() != node.value:
            blocked = self.input.blockSignals(True)
            self._set(node.value)
            self.input.blockSignals(blocked)

    def show_wrong(self, *, wrong: bool) -> None:
        """A red edge."""
        set_look(self.input, "wrong", wrong)

    def _made(self, node: NodeState) -> QLineEdit | QPlainTextEdit:
        raise NotImplementedError

    def _text(self) -> str:
        box = self.input
        return box.text() if isinstance(box, QLineEdit) else box.toPlainText()

    def _set(self, value: str) -> None:
        box = self.input
        if isinstance(box, QLineEdit):
            box.setText(value)
        else:
            box.setPlainText(value)

    def _value(self) -> str:
        """What the form keeps of what stands in the input."""
        return as_text(self.node.kind, self._text())

    def _changed(self, _: object = None) -> None:
        self.typed.emit(self._value())


class WordsAnswer(TypedAnswer):
    """Words, in as many lines as they need."""

    words_of_keys = KEYS_OF_TEXT

    def _made(self, node: NodeState) -> QPlainTextEdit:
        box = AnswerText()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)
        return box


class LineAnswer(TypedAnswer):
    """A number, a code, words that nobody else should see: one short line."""

    def _made(self, node: NodeState) -> QLineEdit:
        looks = node.appearance.split()
        digits = node.kind in NUMBERS or "numbers" in looks
        line = AnswerNumber() if digits else QLineEdit()
        line.setPlaceholderText(EXAMPLES.get(node.kind, ""))
        line.setMaximumWidth(NARROW)
        if "masked" in looks:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(line)
        layout.addStretch(1)
        return line
