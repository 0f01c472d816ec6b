"""A new password: hidden as it is typed, and looked at as long as one wants."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from sync.language import tr
from ui.icons import icon
from ui.palette import TARGET
from ui.widgets.tips import tip


class SecretLine(QLineEdit):
    """With an eye at its end, which Tab reaches and Space presses. Hidden again with its page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.eye = QToolButton(self)
        self.eye.setProperty("kind", "eye")
        self.eye.setCheckable(True)
        self.eye.setCursor(Qt.CursorShape.PointingHandCursor)
        self.eye.toggled.connect(self._show_words)
        self.setTextMargins(0, 0, TARGET, 0)
        self._show_words(shown=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The eye stands at the end, as high as the field."""
        super().resizeEvent(event)
        self.eye.setGeometry(self.width() - TARGET - 2, 1, TARGET, self.height() - 2)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.eye.setChecked(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "eye"):
            self._show_words(shown=self.eye.isChecked())

    def _show_words(self, shown: bool) -> None:  # Qt's signal
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if shown else mode.Password)
        self.eye.setIcon(icon("eye_off" if shown else "eye", "muted"))
        words = tr("Hide the password") if shown else tr("Show the password")
        self.eye.setAccessibleName(words)
        self.eye.setToolTip(tip(words))
