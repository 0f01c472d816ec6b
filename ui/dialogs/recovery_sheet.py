"""The recovery code, shown once: to be printed or copied by hand."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.files import write_whole
from desktop.recovery_code import groups
from sync.errors import UserError
from sync.language import tr
from ui import messages
from ui.code_paper import IN_A_ROW
from ui.dialogs.tall import TallDialog, button_row
from ui.file_places import to_save
from ui.icons import Picture
from ui.recovery_paper import draw_sheet, for_whom, how_it_opens
from ui.widgets.labels import PlainLabel


def show_sheet(
    code: str, who: str, below: str, parent: QWidget, make_anew: Callable[[], object]
) -> None:
    """Show a sheet. Where it is closed without a word that it is on paper, another is offered."""
    dialog = RecoverySheet(code, who, below, parent)
    again = messages.Action(tr("New recovery sheet…"), make_anew)
    unkept = tr("The recovery sheet was closed. If you do not have it on paper, make a new one.")
    dialog.rejected.connect(lambda: messages.tell(unkept, again))
    dialog.open()


class RecoverySheet(TallDialog):
    """`code` is canonical; `who` and `below` say whose it is, and what they are."""

    def __init__(self, code: str, who: str, below: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Recovery sheet"))
        self.setMinimumWidth(560)
        self._code, self._who, self._below = code, who, below
        self.save_button = QPushButton(tr("Save as PDF…"))
        self.save_button.setProperty("kind", "primary")
        self.save_button.clicked.connect(self.ask_where)
        self.done_button = QPushButton(tr("I have it on paper"))
        self.done_button.setAutoDefault(False)
        self.done_button.clicked.connect(self.accept)
        self._lay_out()

    def ask_where(self) -> None:
        """Let the person choose a file."""
        proposed = tr("Recovery sheet") + ".pdf"
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Recovery sheet"), to_save(proposed), "PDF (*.pdf)"
        )
        if name:
            self.save(name)

    def save(self, name: str) -> None:
        """Write the page to this file, and say how that went."""
        try:
            write_whole(Path(name), draw_sheet(self._code, self._who, self._below))
        except UserError as error:
            messages.warn(str(error))
        else:
            messages.say(tr("The sheet was saved. Print it, then delete the file."))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Picture("key", "accent", 28))
        head.addWidget(PlainLabel(tr("Recovery sheet"), "heading"), 1)
        buttons = button_row(self.save_button, self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(PlainLabel(how_it_opens(), wrap=True))
        layout.addWidget(self._code_card())
        layout.addWidget(PlainLabel(for_whom(), wrap=True))
        last = tr("The code is not shown again. Print it elsewhere, or copy it by hand.")
        layout.addWidget(PlainLabel(last, "strong", wrap=True))
        layout.addLayout(buttons)

    def _code_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("card", "plain")
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setSpacing(10)
        for number, group in enumerate(groups(self._code)):
            part = PlainLabel(group, "title")
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(part, number // IN_A_ROW, number % IN_A_ROW)
        return card
