"""Estimates with their intervals, drawn inside a table: marks with whiskers on the scale.

The cell's text says the same in numbers, so the drawing is never the only way to read it. What is what
is told by its form, never by colour alone: a dot is what people gave, hollow where it is not for
publication; a diamond is the model's mean; a square is the wave before.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.actions.rating_columns import HIGHEST, LOWEST, Spot
from ui.models.rating_table import Drawn, DrawnRole

MARGIN = 18.0  # px on both sides, so that the numbers of the scale have room in the header
APART = 11.0  # px between the line of what people gave and those above and below it
MARKS = range(int(LOWEST), int(HIGHEST) + 1)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Inks:
    """The colours of one scheme."""

    grid: QColor
    firm: QColor
    faint: QColor
    model: QColor
    before: QColor
    ground: QColor
    chosen: QColor
    words: QColor


def along(value: float, left: float, width: float) -> float:
    """The x of a value on a scale that fills `width` px less the margins; kept inside it."""
    inside = min(max(value, LOWEST), HIGHEST)
    return left + MARGIN + (inside - LOWEST) / (HIGHEST - LOWEST) * (width - 2 * MARGIN)


class IntervalDelegate(QStyledItemDelegate):
    """Draws the Drawn of an index. `inks` is asked at each painting: schemes change live."""

    def __init__(self, inks: Callable[[], Inks], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inks = inks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The scale's grid, then each mark with its whiskers."""
        rect: QRect = option.rect
        drawn, inks = index.data(DrawnRole), self._inks()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, inks.chosen)
        elif ground is not None:
            painter.fillRect(rect, ground)
        painter.setPen(QPen(inks.grid, 1))
        for mark in MARKS:
            x = round(along(mark, rect.left(), rect.width())) + 0.5
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
        if drawn is not None:
            _draw(painter, rect, drawn, inks)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough to tell tenths apart, high enough for three lines of them."""
        return QSize(260, 44)


def _draw(painter: QPainter, rect: QRect, drawn: Drawn, inks: Inks) -> None:
    middle = rect.center().y() + 0.5
    if drawn.own is not None:
        _join(painter, rect, drawn.own, drawn, inks)
    if drawn.before is not None:
        y = middle - APART
        _whiskers(painter, rect, drawn.before, y, QPen(inks.before, 1, Qt.PenStyle.DotLine))
        painter.setBrush(inks.ground)
        x = along(drawn.before.mean, rect.left(), rect.width())
        painter.setPen(QPen(inks.before, 1.5))
        painter.drawRect(QRectF(x - 3.5, y - 3.5, 7, 7))
    if drawn.model is not None:
        y = middle + APART
        _whiskers(painter, rect, drawn.model, y, QPen(inks.model, 1.5, Qt.PenStyle.DashLine))
        x = along(drawn.model.mean, rect.left(), rect.width())
        corners = [QPointF(x - 5, y), QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5)]
        painter.setPen(QPen(inks.model, 1))
        painter.setBrush(inks.model)
        painter.drawPolygon(QPolygonF(corners))
    if drawn.own is not None:
        ink = inks.firm if drawn.firm else inks.faint
        pen = QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        _whiskers(painter, rect, drawn.own, middle, pen)
        painter.setPen(pen)
        painter.setBrush(ink if drawn.firm else inks.ground)
        x = along(drawn.own.mean, rect.left(), rect.width())
        painter.drawEllipse(QRectF(x - 5, middle - 5, 10, 10))


def _join(painter: QPainter, rect: QRect, own: Spot, drawn: Drawn, inks: Inks) -> None:
    """A thin line to the same figure in the lines above and below: half of the way is in each."""
    x = along(own.mean, rect.left(), rect.width())
    painter.setPen(QPen(inks.words, 1))
    for other, edge in ((drawn.above, rect.top()), (drawn.below, rect.bottom() + 1)):
        if other is not None:
            half = (x + along(other, rect.left(), rect.width())) / 2
            painter.drawLine(QPointF(x, rect.center().y() + 0.5), QPointF(half, edge))


def _whiskers(painter: QPainter, rect: QRect, spot: Spot, y: float, pen: QPen) -> None:
    low, high = (along(value, rect.left(), rect.width()) for value in (spot.low, spot.high))
    painter.setPen(pen)
    painter.drawLine(QPointF(low, y), QPointF(high, y))
    if pen.style() != Qt.PenStyle.SolidLine:
        return
    for x, value in ((low, spot.low), (high, spot.high)):
        if LOWEST < value < HIGHEST:  # no end is drawn where the scale ends first
            painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))


class ScaleHeader(QHeaderView):
    """A table's header that writes the numbers of the scale above the drawn column, if any."""

    def __init__(self, inks: Callable[[], Inks], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.drawn: int | None = None
        self._inks = inks

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803  # Qt's own names
        """The section's own look, then 1 to 5 where their lines begin."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if logicalIndex != self.drawn:
            return
        painter.save()
        painter.setPen(self._inks().words)
        for mark in MARKS:
            x = along(mark, rect.left(), rect.width())
            place = QRectF(x - 14, rect.top(), 28, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(mark))
        painter.restore()
