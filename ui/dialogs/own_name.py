"""What the button of the person who works here says, before anybody has typed a password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui.dialogs.tall import button_row
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel


class OwnNameDialog(QDialog):
    """Asks until `accept` is called; a name may be empty."""

    typed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Name on this computer"))
        self.setMinimumWidth(460)
        self.name = QLineEdit(name)
        self.name.selectAll()
        hint = mark("Anybody here sees it. It may stay empty.")
        self.row = FieldRow(mark("Your name on this computer"), self.name, hint)
        self.go_button, self.stop_button = QPushButton(tr("Save")), QPushButton(tr("Cancel"))
        self.go_button.setProperty("kind", "primary")
        self.go_button.setDefault(True)
        self.go_button.clicked.connect(lambda: self.typed.emit(self.name.text()))
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.reject)
        buttons = button_row(self.go_button, self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr("Name on this computer"), "heading"))
        layout.addWidget(self.row)
        layout.addSpacing(4)
        layout.addLayout(buttons)
