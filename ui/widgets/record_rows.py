"""Draws a record in a list: title, where, when, its state as picture and word, an unsent mark."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sync.language import tr
from sync.vocabulary import label
from ui import fonts, theme
from ui.dates import short_day
from ui.models.lines import Line
from ui.models.record_list import RecordList
from ui.palette import RADIUS
from ui.widgets.badges import HEIGHT as BADGE
from ui.widgets.badges import REVIEW, badge_size, paint_badge

Index = QModelIndex | QPersistentModelIndex
PAD, GAP = 12, 4  # px
LEAST = 64  # px: a badge with fewer letters says nothing


class RecordRows(QStyledItemDelegate):
    """Every row is as high as any other, so that their number costs nothing."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Three lines of text and the air around them."""
        return QSize(240, row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        line = index.data(RecordList.LineRole)
        if not isinstance(line, Line):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        self._write(painter, option, line)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        place = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(QColor(theme.colour("accent")), 2) if focused else Qt.PenStyle.NoPen)
        if chosen or over:
            painter.setBrush(QColor(theme.colour("selection" if chosen else "hover")))
            painter.drawRoundedRect(place, RADIUS["radius"], RADIUS["radius"])

    def _write(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        inside = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
        high = _line_height(option.font)
        text, muted = QColor(theme.colour("text")), QColor(theme.colour("muted"))
        bold = fonts.text_font(theme.size("body"), QFont.Weight.DemiBold)
        when = short_day(line.when) if line.when else ""
        beside = QFontMetrics(option.font).horizontalAdvance(when)
        first = QRect(inside.left(), inside.top(), inside.width(), high)
        _say(painter, bold, text, first.adjusted(0, 0, -beside - PAD, 0), line.title)
        painter.setFont(option.font)
        painter.setPen(muted)
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        _say(painter, option.font, muted, first.translated(0, high + GAP), line.below)
        lowest = QRect(inside.left(), inside.bottom() - BADGE + 1, inside.width(), BADGE)
        self._badges(painter, line, lowest)

    def _badges(self, painter: QPainter, line: Line, place: QRect) -> None:
        left = place.left()
        for words, tone, picture in badges(line):
            size = badge_size(words, picture)
            room = place.right() + 1 - left
            if room < LEAST:
                return  # no room: the record itself says it
            size.setWidth(min(size.width(), room))  # its words end in … then
            top = place.top() + (place.height() - size.height()) // 2
            paint_badge(painter, QRect(QPoint(left, top), size), words, tone, picture)
            left += size.width() + 6


def badges(line: Line) -> list[tuple[str, str, str]]:
    """(words, tone, picture) of a row: its state, and what wants attention."""
    said = []
    if line.review:
        tone, picture = REVIEW.get(line.review, ("neutral", "info"))
        said.append((label("review_state", line.review), tone, picture))
    if line.term is not None:
        said.append((line.term.words, line.term.tone, line.term.icon))
    if line.bare:
        said.append((tr("Words on the server"), "neutral", "cloud_ok"))
    if line.conflict:
        said.append((tr("Two versions"), "danger", "warning"))
    if line.unsent:
        said.append((tr("Waits"), "neutral", "cloud_wait"))
    return said


def spoken_line(line: Line) -> str:
    """The whole row in words, for screen readers."""
    return ", ".join(
        part for part in (line.title, line.below, *(words for words, _, _ in badges(line))) if part
    )


def row_height(font: QFont) -> int:
    """Of each row, in px."""
    return 2 * PAD + 2 * _line_height(font) + 3 * GAP + BADGE


def _line_height(font: QFont) -> int:
    return QFontMetrics(font).height()


def _say(painter: QPainter, font: QFont, colour: QColor, place: QRect, words: str) -> None:
    cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
