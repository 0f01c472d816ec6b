"""One's own phrases, one on each line: closing keeps them, nothing can be lost by Esc. And the shared ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui.dialogs.tall import TallDialog, button_row
from ui.icons import icon
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import LongText
from ui.widgets.labels import PlainLabel
from ui.widgets.shared_phrases import SharedPhrases


class PhrasesDialog(TallDialog):
    """`left` has the lines when it is closed, in whatever way."""

    left = Signal(list)
    shared_wanted = Signal()  # it has closed

    def __init__(
        self, own: list[str], parent: QWidget | None = None, *, shared: bool = False
    ) -> None:
        """`shared`: whether there is something to be seen of shared ones."""
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
        self.shared_button = QPushButton(tr("Shared phrases…"))
        self.shared_button.setIcon(icon("people"))
        self.shared_button.setAutoDefault(False)
        self.shared_button.setVisible(shared)
        self.shared_button.clicked.connect(self._leave_for_shared)
        self.finished.connect(lambda _: self.left.emit((self.texts.value() or "").splitlines()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr("My phrases"), "heading"))
        layout.addWidget(PlainLabel(about, wrap=True))
        layout.addWidget(row)
        layout.addLayout(button_row(self.shared_button, self.done_button))
        self.texts.setFocus()

    def _leave_for_shared(self) -> None:
        self.accept()
        self.shared_wanted.emit()


class SharedPhrasesDialog(TallDialog):
    """Those that were shared; who may share writes and takes back others."""

    def __init__(self, parent: QWidget | None = None, *, shares: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shared phrases"))
        self.setMinimumWidth(560)
        self.shared = SharedPhrases(shares=shares)
        self.shared.grew.connect(self.grow)
        self.done_button = QPushButton(tr("Done"))
        self.done_button.setAutoDefault(False)
        self.done_button.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        about = tr(
            "They are offered to colleagues after two colons (::), beside the program's and their own."
        )
        layout.addWidget(PlainLabel(tr("Shared phrases"), "heading"))
        layout.addWidget(PlainLabel(about, wrap=True))
        layout.addWidget(self.shared)
        layout.addLayout(button_row(self.done_button))
