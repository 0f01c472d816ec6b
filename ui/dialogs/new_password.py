"""Another password for the file: the old one, and the new one twice."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui.dialogs.tall import TallDialog, button_row
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel
from ui.widgets.secret_line import SecretLine


@dataclass(frozen=True)
class Words:
    """What the dialog says: English, marked. `go` and `busy` stand on its button."""

    title: str
    lead: str
    new: str
    go: str
    busy: str


class NewPasswordDialog(TallDialog):
    """Asks until `accept` is called; what was wrong is said at its field.

    `new_may_lack`: what it is for may be done without another password.
    """

    typed = Signal(str, str)  # old, new
    words = Words(
        title=mark("Change the password"),
        lead=mark("No network is needed, and all your work stays. The recovery sheet stays good."),
        new=mark("A new password"),
        go=mark("Change"),
        busy=mark("Changing…"),
    )

    def __init__(self, parent: QWidget | None = None, *, new_may_lack: bool = False) -> None:
        super().__init__(parent)
        self._needed = ("old",) if new_may_lack else ("old", "new", "repeated")
        self.setWindowTitle(tr(self.words.title))
        self.setMinimumWidth(460)
        self.old, self.new, self.repeated = QLineEdit(), SecretLine(), SecretLine()
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        self._edits: dict[str, QLineEdit] = {
            "old": self.old,
            "new": self.new,
            "repeated": self.repeated,
        }
        hint = mark("It opens your work on this laptop. Tell it to nobody.")
        self.rows = {
            "old": FieldRow(mark("The password until now"), self.old),
            "new": FieldRow(self.words.new, self.new, hint),
            "repeated": FieldRow(mark("The new one once more"), self.repeated),
        }
        for name, edit in self._edits.items():
            edit.textEdited.connect(lambda _, row=self.rows[name]: row.show_problem(""))
        self.go_button, self.stop_button = QPushButton(), QPushButton(tr("Cancel"))
        self.go_button.setProperty("kind", "primary")
        self.go_button.setDefault(True)
        self.go_button.clicked.connect(self._ask)
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.reject)
        self._set_busy(False)
        self._lay_out()

    def show_problem(self, words: str, field: str) -> None:
        """Say at a field, by its name, what was wrong, and let it be typed again."""
        self._set_busy(False)
        self.rows[field].show_problem(words)
        self._edits[field].setFocus()
        self._edits[field].selectAll()
        self.grow()

    def _ask(self) -> None:
        empty = [name for name in self._needed if not self._edits[name].text()]
        for name in reversed(empty):  # the cursor ends in the first
            self.show_problem(tr("Fill this in."), name)
        if empty:
            return
        if self.new.text() != self.repeated.text():
            self.show_problem(tr("This is not the same as above."), "repeated")
            return
        self._set_busy(True)
        self.typed.emit(self.old.text(), self.new.text())

    def _set_busy(self, busy: bool) -> None:
        self.go_button.setEnabled(not busy)
        self.go_button.setText(tr(self.words.busy) if busy else tr(self.words.go))

    def _lay_out(self) -> None:
        buttons = button_row(self.go_button, self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr(self.words.title), "heading"))
        layout.addWidget(PlainLabel(tr(self.words.lead), wrap=True))
        for row in self.rows.values():
            layout.addWidget(row)
        layout.addLayout(buttons)
