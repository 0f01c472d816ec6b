"""Above a list in which several records are chosen: how many, and the button to change them."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sync.language import mark, trn
from ui.widgets.labels import PlainLabel
from ui.widgets.word_button import WordButton


class SeveralBar(QWidget):
    """Hidden while one is chosen or none."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._n = 0
        self.words = PlainLabel(role="strong")
        self.button = WordButton(mark("Change together…"), keys="Ctrl+B")
        self.button.clicked.connect(lambda: self.wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.show_count(0)

    def show_count(self, n: int) -> None:
        """So many are chosen."""
        self._n = n
        self.words.setText(trn("{n} chosen", "{n} chosen", n))
        self.setVisible(n > 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_count(self._n)
        super().changeEvent(event)
