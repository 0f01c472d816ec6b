"""Pages as PDF, A4: words that can be searched and copied, heads of tables on each page, a footer."""

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from desktop.exports.pages import Pages
from ui.fonts import text_font
from ui.paper import A4, DOTS, FAINT
from ui.pdf_blocks import Writing
from ui.pdf_cuts import Strip, cut
from ui.pdf_parting import part_at

MARGINS = QMarginsF(25, 15, 15, 12)  # mm: at the left to bind it
FOOT = 30  # px below each page for its footer
SMALL = 10  # px of its letters
TOUCH = 2  # px by which a line may touch the page before, and not be written on it unseen


def draw_pages(pages: Pages) -> bytes:
    """The file. For any thread: nothing of it is on the screen."""
    timers = QEventLoop()  # a long document is laid out by timers, which a thread of Python lacks
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(pages.title)
    writer.setCreator(f"Dala {pages.mark}")
    writer.setResolution(DOTS)
    turned = QPageLayout.Orientation.Landscape if pages.wide else QPageLayout.Orientation.Portrait
    unit = QPageLayout.Unit.Millimeter
    writer.setPageLayout(QPageLayout(QPageSize(A4), turned, MARGINS, unit))
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setTextWidth(writer.width())
    height = float(writer.height() - FOOT)
    writing = Writing(document, wide=pages.wide)
    for block in pages.blocks:
        writing.write(block)
    sheets = cut(writing.pieces(height), height)
    for sheet in sheets[1:]:
        part_at(document, sheet.seen.top)
    painter = QPainter(writer)
    for at, sheet in enumerate(sheets):
        if at:
            writer.newPage()
        below = 0.0
        if sheet.head is not None:
            _draw(painter, document, sheet.head, 0)
            below = sheet.head.height
        _draw(painter, document, sheet.seen, below)
        room = QRectF(0, height + FOOT - 16, writer.width(), 16)
        _draw_footer(painter, room, pages.footer, f"{at + 1} / {len(sheets)}")
    painter.end()
    del document, timers
    return bytes(buffer.data().data())


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
