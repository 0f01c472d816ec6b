"""How far something long is, and the button that stops it; hidden while nothing runs."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui.widgets.labels import PlainLabel
from ui.widgets.word_button import WordButton

SOON = 300  # ms after which it is worth saying


class HowFarBar(QWidget):
    """`begin`, `tell` and `end` one piece of work; `stopped`: the person wants no more of it."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.progress, self.told = QProgressBar(textVisible=False), PlainLabel(role="muted")
        self.stop_button = WordButton(mark("Stop"), "quiet")
        self.stop_button.clicked.connect(self.stopped)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.show)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.told)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.progress)
        layout.addLayout(row)
        self.hide()

    def begin(self, words: str, after: int = 0) -> None:
        """Nothing is known but that it runs. It is seen after so many milliseconds."""
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(words)
        self.told.setText(words)
        self.stop_button.setEnabled(True)
        self._soon.start(after)
        if not after:
            self.show()

    @Slot(int, int)
    def tell(self, done: int, of: int, words: str = "") -> None:
        """So many are done; in `words`, where they are not simply rows. Of none: it is not known."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        if words or of:
            self.told.setText(words or tr("{done} of {n} rows", done=done, n=of))

    def end(self) -> None:
        """It is done, or was stopped."""
        self._soon.stop()
        self.hide()
