"""Above a new record: that what is being typed was perhaps told before, and a way to look at it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.session import Desk
from sync.language import tr
from ui.jobs import Jobs
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from desktop.actions.duplicates import Alike


class AlikeBar(QWidget):
    """Shows the most likely one; hidden while there is none. It forbids nothing."""

    open_wanted = Signal(object)  # the id of the record that was told before

    def __init__(self, desk: Desk, jobs: Jobs, kind: str) -> None:
        super().__init__()
        self._desk, self._jobs, self._kind = desk, jobs, kind
        self._wish = 0
        self._alike: Sequence[Alike] = []
        self.words = PlainLabel("", wrap=True)
        self.open_button = QPushButton()
        self.open_button.clicked.connect(lambda: self.open_wanted.emit(self._alike[0].id))
        notice = QFrame()
        notice.setProperty("notice", "info")
        told = QHBoxLayout(notice)
        told.setContentsMargins(12, 10, 12, 10)
        told.setSpacing(8)
        told.addWidget(self.words, 1)
        told.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 0)
        layout.addWidget(notice)
        self.clear()

    def ask(self, values: Mapping[str, Any]) -> None:
        """Look for what is like this; a later wish takes the place of an earlier one."""
        from desktop.actions.duplicates import hints

        self._wish += 1
        work = partial(hints, self._desk, self._kind, dict(values))
        self._jobs.look(self, work, partial(self._show, self._wish))

    def clear(self) -> None:
        """Nothing is typed that could be told twice."""
        self._wish += 1
        self._show(self._wish, [])

    def _show(self, wish: int, alike: Sequence["Alike"]) -> None:
        if wish != self._wish:
            return
        self._alike = alike
        self.setVisible(bool(alike))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
        super().changeEvent(event)

    def _tell(self) -> None:
        title = self._alike[0].title if self._alike else ""
        self.words.setText(tr("Perhaps this was told before: {title}", title=title))
        self.open_button.setText(tr("Open it"))
