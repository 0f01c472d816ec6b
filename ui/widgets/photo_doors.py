"""Photos may be dropped anywhere on a record's page, and pasted while one types."""

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ui.dropped import holds, holds_alone
from ui.widgets.photo_panel import PhotoPanel

DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class PhotoDoors(QObject):
    """Without it a text field would take a dropped file's path as words."""

    def __init__(self, page: QWidget, panel: PhotoPanel) -> None:
        super().__init__(page)
        self._panel = panel
        page.setAcceptDrops(True)
        self._watch(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is a photo or a file; leave text to the fields."""
        if self._panel.isHidden() or not self._panel.acceptDrops():
            return super().eventFilter(watched, event)
        if event.type() in DRAGS and isinstance(event, QDragMoveEvent) and holds(event.mimeData()):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._take(event.mimeData(), event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            copied = QApplication.clipboard().mimeData()
            pasted = event.matches(QKeySequence.StandardKey.Paste)
            return pasted and holds_alone(copied) and self._take(copied)
        return super().eventFilter(watched, event)

    def _take(self, given: QMimeData, event: QDropEvent | None = None) -> bool:
        if not holds(given):
            return False
        self._panel.take(given)
        if event is not None:
            event.acceptProposedAction()
        return True

    def _watch(self, page: QWidget) -> None:
        page.installEventFilter(self)
        for line in page.findChildren(QLineEdit):
            line.installEventFilter(self)
        for text in page.findChildren(QPlainTextEdit):
            text.installEventFilter(self)
            text.viewport().installEventFilter(self)
