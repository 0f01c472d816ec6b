"""What stands where there is nothing yet: an icon, a sentence, and what to do."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sync.language import tr
from ui import theme
from ui.icons import Picture
from ui.widgets.labels import PlainLabel

WIDE = 320  # px: a line that is read in one glance


class EmptyState(QWidget):
    """`sentence` and `button` are English and marked; without words there is no button."""

    clicked = Signal()

    def __init__(
        self, icon: str, sentence: str, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sentence, self._words = sentence, button
        self.sentence = PlainLabel(role="muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setFixedWidth(WIDE)
        # an aligned widget would not be given the height that its wrapped words need
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.sentence)
        middle.addStretch(1)
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 32, 16, 32)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(_Disc(icon), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(middle)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.button.setVisible(bool(button))  # only now: without a parent it would be a window
        self.retranslate()

    def say(self, sentence: str, button: str = "") -> None:
        """Other words, English and marked."""
        self._sentence, self._words = sentence, button
        self.button.setVisible(bool(button))
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.sentence.setText(tr(self._sentence))
        self.button.setText(tr(self._words))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _Disc(QWidget):
    """The icon on a soft round ground."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._picture = Picture(icon, "accent", 32, self)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        """As large as the words below."""
        side, edge = round(72 * theme.scale()), round(20 * theme.scale())
        self.setFixedSize(side, side)
        self._picture.move(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour("accent_soft")))
        painter.drawEllipse(self.rect())
        painter.end()
