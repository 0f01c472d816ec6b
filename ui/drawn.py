"""A paper that is laid out: it becomes a PDF, pictures of its pages, or goes to a printer (printers.py).

All three are drawn by the same strokes, so what is looked at is what leaves.
"""

from math import ceil
from typing import Protocol

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from ui.paper import DOTS, PAPER, OnePage, Write

FINEST = 2  # at least so many pixels are drawn for one of DOTS an inch


class Drawn(Protocol):
    """Pages that can be drawn one by one, in pixels of DOTS an inch."""

    title: str
    creator: str  # of the file, as its properties tell
    layout: QPageLayout  # with its margins, inside which is drawn

    @property
    def count(self) -> int:
        """How many pages."""

    def draw(self, painter: QPainter, at: int) -> None:
        """One of them, from the upper left corner of what is inside the margins."""


def as_pdf(drawn: Drawn) -> bytes:
    """The file. Its words can be searched and copied."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(drawn.title)
    writer.setCreator(drawn.creator)
    writer.setResolution(DOTS)
    writer.setPageLayout(drawn.layout)
    painter = QPainter(writer)
    for at in range(drawn.count):
        if at:
            writer.newPage()
        drawn.draw(painter, at)
    painter.end()
    return bytes(buffer.data().data())


def draw_page(title: str, size: QPageSize.PageSizeId, margin: float, write: Write) -> bytes:
    """One page as PDF, upright; `margin` in mm on each side."""
    return as_pdf(OnePage(title, size, margin, write))


def page_size(drawn: Drawn) -> QSize:
    """A page with its margins, in pixels of DOTS an inch."""
    return drawn.layout.fullRectPixels(DOTS).size()


def page_picture(drawn: Drawn, at: int, zoom: float) -> QImage:
    """One page as it is on paper; `zoom`: pixels for each of DOTS an inch."""
    fine = max(FINEST, ceil(zoom))  # whole: else thin lines are grey, and strips do not meet
    image = QImage(page_size(drawn) * fine, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    hints = QPainter.RenderHint
    painter.setRenderHints(hints.TextAntialiasing | hints.SmoothPixmapTransform)
    painter.scale(fine, fine)
    painter.translate(corner(drawn))
    drawn.draw(painter, at)
    painter.end()
    wanted = (QSizeF(page_size(drawn)) * zoom).toSize()
    how = Qt.TransformationMode.SmoothTransformation
    return image if wanted == image.size() else image.scaled(wanted, mode=how)


def corner(drawn: Drawn) -> QPointF:
    """Where the margins end."""
    return QPointF(drawn.layout.paintRectPixels(DOTS).topLeft())
