"""Above all work in training: that nothing here is real, and the way out."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui.widgets.labels import PlainLabel
from ui.widgets.word_button import WordButton

TOLD = mark(
    "All records here are invented and nothing is sent. Write nothing real: what you leave is wiped."
)


class TrainingBar(QWidget):
    """Always seen: no screen has room above it."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head, self.words = PlainLabel("", "strong"), PlainLabel("", wrap=True)
        self.leave_button = WordButton(mark("Leave training"), icon="close")
        self.leave_button.clicked.connect(self.left)
        notice = QFrame()
        notice.setProperty("notice", "warning")
        row = QHBoxLayout(notice)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self.head)
        row.addWidget(self.words, 1)
        row.addWidget(self.leave_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 0)
        layout.addWidget(notice)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.head.setText(tr("Training"))
        self.words.setText(tr(TOLD))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class TrainingButton(WordButton):
    """At a door: into training, which asks for nothing."""

    def __init__(self) -> None:
        super().__init__(mark("Training…"), "quiet")
