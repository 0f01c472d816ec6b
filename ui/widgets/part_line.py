"""A part of a record as a line: its number and its words, and below them what is to be known besides."""

from collections.abc import Sequence
from textwrap import fill

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from sync.language import spoken, tr
from ui import fonts, theme
from ui.icons import paint_icon
from ui.widgets.badges import badge_size, paint_badge
from ui.widgets.rows import ENTER, HEIGHT
from ui.widgets.tips import tip

PAD, GAP, SIGN, BETWEEN = 8, 8, 16, 4  # px
LEAST = 60  # px: a badge that has less room is not drawn
WIDE = 90  # characters of a line of the tip
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
Mark = tuple[str, str, str]  # words, tone, picture: never by colour alone


class PartLine(QPushButton):
    """Click, Enter and Space press it; Up, Down, Home and End ask for another line.

    It is painted as a whole: a page has many of them, and each widget inside would take its time.
    """

    stepped = Signal(int)  # so many lines on
    jumped = Signal(int)  # to the first (-1) or the last (1)
    reached = Signal()  # it has the cursor, and is about to be read out

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.number, self.words, self.below = 0, "", ""
        self.marks: Sequence[Mark] = ()
        self.opened = False
        self._said: object = None

    def say(self, number: int, words: str, below: str, marks: Sequence[Mark]) -> None:
        """What it tells, in words already translated."""
        told = number, words, below, tuple(marks), spoken()
        if told == self._said:
            return  # as mostly: a page is shown again with each save and each exchange
        self._said = told
        self.number, self.words, self.below, self.marks = number, words, below, marks
        heard = [f"{number}. {words}", below, *(said for said, _, _ in marks)]
        self.setAccessibleName(", ".join(filter(None, heard)))
        self._settle()

    def show_opened(self, opened: bool) -> None:
        """Whether its form stands below it: then that says all, and the line its number alone."""
        self.opened = opened
        self._settle()

    def sizeHint(self) -> QSize:
        """As high as its words, and a comfortable target."""
        high = QFontMetrics(_body()).height()
        if self._second():
            high += BETWEEN + max(
                high, *(badge_size("x", "check").height() for _ in self.marks), 0
            )
        return QSize(120, max(HEIGHT, high + 2 * PAD))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows cut the words, never the height."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """The tip has all words where some had no room."""
        if event.type() == QEvent.Type.ToolTip:
            whole = [fill(one, WIDE) for one in (self.words, self.below) if one]
            self.setToolTip(tip("\n".join(whole) if self._is_cut() else ""))
        elif event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.reached.emit()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as in any list."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in ENTER:
            self.click()
        elif plain and key in STEPS:
            self.stepped.emit(STEPS[key])
        elif plain and key in ENDS:
            self.jumped.emit(ENDS[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.number > 1:  # a hairline to the line above
            painter.setPen(QPen(QColor(theme.colour("line"))))
            painter.drawLine(0, 0, self.width(), 0)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        first, second = self._rows()
        side = round(SIGN * theme.scale())
        middle = first.top() + (first.height() - side) // 2
        chevron = QRect(QPoint(PAD, middle), QSize(side, side))
        sign = "chevron_down" if self.opened else "chevron_right"
        paint_icon(painter, chevron, sign, theme.colour("muted"))
        bold = fonts.text_font(theme.size("body"), QFont.Weight.DemiBold)
        number = first.adjusted(side + GAP, 0, 0, 0)
        _say(painter, bold, QColor(theme.colour("text")), number, str(self.number))
        if not self.opened:
            place = first.adjusted(self._indent(), 0, 0, 0)
            _say(painter, _body(), QColor(theme.colour("text")), place, self.words)
            if self._second():
                left = self._badges(painter, second)
                rest = second.adjusted(left, 0, 0, 0)
                _say(painter, _body(), QColor(theme.colour("muted")), rest, self.below)
        painter.end()

    def _badges(self, painter: QPainter, place: QRect) -> int:
        """Draw what wants attention; how many pixels it took."""
        left = 0
        for words, tone, picture in self.marks:
            size, room = badge_size(words, picture), place.width() - left
            if room < LEAST:
                break
            size.setWidth(min(size.width(), room))
            top = place.top() + (place.height() - size.height()) // 2
            at = QRect(QPoint(place.left() + left, top), size)
            paint_badge(painter, at, words, tone, picture)
            left += size.width() + GAP
        return left

    def _rows(self) -> tuple[QRect, QRect]:
        """Where its words stand, and below them the rest."""
        high = QFontMetrics(_body()).height()
        inside = self.rect().adjusted(PAD, 0, -PAD, 0)
        if not self._second():
            return inside, QRect()
        lower = self.sizeHint().height() - 2 * PAD - high - BETWEEN
        top = (self.height() - high - BETWEEN - lower) // 2
        first = QRect(inside.left(), top, inside.width(), high)
        return first, QRect(
            inside.left() + self._indent(),
            top + high + BETWEEN,
            inside.width() - self._indent(),
            lower,
        )

    def _second(self) -> bool:
        return not self.opened and bool(self.below or self.marks)

    def _indent(self) -> int:
        """Pixels before the words: the sign, and the number, of which two digits have their place."""
        bold = QFontMetrics(fonts.text_font(theme.size("body"), QFont.Weight.DemiBold))
        digits = max(2, len(str(self.number)))
        return round(SIGN * theme.scale()) + 2 * GAP + bold.horizontalAdvance("0" * digits)

    def _is_cut(self) -> bool:
        metrics, (first, second) = QFontMetrics(_body()), self._rows()
        signs = sum(badge_size(words, picture).width() + GAP for words, _, picture in self.marks)
        return not self.opened and (
            metrics.horizontalAdvance(self.words) > first.width() - self._indent()
            or metrics.horizontalAdvance(self.below) > max(0, second.width() - signs)
        )

    def _settle(self) -> None:
        self.setAccessibleDescription(
            tr("Its fields are shown") if self.opened else tr("Its fields are closed")
        )
        self.updateGeometry()
        self.update()


def _body() -> QFont:
    return fonts.text_font(theme.size("body"))


def _say(painter: QPainter, font: QFont, ink: QColor, place: QRect, words: str) -> None:
    """One line that ends in … where there is no room."""
    painter.setFont(font)
    painter.setPen(ink)
    cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
