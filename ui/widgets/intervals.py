"""Estimates with their intervals, drawn inside a table: a dot with whiskers on the scale.

The cell's text says the same in numbers, so the drawing is never the only way to read it.
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
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.models.rating_table import HIGHEST, LOWEST, Spot, SpotRole

MARGIN = 18.0  # px on both sides, so that the numbers of the scale have room in the header

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Inks:
    """The colours of one scheme."""

    grid: QColor
    firm: QColor
    faint: QColor
    ground: QColor
    words: QColor


def along(value: float, left: float, width: float) -> float:
    """The x of a value on a scale that fills `width` px less the margins; kept inside it."""
    inside = min(max(value, LOWEST), HIGHEST)
    return left + MARGIN + (inside - LOWEST) / (HIGHEST - LOWEST) * (width - 2 * MARGIN)


class IntervalDelegate(QStyledItemDelegate):
    """Draws the Spot of an index. `inks` is asked at each painting: schemes change live."""

    def __init__(self, inks: Callable[[], Inks], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inks = inks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The scale's grid, the whiskers, the dot; hollow where it is not fit to be shown."""
        rect: QRect = option.rect
        spot, inks = index.data(SpotRole), self._inks()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, inks.ground)
        painter.setPen(QPen(inks.grid, 1))
        for mark in range(LOWEST, HIGHEST + 1):
            x = round(along(mark, rect.left(), rect.width())) + 0.5
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
        if spot is not None:
            _draw(painter, rect, spot, inks)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough to tell tenths apart."""
        return QSize(260, 40)


def _draw(painter: QPainter, rect: QRect, spot: Spot, inks: Inks) -> None:
    ink, y = inks.firm if spot.firm else inks.faint, rect.center().y() + 0.5
    low, mean, high = (
        along(value, rect.left(), rect.width()) for value in (spot.low, spot.mean, spot.high)
    )
    pen = QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(low, y), QPointF(high, y))
    ends = [(low, spot.low >= LOWEST), (high, spot.high <= HIGHEST)]
    for x, inside in ends:  # no end is drawn where the whisker goes on past the scale
        if inside:
            painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))
    painter.setBrush(ink if spot.firm else inks.ground)
    painter.drawEllipse(QRectF(mean - 5, y - 5, 10, 10))


class ScaleHeader(QHeaderView):
    """A table's header that writes the numbers of the scale above the drawn column."""

    def __init__(
        self, section: int, inks: Callable[[], Inks], parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._section, self._inks = section, inks

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803  # Qt's own names
        """The section's own look, then 1 to 5 where their lines begin."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if logicalIndex != self._section:
            return
        painter.save()
        painter.setPen(self._inks().words)
        for mark in range(LOWEST, HIGHEST + 1):
            x = along(mark, rect.left(), rect.width())
            place = QRectF(x - 14, rect.top(), 28, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(mark))
        painter.restore()
