"""The number and the code of a sealed report, shown once: to be printed or copied by hand."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.files import write_whole
from desktop.reports.code import Reporter, spelled
from sync.errors import UserError
from sync.language import tr
from ui import messages
from ui.dialogs.tall import TallDialog, button_row
from ui.file_places import to_save
from ui.icons import Picture
from ui.slip_paper import draw_slip, how_to_follow, how_to_keep
from ui.widgets.labels import PlainLabel

WIDE = 560  # px, unless the words on the buttons need more


class ReportSlip(TallDialog):
    """Closed, it is gone: nothing of it is kept."""

    def __init__(self, reporter: Reporter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("The report is sealed"))
        self.setMinimumWidth(WIDE)
        self._reporter = reporter
        self.save_button = QPushButton(tr("Save as PDF…"))
        self.save_button.clicked.connect(self.ask_where)
        self.save_button.setAutoDefault(False)
        self.done_button = QPushButton(tr("The reporter has it"))
        self.done_button.setProperty("kind", "primary")
        self.done_button.clicked.connect(self.accept)
        self._lay_out()

    def ask_where(self) -> None:
        """Let the person choose a file."""
        title = tr("Number and code")
        name, _ = QFileDialog.getSaveFileName(self, title, to_save(f"{title}.pdf"), "PDF (*.pdf)")
        if name:
            self.save(name)

    def save(self, name: str) -> None:
        """Write the page to this file, and say how that went."""
        try:
            write_whole(Path(name), draw_slip(self._reporter.number, self._reporter.code))
        except UserError as error:
            messages.warn(str(error))
        else:
            messages.say(tr("The slip was saved. Print it, then delete the file."))

    def showEvent(self, event: QShowEvent) -> None:
        """First as wide as the words on its buttons."""
        if (layout := self.layout()) is not None:
            self.setMinimumWidth(max(WIDE, layout.minimumSize().width()))
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes nothing: what stands here cannot be had again."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Picture("sealed", "accent", 28))
        head.addWidget(PlainLabel(tr("The report is sealed"), "heading"), 1)
        buttons = button_row(self.save_button, self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(head)
        lead = tr("This laptop cannot open it any more. It goes with the next sync.")
        layout.addWidget(PlainLabel(lead, wrap=True))
        layout.addWidget(self._card())
        layout.addWidget(PlainLabel(how_to_follow(), wrap=True))
        layout.addWidget(PlainLabel(how_to_keep(), "strong", wrap=True))
        layout.addWidget(PlainLabel(tr("They are not shown again."), wrap=True))
        layout.addLayout(buttons)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("card", "plain")
        lines = QVBoxLayout(card)
        lines.setContentsMargins(20, 16, 20, 16)
        lines.setSpacing(4)
        for words, letters in (
            (tr("Number"), self._reporter.number),
            (tr("Code"), self._reporter.code),
        ):
            lines.addWidget(PlainLabel(words, "muted"))
            shown = PlainLabel(spelled(letters), "title")
            shown.setAccessibleName(f"{words} {spelled(letters)}")
            lines.addWidget(shown)
        return card
