"""A page of paper, written from above to below."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPainterPath

from ui.fonts import text_font

DOTS = 96  # an inch: then the fonts' pixels are those of the screen
INK, FAINT, PAPER = "#000000", "#555555", "#FFFFFF"  # it is printed
A4, A6 = QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A6


class OnePage:
    """A page that a function writes from above to below."""

    count = 1

    def __init__(
        self, title: str, size: QPageSize.PageSizeId, margin: float, write: "Write"
    ) -> None:
        """Upright; `margin` in mm on each side."""
        self.title, self.creator, self._write = title, "Dala", write
        margins = QMarginsF(margin, margin, margin, margin)
        upright, unit = QPageLayout.Orientation.Portrait, QPageLayout.Unit.Millimeter
        self.layout = QPageLayout(QPageSize(size), upright, margins, unit)

    def draw(self, painter: QPainter, _at: int) -> None:
        """The page."""
        self._write(Pen(painter, float(self.layout.paintRectPixels(DOTS).width())))


class Pen:
    """Writes paragraphs one below the other. Sizes are in pixels."""

    def __init__(self, painter: QPainter, width: float) -> None:
        self._painter, self._width, self._y = painter, width, 0.0

    @property
    def at(self) -> float:
        """How far down the page is written."""
        return self._y

    def down(self, pixels: float) -> None:
        """Leave so much room."""
        self._y += pixels

    def write_across(
        self, words: Sequence[str], pixels: int, column: float, in_a_row: int
    ) -> None:
        """Words side by side, so many in a row, each at its place: they stand in columns."""
        self._painter.setFont(text_font(pixels, QFont.Weight.DemiBold))
        for at in range(0, len(words), in_a_row):
            for place, word in enumerate(words[at : at + in_a_row]):
                self._painter.drawText(QPointF(place * column, self._y + pixels), word)
            self.down(pixels * 1.6)

    def write(
        self,
        text: str,
        pixels: int,
        weight: QFont.Weight = QFont.Weight.Normal,
        *,
        after: float = 12,
        colour: str = INK,
        left: float = 0,
    ) -> None:
        """A paragraph, and some room after it; `left`: how far from the left it begins."""
        self._painter.setFont(text_font(pixels, weight))
        self._painter.setPen(QColor(colour))
        room = QRectF(left, self._y, self._width - left, 10_000)
        how = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        taken = self._painter.drawText(room, int(how), text)
        self.down((taken.height() if taken is not None else 0) + after)

    def draw_code(self, code: Sequence[bytes], side: float) -> None:
        """A QR code at the left, without going down. As one shape: between many a seam could be seen."""
        dark, dot = QPainterPath(), side / max(len(code), 1)
        for row, line in enumerate(code):
            for column, filled in enumerate(line):
                if filled:
                    dark.addRect(column * dot, self._y + row * dot, dot, dot)
        self._painter.fillPath(dark.simplified(), QColor(INK))

    def rule(self) -> None:
        """A thin line across the page."""
        self._painter.fillRect(QRectF(0, self._y, self._width, 1), QColor(FAINT))


Write = Callable[[Pen], None]
