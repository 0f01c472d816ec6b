"""A button whose words, somebody's own, end in … where there is no room for all of them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.widgets.tips import tip

LEAST = 160  # px: narrower it says too little


class CutButton(QPushButton):
    """Qt would rather make the whole page wider than cut them. The whole is in the tooltip then."""

    def __init__(self, icon: QIcon, words: str) -> None:
        super().__init__(icon, "")
        self.words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._cut(words)

    def sizeHint(self) -> QSize:
        """With room for all of its words."""
        hint = super().sizeHint()
        return QSize(self._beside() + self._wide(self.words), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Narrow, but never cut in height."""
        whole = self.sizeHint()
        return QSize(min(LEAST, whole.width()), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room, end = self.width() - self._beside(), Qt.TextElideMode.ElideRight
        self._cut(self.fontMetrics().elidedText(self.words, end, room))

    def _beside(self) -> int:
        """What the icon and the edges take."""
        return super().sizeHint().width() - self._wide(self._seen)

    def _wide(self, words: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()

    def _cut(self, seen: str) -> None:
        self._seen = seen
        self.setText(seen.replace("&", "&&"))  # else Qt takes it as a key
        self.setToolTip(tip(self.words if seen != self.words else ""))
