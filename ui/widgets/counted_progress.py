"""How many of several things are done, as words and a bar; and a button that ends it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look
from ui.widgets.word_button import WordButton


class CountedProgress(QFrame):
    """Hidden while nothing runs."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = self._total = 0
        set_look(self, "notice", "info")
        self.words = PlainLabel("", wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.stop_button = WordButton(mark("Stop"))
        self.stop_button.clicked.connect(self.stopped)
        told = QVBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.words)
        told.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 16, 14)
        row.setSpacing(16)
        row.addLayout(told, 1)
        row.addWidget(self.stop_button)
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """So many are done; a total of 0 hides it."""
        self._done, self._total = done, total
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self._say()
        self.setVisible(total > 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self.words.setText(
            tr("Photos are being added: {done} of {total}.", done=self._done, total=self._total)
        )
        self.bar.setAccessibleName(self.words.text())
