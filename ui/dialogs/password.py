"""The password once more, before something that only its owner may do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui.dialogs.tall import button_row
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel


class PasswordDialog(QDialog):
    """Asks until `accept` is called; what was wrong is said at the field."""

    typed = Signal(str)

    def __init__(self, title: str, lead: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.row = FieldRow(mark("Password"), self.password)
        self.password.textEdited.connect(lambda _: self.row.show_problem(""))
        self.go_button, self.stop_button = QPushButton(tr("Go on")), QPushButton(tr("Cancel"))
        self.go_button.setProperty("kind", "primary")
        self.go_button.setDefault(True)
        self.go_button.clicked.connect(self._ask)
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.reject)
        buttons = button_row(self.go_button, self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(title, "heading"))
        layout.addWidget(PlainLabel(lead, wrap=True))
        layout.addWidget(self.row)
        layout.addLayout(buttons)

    def show_problem(self, words: str) -> None:
        """Say what was wrong, and let it be typed again."""
        self.go_button.setEnabled(True)
        self.row.show_problem(words)
        self.password.setFocus()
        self.password.selectAll()

    def _ask(self) -> None:
        if not self.password.text():
            self.row.show_problem(tr("Fill this in."))
            return
        self.go_button.setEnabled(False)
        self.typed.emit(self.password.text())
