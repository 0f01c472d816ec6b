"""What stands where there is nothing yet: an icon, a sentence, and what to do."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sync.language import tr
from ui import theme
from ui.icons import Picture
from ui.widgets.labels import PlainLabel

WIDE = 320  # px: a line that is read in one glance


class EmptyState(QWidget):
    """`sentence` and `button` are English and marked; without words there is no button, nor a picture."""

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
        self._disc = _Disc(icon)
        layout.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(middle)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.button.setVisible(bool(button))  # only now: without a parent it would be a window
        self.retranslate()

    def say(self, sentence: str, button: str = "") -> None:
        """Other words, English and marked."""
        self._sentence, self._words = sentence, button
        self._disc.setVisible(bool(sentence))
        self.button.setVisible(bool(button))
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.sentence.setText(tr(self._sentence) if self._sentence else "")
        self.button.setText(tr(self._words))
        if self.isVisible():
            self._balance()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._balance()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._balance()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._balance()

    def _balance(self) -> None:
        """As narrow as it goes on as many lines: no word stands alone on the last one.

        Large words have more room where there is some, and need not be higher than the page.
        """
        self.sentence.ensurePolished()
        words, letters = self.sentence.text(), QFontMetrics(self.sentence.font())
        wide = max(WIDE, min(round(WIDE * theme.scale()), self.width() - 32))
        high = _high(letters, words, wide)
        widths = (*range(WIDE // 2, wide, 10), wide)
        self.sentence.setFixedWidth(next(w for w in widths if _high(letters, words, w) <= high))


def _high(letters: QFontMetrics, words: str, wide: int) -> int:
    """px that they need, wrapped: the label itself answers for the width that it has."""
    return letters.boundingRect(0, 0, wide, 0, Qt.TextFlag.TextWordWrap, words).height()


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
