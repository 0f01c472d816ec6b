"""Where password and sheet are lost: a request to the custodians of the region's key, their answer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.recovery_code import groups
from sync.language import mark, tr
from ui import theme
from ui.dialogs.tall import TallDialog, button_row
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel
from ui.widgets.secret_line import SecretLine

REQUEST = "dala-request.txt"


class AskRegionDialog(TallDialog):
    """Stays until `accept` is called or it is closed; the answer may come days later."""

    asked = Signal(str, Path)  # the password from then on, where the request goes
    answered = Signal(str, Path)  # the same password, where the answer is

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Ask the region"))
        self.setMinimumWidth(theme.grown(520))
        self.password, self.repeated = SecretLine(), SecretLine()
        hint = mark("It opens your work on this laptop. Tell it to nobody.")
        self.row = FieldRow(mark("A new password"), self.password, hint)
        self.again = FieldRow(mark("The new one once more, for a request"), self.repeated)
        for edit, row in ((self.password, self.row), (self.repeated, self.again)):
            edit.textEdited.connect(lambda _, row=row: row.show_problem(""))
        self.check = PlainLabel(role="strong", wrap=True)
        self.check.hide()
        self.ask_button = QPushButton(tr("Save the request…"))
        self.ask_button.setProperty("kind", "primary")
        self.answer_button = QPushButton(tr("Open the answer…"))
        self.stop_button = QPushButton(tr("Close"))
        for button, do in (
            (self.ask_button, self._ask),
            (self.answer_button, self._answer),
            (self.stop_button, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(do)
        self._lay_out()

    def show_check(self, path: Path, letters: str) -> None:
        """The request is written; what its owner reads to the custodians."""
        self._set_busy(False)
        words = tr("The request is in {file}. Bring it to the custodians.", file=path.name)
        spaced = "\u00a0".join(groups(letters))  # in one line
        said = tr("Read them this by voice, so that they know it is yours: {check}", check=spaced)
        self.check.setText(f"{words} {said}")
        self.check.show()
        self.grow()

    def show_problem(self, words: str) -> None:
        """What went wrong; the work is as it was."""
        self._set_busy(False)
        self.row.show_problem(words)
        self.password.setFocus()
        self.grow()

    def _ask(self) -> None:
        if self.password.text() and self.password.text() != self.repeated.text():
            self.again.show_problem(tr("This is not the same as above."))
            self.repeated.setFocus()
            self.grow()
            return
        if self._typed():
            name, _ = QFileDialog.getSaveFileName(self, tr("Save the request…"), REQUEST)
            self._go(self.asked.emit, name)

    def _answer(self) -> None:
        if self._typed():
            name, _ = QFileDialog.getOpenFileName(self, tr("Open the answer…"))
            self._go(self.answered.emit, name)

    def _typed(self) -> bool:
        if not self.password.text():
            self.show_problem(tr("Fill this in."))
        return bool(self.password.text())

    def _go(self, tell: Callable[[str, Path], object], name: str) -> None:
        if name:
            self._set_busy(True)
            tell(self.password.text(), Path(name))

    def _set_busy(self, busy: bool) -> None:
        self.ask_button.setEnabled(not busy)
        self.answer_button.setEnabled(not busy)

    def _lay_out(self) -> None:
        lead = tr(
            "Two custodians of the region's key can open your work. Choose a new password, save the "
            "request, and let any messenger or stick carry it to them. When their answer is here, type "
            "the same password again and open the answer. No network is needed."
        )
        buttons = button_row(self.ask_button, self.answer_button, self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr("No password and no sheet"), "heading"))
        layout.addWidget(PlainLabel(lead, wrap=True))
        for row in (self.row, self.again):
            layout.addWidget(row)
        layout.addWidget(self.check)
        layout.addLayout(buttons)
