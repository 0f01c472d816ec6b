"""Chips that tell a state: colour, icon and word together, never colour alone."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sync.vocabulary import label
from ui import fonts, theme
from ui.icons import paint_icon

HEIGHT, PAD, SIGN, GAP = 24, 9, 14, 5  # px
REVIEW = {  # ReviewState: (tone, icon); its module brings the store's library, hence words
    "draft": ("neutral", "edit"),
    "sent": ("info", "send"),
    "returned": ("warning", "return"),
    "approved": ("success", "check"),
    "rejected": ("danger", "reject"),
    "duplicate": ("neutral", "duplicate"),
}


def _sign() -> int:
    """Pixels of the icon's side: as large as the words."""
    return round(SIGN * theme.scale())


def badge_font() -> QFont:
    """The font of the words on a badge."""
    return fonts.text_font(theme.size("caption"), QFont.Weight.DemiBold)


def badge_size(words: str, icon: str = "") -> QSize:
    """How much room a badge takes, in pixels."""
    metrics = QFontMetrics(badge_font())
    sign = _sign() + GAP if icon else 0
    return QSize(
        2 * PAD + sign + metrics.horizontalAdvance(words), max(HEIGHT, metrics.height() + 6)
    )


def paint_badge(painter: QPainter, rect: QRect, words: str, tone: str, icon: str = "") -> None:
    """Draw a badge into a rectangle of badge_size(); also for delegates. `tone`: palette.TONES."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colour(f"{tone}_soft")))
    painter.drawRoundedRect(QRectF(rect), rect.height() / 2, rect.height() / 2)
    inside = rect.adjusted(PAD, 0, -PAD, 0)
    if icon:
        side = _sign()
        top = rect.top() + (rect.height() - side) // 2
        paint_icon(painter, QRect(inside.left(), top, side, side), icon, theme.colour(tone))
        inside.setLeft(inside.left() + side + GAP)
    painter.setFont(badge_font())
    painter.setPen(QColor(theme.colour(tone)))
    words = painter.fontMetrics().elidedText(
        words, Qt.TextElideMode.ElideRight, inside.width() + 1
    )
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    painter.restore()


class Badge(QWidget):
    """One state in a chip. `tone` is one of ui.palette.TONES."""

    def __init__(
        self,
        words: str = "",
        tone: str = "neutral",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words, self.tone, self.icon = "", "neutral", ""
        self.say(words, tone, icon)

    def say(self, words: str, tone: str = "neutral", icon: str = "") -> None:
        """Tell another state."""
        self.words, self.tone, self.icon = words, tone, icon
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As long as its words."""
        return badge_size(self.words, self.icon)

    def minimumSizeHint(self) -> QSize:
        """The same: a badge is not cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.words:
            return
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self.words, self.tone, self.icon)
        painter.end()


class ReviewBadge(Badge):
    """Where a record stands with the coordinator, in the language spoken now."""

    def __init__(self, state: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._state = state
        self.show_state(state)

    def show_state(self, state: str) -> None:
        """`state` is a value of ReviewState, or one that a newer program knows, or ""."""
        self._state = state
        tone, icon = REVIEW.get(state, ("neutral", "info"))
        self.say(label("review_state", state) if state else "", tone, icon if state else "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_state(self._state)
        super().changeEvent(event)
