"""Which key opens the copy that is to take the place of the work: a password, or the recovery code."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui import theme
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel
from ui.widgets.secret_line import SecretLine


class RestoreDialog(QDialog):
    """Asks until `accept` is called. `by_code`: on another computer the password is not enough."""

    typed = Signal(str, str)  # password; the recovery code, or "": then it is a new password

    def __init__(self, *, by_code: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Restore this copy"))
        self.setMinimumWidth(theme.grown(460))
        self.by_code = by_code
        self.code, self.password, self.following = QLineEdit(), QLineEdit(), SecretLine()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.rows = {
            "code": FieldRow(
                mark("Recovery code"),
                self.code,
                mark("The letters and digits on the recovery sheet. Spaces do not matter."),
            ),
            "following": FieldRow(mark("A new password"), self.following),
            "password": FieldRow(
                mark("Password"),
                self.password,
                mark("The password of today, or that of the day of the copy."),
            ),
        }
        for edit in (self.code, self.password, self.following):
            edit.textEdited.connect(lambda _: self._show_no_problem())
        self.lead = PlainLabel(role="muted", wrap=True)
        self.go_button, self.stop_button = QPushButton(tr("Restore")), QPushButton(tr("Cancel"))
        self.go_button.setProperty("kind", "primary")
        self.go_button.setDefault(True)
        self.go_button.clicked.connect(self._ask)
        self.other_button = QPushButton()
        self.other_button.setProperty("kind", "quiet")
        self.other_button.clicked.connect(lambda: self.set_by_code(not self.by_code))
        self.stop_button.clicked.connect(self.reject)
        for button in (self.other_button, self.stop_button):
            button.setAutoDefault(False)
        self._lay_out()
        self.set_by_code(by_code)

    def set_by_code(self, by_code: bool) -> None:
        """Ask for the recovery code and a new password in place of the password, or no more."""
        self.by_code = by_code
        self._show_no_problem()
        for name, row in self.rows.items():
            row.setVisible((name == "password") is not by_code)
        self.lead.setText(
            tr("On another computer the recovery sheet of that day opens the copy.")
            if by_code
            else tr("It takes the place of your work on this laptop. Nothing is deleted.")
        )
        self.other_button.setText(
            tr("Back to the password") if by_code else tr("By the recovery code")
        )
        (self.code if by_code else self.password).setFocus()
        self.adjustSize()

    def show_problem(self, words: str, field: str) -> None:
        """Say at a field what was wrong, and let it be typed again."""
        self.go_button.setEnabled(True)
        row = self.rows[field if self.by_code else "password"]
        row.show_problem(words)
        row.input.setFocus()
        if isinstance(row.input, QLineEdit):
            row.input.selectAll()

    def _ask(self) -> None:
        asked = (self.code, self.following) if self.by_code else (self.password,)
        names = ("code", "following") if self.by_code else ("password",)
        empty = [name for name, edit in zip(names, asked, strict=True) if not edit.text().strip()]
        for name in empty:
            self.rows[name].show_problem(tr("Fill this in."))
        if empty:
            self.rows[empty[0]].input.setFocus()
            return
        self.go_button.setEnabled(False)
        if self.by_code:
            self.typed.emit(self.following.text(), self.code.text().strip())
        else:
            self.typed.emit(self.password.text(), "")

    def _show_no_problem(self) -> None:
        for row in self.rows.values():
            row.show_problem("")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.other_button)
        buttons.addStretch(1)
        buttons.addWidget(self.go_button)
        buttons.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr("Restore this copy"), "heading"))
        layout.addWidget(self.lead)
        for row in self.rows.values():
            layout.addWidget(row)
        layout.addLayout(buttons)
