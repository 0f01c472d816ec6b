"""A screen that is never older than the moment it is seen."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


class FreshPage(QWidget):
    """Reads anew when it comes to be seen, and when another language is spoken."""

    def reload(self) -> None:
        """Read anew what it shows."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Texts in the language spoken now, of those that reading anew does not bring."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():  # not a window that was only out of sight
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.reload()
        super().changeEvent(event)
