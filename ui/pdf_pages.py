"""Pages laid out on A4, and as PDF: words that can be searched and copied, heads of tables on each page, a footer."""

from PySide6.QtCore import QCoreApplication, QEventLoop, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPageLayout,
    QPageSize,
    QPainter,
    QTextDocument,
)

from desktop.exports.pages import Pages
from ui.drawn import as_pdf
from ui.fonts import text_font
from ui.paper import A4, DOTS, FAINT
from ui.pdf_cuts import Strip, cut
from ui.pdf_stack import Stack

MARGINS = QMarginsF(25, 15, 15, 12)  # mm: at the left to bind it
FOOT = 30  # px below each page for its footer
SMALL = 10  # px of its letters
TOUCH = 2  # px by which a line may touch the page before, and not be written on it unseen


def draw_pages(pages: Pages) -> bytes:
    """The file. For any thread: nothing of it is on the screen."""
    return as_pdf(LaidPages(pages))


class LaidPages:
    """A paper laid out and cut into sheets, which are drawn where they are wanted."""

    def __init__(self, pages: Pages) -> None:
        """For any thread; the one that draws must be the one that laid out, or see `for_window`."""
        timers = (
            QEventLoop()
        )  # a long document is laid out by timers, which a thread of Python lacks
        self.title, self.creator, self._footer = pages.title, f"Dala {pages.mark}", pages.footer
        turned = (
            QPageLayout.Orientation.Landscape if pages.wide else QPageLayout.Orientation.Portrait
        )
        unit = QPageLayout.Unit.Millimeter
        self.layout = QPageLayout(QPageSize(A4), turned, MARGINS, unit)
        inside = self.layout.paintRectPixels(DOTS)
        self._width, self._height = inside.width(), float(inside.height() - FOOT)
        self._stack = Stack(pages.blocks, self._width, self._height, wide=pages.wide)
        self._sheets = cut(self._stack.pieces, self._height)
        self._stack.part([sheet.seen.top for sheet in self._sheets[1:]])
        del timers

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self._sheets)

    def draw(self, painter: QPainter, at: int) -> None:
        """One page, with its footer."""
        sheet, below = self._sheets[at], 0.0
        if sheet.head is not None:
            self._draw(painter, sheet.head, 0)
            below = sheet.head.height
        self._draw(painter, sheet.seen, below)
        room = QRectF(0, self._height + FOOT - 16, self._width, 16)
        _draw_footer(painter, room, self._footer, f"{at + 1} / {self.count}")

    def for_window(self) -> "LaidPages":
        """The same, to be drawn on the window's thread from now on. To be called where it was laid out."""
        app = QCoreApplication.instance()
        assert app is not None
        self._stack.move_to(app.thread())
        return self

    def _draw(self, painter: QPainter, strip: Strip, at: float) -> None:
        for document, seen, below in self._stack.within(strip):
            _draw(painter, document, seen, at + below)


def _draw(painter: QPainter, document: QTextDocument, strip: Strip, at: float) -> None:
    """A strip of the document, `at` so many px below the top of the page."""
    seen = QRectF(0, strip.top, document.textWidth(), strip.height)
    painter.save()
    painter.translate(0, at - strip.top)
    painter.setClipRect(seen.adjusted(-1, 0, 1, 0))  # with the lines at both sides of a table
    how = QAbstractTextDocumentLayout.PaintContext()
    how.clip = seen.adjusted(0, TOUCH, 0, -TOUCH)
    document.documentLayout().draw(painter, how)
    painter.restore()


def _draw_footer(painter: QPainter, room: QRectF, words: str, number: str) -> None:
    painter.setFont(text_font(SMALL))
    painter.setPen(QColor(FAINT))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft), words)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignRight), number)
