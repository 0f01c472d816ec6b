"""Above the review queue: an edit whose person had left the district, to be taken or dropped."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions import late
from desktop.session import Desk
from sync.errors import UserError
from sync.language import tr, trn
from sync.rights import reviews
from ui import messages
from ui.jobs import Jobs
from ui.models.late_lines import LateLine, read_late
from ui.widgets.labels import PlainLabel


class LateBar(QWidget):
    """Shows the oldest one; hidden while there is none. Which ones wait, an exchange tells."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
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
        notice = QFrame()
        notice.setProperty("notice", "info")
        told = QVBoxLayout(notice)
        told.setContentsMargins(12, 10, 12, 10)
        told.setSpacing(8)
        told.addWidget(self.head)
        told.addWidget(self.words)
        told.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 12)
        layout.addWidget(notice)
        self.show_lines([])
        jobs.exchanging.connect(self._exchanging)

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

    @Slot(bool)
    def _exchanging(self, busy: bool) -> None:
        if not busy:
            self._read()

    def _read(self) -> None:
        if reviews(self._desk.person):
            self._jobs.read(self, partial(read_late, self._desk), self.show_lines)

    def _decide(self, *, take: bool) -> None:
        if not self._lines:
            return
        first = self._lines.pop(0)
        self.show_lines(self._lines)
        work = partial(late.decide, self._desk, first.change, take=take)
        said = tr("It is taken and comes with the next sync.") if take else tr("It was dropped.")
        self._jobs.call(self, work, lambda _: messages.say(said), self._refused)

    def _refused(self, error: UserError) -> None:
        messages.warn(str(error))
        self._read()
