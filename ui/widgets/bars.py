"""Figures drawn inside a table: a bar for this period, and a mark where the other period ended.

The cells beside it say the same in numbers, so the drawing is never the only way to read it. What is
what is told by its form: the bar is this period, the upright line the other one.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.models.figure_table import Drawn, DrawnRole

MARGIN, THICK, TALL = 10.0, 14.0, 22.0  # px: at both ends; of a bar; of the mark
LEAST = 2.0  # px of a bar that is not nothing

Index = QModelIndex | QPersistentModelIndex


class BarDelegate(QStyledItemDelegate):
    """Draws the Drawn of an index."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground, the bar, the mark."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.colour("selection")))
        drawn = index.data(DrawnRole)
        if isinstance(drawn, Drawn):
            _draw(painter, QRectF(option.rect), drawn)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough to tell twentieths apart."""
        return QSize(180, 36)


def _draw(painter: QPainter, place: QRectF, drawn: Drawn) -> None:
    left, room = place.left() + MARGIN, place.width() - 2 * MARGIN
    middle = place.center().y()
    painter.setPen(QPen(QColor(theme.colour("line")), 1))
    painter.drawLine(QPointF(left, place.top()), QPointF(left, place.bottom() + 1))
    if drawn.now:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour("accent")))
        width = max(LEAST, drawn.now * room)
        painter.drawRect(QRectF(left, middle - THICK / 2, width, THICK))
    if drawn.beside:
        x = left + drawn.beside * room
        painter.setPen(QPen(QColor(theme.colour("surface")), 5))
        painter.drawLine(QPointF(x, middle - TALL / 2), QPointF(x, middle + TALL / 2))
        painter.setPen(QPen(QColor(theme.colour("text")), 2))
        painter.drawLine(QPointF(x, middle - TALL / 2), QPointF(x, middle + TALL / 2))
