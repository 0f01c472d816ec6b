"""Draws a record in the review queue: its kind, what it is, where from, how long it waits."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.icons import paint_icon
from ui.models.queue import QueueModel, Waiting
from ui.screens import picture_of

Index = QModelIndex | QPersistentModelIndex
PAD, GAP, SIGN = 12, 3, 20  # px
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class QueueRows(QStyledItemDelegate):
    """Two lines of text beside the picture of the kind."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all."""
        return QSize(260, 2 * PAD + 3 * QFontMetrics(option.font).height() + 2 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row; the chosen one has a bar at its left, so that it is not told by colour alone."""
        waiting = index.data(QueueModel.WaitingRole)
        if not isinstance(waiting, Waiting):
            return
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, QColor(theme.colour("selection")))
            bar = QRect(option.rect.topLeft(), QSize(4, option.rect.height()))
            painter.fillRect(bar, QColor(theme.colour("accent")))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(theme.colour("hover")))
        self._write(painter, option, waiting, chosen=chosen)
        painter.setPen(QColor(theme.colour("line")))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _write(
        self, painter: QPainter, option: QStyleOptionViewItem, waiting: Waiting, *, chosen: bool
    ) -> None:
        inside = option.rect.adjusted(PAD + 4, PAD, -PAD, -PAD)
        tone = theme.colour("accent" if chosen else "muted")
        place = QRect(inside.topLeft(), QSize(SIGN, SIGN))
        paint_icon(painter, place, picture_of(waiting.kind), tone)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        high = QFontMetrics(option.font).height()
        first = inside.adjusted(SIGN + 12, 0, 0, 0)
        first.setHeight(high)
        _say(painter, bold, "text", first, waiting.title)
        _say(painter, option.font, "muted", first.translated(0, high + GAP), waiting.place)
        below = first.translated(0, 2 * (high + GAP))
        _say(painter, option.font, "muted", below, f"{waiting.author} · {waiting.waits()}")


def _say(painter: QPainter, font: QFont, role: str, place: QRect, words: str) -> None:
    cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.setFont(font)
    painter.setPen(QColor(theme.colour(role)))
    painter.drawText(place, LEFT, cut)
