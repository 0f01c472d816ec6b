"""The recovery sheet as a PDF page: the code in large letters, whose it is, and what it is for."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.recovery_code import groups
from sync.language import tr
from ui.dates import plain_day
from ui.fonts import text_font

DOTS = 96  # an inch: then the fonts' pixels are those of the screen
MARGIN, IN_A_ROW = 20.0, 3  # mm; groups of the code
COLUMN = 150  # pixels from one group to the next
INK, FAINT = "#000000", "#555555"  # it is printed


def draw_sheet(code: str, who: str, below: str) -> bytes:
    """The page, A4. `code` is canonical; `who` and `below` say whose it is, and what they are."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(tr("Recovery sheet"))
    writer.setResolution(DOTS)
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    unit = QPageLayout.Unit.Millimeter
    page = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, unit
    )
    writer.setPageLayout(page)
    painter = QPainter(writer)
    pen = _Pen(painter, float(writer.width()))
    pen.write(tr("Recovery sheet"), 30, QFont.Weight.DemiBold)
    pen.write(f"{who}\n{below}\n{plain_day(datetime.now(UTC).astimezone().date())}", 16, after=18)
    pen.write(for_whom(), 15, after=26)
    shown = groups(code)
    for at in range(0, len(shown), IN_A_ROW):
        pen.write_across(shown[at : at + IN_A_ROW], 34)
    pen.down(20)
    pen.write(how_it_opens(), 15, after=18)
    pen.write(how_it_ends(), 13, colour=FAINT)
    painter.end()
    return bytes(buffer.data().data())


def for_whom() -> str:
    """Where the sheet is to lie."""
    return tr(
        "Whoever has this sheet and the laptop can open the work on it. Keep the sheet in a sealed "
        "envelope away from the laptop, best with your coordinator."
    )


def how_it_opens() -> str:
    """What to do with it."""
    return tr(
        "When the password is forgotten: press “Forgot the password?” where it is asked, then type "
        "this code and a new password. No network is needed."
    )


def how_it_ends() -> str:
    """How long it is good."""
    return tr(
        "The code ends when it was used or a newer sheet was made. It has no letters I, L, O and U; "
        "small letters and missing spaces do not matter."
    )


class _Pen:
    """Writes paragraphs one below the other. Sizes are in pixels."""

    def __init__(self, painter: QPainter, width: float) -> None:
        self._painter, self._width, self._y = painter, width, 0.0

    def down(self, pixels: float) -> None:
        self._y += pixels

    def write_across(self, words: Sequence[str], pixels: int) -> None:
        """Words side by side, each at its place, so that those of several rows stand in columns."""
        self._painter.setFont(text_font(pixels, QFont.Weight.DemiBold))
        for place, word in enumerate(words):
            self._painter.drawText(QPointF(place * COLUMN, self._y + pixels), word)
        self.down(pixels * 1.6)

    def write(
        self,
        text: str,
        pixels: int,
        weight: QFont.Weight = QFont.Weight.Normal,
        *,
        after: float = 12,
        colour: str = INK,
    ) -> None:
        self._painter.setFont(text_font(pixels, weight))
        self._painter.setPen(QColor(colour))
        room = QRectF(0, self._y, self._width, 10_000)
        how = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        taken = self._painter.drawText(room, int(how), text)
        self.down((taken.height() if taken is not None else 0) + after)
