"""What the smaller dialogs share: they are as tall as their words, and their buttons stand at the end."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ui import theme
from ui.frame import TITLE_BAR
from ui.widgets.flow_layout import FlowLayout


class TallDialog(QDialog):
    """As tall as its words: by itself a dialog takes two thirds of the screen at most, and does not
    ask how high words are where they are wrapped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def showEvent(self, event: QShowEvent) -> None:
        """As tall as its words before it is seen: Qt has guessed, and leaves gaps between them."""
        super().showEvent(event)
        self.grow()
        self.resize(self.width(), self.minimumHeight())

    def grow(self) -> None:
        """To be called where words came or went while it is seen."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))


def fitting(dialog: QWidget, width: int, height: int) -> QSize:
    """So many pixels, grown with the type, and no more than the screen has."""
    room = dialog.screen().availableSize() - QSize(0, TITLE_BAR)
    return QSize(theme.grown(width), theme.grown(height)).boundedTo(room)


def button_row(*buttons: QPushButton) -> FlowLayout:
    """These buttons at the end of a row: what the dialog is for first, the way out last.

    Of two rows, where large words leave no room in one: no word of a button is cut.
    """
    row = FlowLayout(at_end=True)
    for button in buttons:
        row.addWidget(button)
    return row
