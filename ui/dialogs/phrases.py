"""One's own phrases, one on each line. Closing keeps them; nothing can be lost by Esc."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui.dialogs.tall import TallDialog, button_row
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import LongText
from ui.widgets.labels import PlainLabel


class PhrasesDialog(TallDialog):
    """`left` has the lines when it is closed, in whatever way."""

    left = Signal(list)

    def __init__(self, own: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("My phrases"))
        self.setMinimumWidth(560)
        self.texts = LongText()
        self.texts.LEAST = 8
        self.texts.set_value("\n".join(own))
        hint = mark("One phrase on each line. They stay on this laptop, in the encrypted file.")
        row = FieldRow(mark("My phrases"), self.texts, hint)
        about = tr(
            "Type two colons (::) in a text of a record, and these phrases are offered with those "
            "of the program. Do not write people's names here."
        )
        self.done_button = QPushButton(tr("Done"))
        self.done_button.setProperty("kind", "primary")
        self.done_button.clicked.connect(self.accept)
        self.finished.connect(lambda _: self.left.emit((self.texts.value() or "").splitlines()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr("My phrases"), "heading"))
        layout.addWidget(PlainLabel(about, wrap=True))
        layout.addWidget(row)
        layout.addLayout(button_row(self.done_button))
        self.texts.setFocus()
