"""One question of an interview, large: its words, its choices with their digits, or an input."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from sync.errors import UserError
from sync.language import tr
from ui.models.codes import ONE_DIGIT, codes
from ui.models.walk import CHOSEN, Step
from ui.widgets.fact_sheet import clear
from ui.widgets.inputs import DateInput, LongText
from ui.widgets.key_positions import digit_of
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look
from ui.widgets.rows import ChoiceRow

NUMBERS = ("integer", "decimal")
TYPED_HINTS = {"integer": "0", "decimal": "0.0", "time": "14:30"}


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


class QuestionView(QWidget):
    """Shows a step of the walk. Knows no form: says what was chosen or typed."""

    chosen = Signal(int)  # number of the choice, from 1
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.section = PlainLabel("", "muted", wrap=True)
        self.label = PlainLabel("", "title", wrap=True)
        self.hint = PlainLabel("", "muted", wrap=True)
        self.problem = PlainLabel("", "error", wrap=True)
        self.rows: list[ChoiceRow] = []
        self.input: QLineEdit | QPlainTextEdit | None = None
        self._path = ""
        self._answers = QVBoxLayout()
        self._answers.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (self.section, self.label, self.hint):
            layout.addWidget(part)
        layout.addSpacing(8)
        layout.addLayout(self._answers)
        layout.addWidget(self.problem)
        layout.addStretch(1)

    def show_step(self, step: Step, *, anew: bool = False) -> None:
        """Another question, or the same one after an answer; the cursor stays where it is.

        `anew`: draw the same one again, in another language.
        """
        node = step.node
        same = node.path == self._path and not anew
        self.section.setText(step.section)
        self.section.setVisible(bool(step.section))
        self.label.setText(
            tr("{question} *", question=node.label) if node.required else node.label
        )
        self.hint.setText(self._hint(step))
        self.hint.setVisible(bool(self.hint.text()))
        self.setAccessibleName(node.label)
        self._path = node.path
        if same and self.input is not None:
            return
        if not same:
            self.show_problem(None)
        self._answer(step)

    def show_problem(self, problem: UserError | None) -> None:
        """What is wrong with the answer, in words; None takes it away."""
        self.problem.setText(str(problem) if problem else "")
        self.problem.setVisible(problem is not None)
        if self.input is not None:
            set_look(self.input, "wrong", problem is not None)

    def focus(self) -> None:
        """The cursor into the input; choices are the screen's, by digits."""
        if self.input is not None:
            self.input.setFocus()

    def show_pending(self, digits: str) -> None:
        """A code of two digits is half typed."""
        self.pending = digits
        for row in self.rows:
            set_look(row, "pending", bool(digits) and row.digits.startswith(digits))

    pending = ""

    def _hint(self, step: Step) -> str:
        own = {
            "select_multiple": tr("Several may be chosen; the same digits take one out again."),
            "text": tr("Shift+Enter begins a new line."),
        }.get(step.node.kind, "")
        return "\n".join(part for part in (step.node.hint, own) if part)

    def _answer(self, step: Step) -> None:
        focused = next((n for n, row in enumerate(self.rows) if row.hasFocus()), -1)
        clear(self._answers)
        self.rows, self.input = [], None
        if step.node.kind in (*CHOSEN, "acknowledge"):
            self._choices(step)
            if 0 <= focused < len(self.rows):
                self.rows[focused].setFocus()
        elif step.node.kind != "note":
            self._input(step)

    def _choices(self, step: Step) -> None:
        node = step.node
        several = node.kind == "select_multiple"
        taken = set(node.value.split()) if several else {node.value}
        if node.kind == "acknowledge":
            pairs = [(node.value or "-", tr("Yes"))]
        else:
            pairs = [(choice.value, choice.label) for choice in node.choices]
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        high = len(pairs) if len(pairs) <= ONE_DIGIT else (len(pairs) + 1) // 2
        for place, (digits, (value, words)) in enumerate(
            zip(codes(len(pairs)), pairs, strict=True)
        ):
            row = ChoiceRow(digits, words, chosen=value in taken)
            row.clicked.connect(partial(self._choose, place + 1))
            self.rows.append(row)
            grid.addWidget(row, place % high, place // high)  # a long list in two columns
        self._answers.addWidget(whole)
        whole.show()  # now, so that a row can take the cursor at once

    def _choose(self, number: int, _: bool = False) -> None:
        self.chosen.emit(number)

    def _input(self, step: Step) -> None:
        kind, value = step.node.kind, step.node.value
        if kind == "text":
            long = AnswerText()
            long.setPlainText(value)
            long.textChanged.connect(lambda: self.typed.emit(long.toPlainText()))
            self.input = long
        elif kind == "date":
            day = DateInput()
            day.set_value(value or None)
            day.changed.connect(lambda: self.typed.emit(_iso(day)))
            self.input = day
        else:
            line = AnswerNumber(value) if kind in NUMBERS else QLineEdit(value)
            line.setPlaceholderText(TYPED_HINTS.get(kind, ""))
            line.setMaximumWidth(260)
            line.textChanged.connect(self.typed)
            self.input = line
        set_look(self.input, "role", "answer")
        self.input.setAccessibleName(step.node.label)
        self._answers.addWidget(self.input)
        self.input.show()  # now, so that it can take the cursor at once


def _iso(day: DateInput) -> str:
    found = day.value()
    return "" if found is None else found if isinstance(found, str) else found.isoformat()
