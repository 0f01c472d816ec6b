"""The one question that is asked before something is done: it cannot be undone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sync.erasure import REASONS
from sync.language import tr
from sync.vocabulary import choices
from ui.dialogs.tall import TallDialog, button_row
from ui.icons import Picture
from ui.widgets.labels import PlainLabel


class EraseDialog(TallDialog):
    """Says what goes and what stays, and asks why. Esc and Enter keep the record."""

    chosen = Signal(str)  # the reason: the record is to be erased

    def __init__(self, title: str, parent: QWidget | None = None, going: str = "") -> None:
        """`going`: kinds and numbers of what goes, where it is more than one record."""
        super().__init__(parent)
        self.setWindowTitle(tr("Erase for good"))
        self.setMinimumWidth(520)
        self.reasons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.erase_button, self.keep_button = QPushButton(), QPushButton()
        self.erase_button.setText(tr("Erase for good"))
        self.erase_button.setProperty("kind", "danger")
        self.erase_button.setEnabled(False)  # until it is said why
        self.erase_button.setAutoDefault(False)
        self.erase_button.clicked.connect(self._erase)
        self.keep_button.setText(tr("Keep it"))
        self.keep_button.setDefault(True)
        self.keep_button.clicked.connect(self.reject)
        self._lay_out(title, going)

    def _erase(self) -> None:
        reason = next(key for key, button in self.reasons.items() if button.isChecked())
        self.accept()
        self.chosen.emit(reason)

    def _lay_out(self, title: str, going: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Picture("warning", "danger", 28))
        head.addWidget(
            PlainLabel(
                tr("Erase this?") if going else tr("Erase this record?"), "heading", wrap=True
            ),
            1,
        )
        goes = tr(
            "“{title}” goes with all that belongs to it: questions, decisions, steps, comments, "
            "photos and files, and its whole history. It goes from this laptop at once, and from "
            "the server and everyone's laptops when they sync. Only that it was erased stays: "
            "when, by whom and why.",
            title=title,
        )
        buttons = button_row(self.erase_button, self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(PlainLabel(goes, wrap=True))
        self.going = PlainLabel(tr("What goes: {kinds}", kinds=going) if going else "", wrap=True)
        if going:
            layout.addWidget(self.going)
        layout.addWidget(PlainLabel(tr("This cannot be undone."), "strong", wrap=True))
        layout.addLayout(self._ask())
        layout.addLayout(buttons)

    def _ask(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(PlainLabel(tr("Why"), "hint"))
        for choice in choices(REASONS):
            button = self.reasons[choice.key] = QRadioButton(choice.words())
            button.toggled.connect(lambda: self.erase_button.setEnabled(True))
            self._group.addButton(button)
            column.addWidget(button)
        return column
