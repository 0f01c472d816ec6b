"""The button that opens a join file, and what it takes when a file is dropped beside it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton

from sync.language import tr
from ui.file_places import came
from ui.icons import icon

PATTERN = "*.dala-join"


class JoinButton(QPushButton):
    """While a file is shown it leads back to typing."""

    chosen = Signal(object)  # the Path of a file that nobody has read yet
    typing_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._taken = False
        self.setIcon(icon("document"))
        self.clicked.connect(self._ask)

    def retranslate(self, *, taken: bool) -> None:
        """`taken`: whether a file is shown now."""
        self._taken = taken
        self.setText(tr("Type address and code") if taken else tr("Open a join file…"))

    def would_take(self, event: QDropEvent) -> bool:
        """Whether one file of this computer is held over the page."""
        return _file_in(event) is not None

    def take(self, event: QDropEvent) -> None:
        """It was dropped. Whatever it is called it is read: what is no join file is told so."""
        if (path := _file_in(event)) is not None:
            self.chosen.emit(path)

    def _ask(self) -> None:
        if self._taken:
            self.typing_wanted.emit()
            return
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Open a join file…"), came(), tr("Join files") + f" ({PATTERN})"
        )
        if name:
            self.chosen.emit(Path(name))


def _file_in(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
