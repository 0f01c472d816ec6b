"""Above the review queue: an edit whose person had left the district, to be taken or dropped."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from sync.language import tr, trn
from ui.models.late_lines import LateLine
from ui.widgets.labels import PlainLabel


class LateBar(QFrame):
    """Shows the oldest one; hidden while there is none."""

    decided = Signal(object, bool)  # the change's id; take it, or drop it

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("notice", "info")
        self._lines: list[LateLine] = []
        self.head, self.words = PlainLabel("", "strong", wrap=True), PlainLabel("", wrap=True)
        self.take_button, self.drop_button = QPushButton(), QPushButton()
        self.take_button.clicked.connect(lambda: self._decide(take=True))
        self.drop_button.clicked.connect(lambda: self._decide(take=False))
        self.drop_button.setProperty("kind", "quiet")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.drop_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.show_lines([])

    def show_lines(self, lines: Sequence[LateLine]) -> None:
        """What waits now."""
        self._lines = list(lines)
        self.setVisible(bool(self._lines))
        self._tell()

    def current(self) -> UUID | None:
        """The edit that is shown."""
        return self._lines[0].change if self._lines else None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
        super().changeEvent(event)

    def _tell(self) -> None:
        n = len(self._lines)
        self.take_button.setText(tr("Take it"))
        self.drop_button.setText(tr("Drop it"))
        self.head.setText(
            trn(
                "{n} edit came after its author left", "{n} edits came after their authors left", n
            )
        )
        if self._lines:
            first = self._lines[0]
            self.words.setText(f"{first.title} · {first.by}\n{first.said}")

    def _decide(self, *, take: bool) -> None:
        if self._lines:
            first = self._lines.pop(0)
            self.show_lines(self._lines)
            self.decided.emit(first.change, take)
