"""What is held about a person as PDF pages, A4: as many as it takes, each with its number."""

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import (
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from desktop.holdings.paper import Paragraph, Rank
from ui.fonts import text_font
from ui.paper import A4, DOTS, FAINT, INK

MARGIN = 5.0  # mm; Qt leaves two centimetres more for the number of the page
BOLD, PLAIN = QFont.Weight.DemiBold, QFont.Weight.Normal
# size in pixels, weight, colour, room above and at the left
LOOKS = {
    Rank.TITLE: (24, BOLD, INK, 0, 0),
    Rank.RECORD: (18, BOLD, INK, 20, 0),
    Rank.PART: (14, BOLD, INK, 8, 0),
    Rank.LINE: (14, PLAIN, INK, 4, 0),
    Rank.WHY: (11, PLAIN, FAINT, 0, 16),
}


def draw_held(said: Iterable[Paragraph]) -> bytes:
    """The pages; words stand there as they are. For any thread: nothing of it is on the screen."""
    paragraphs = list(said)
    document = QTextDocument()
    cursor = QTextCursor(document)
    for place, one in enumerate(paragraphs):
        pixels, weight, colour, above, left = LOOKS[one.rank]
        block, letters = QTextBlockFormat(), QTextCharFormat()
        block.setTopMargin(above)
        block.setLeftMargin(left)
        letters.setFont(text_font(pixels, weight))
        letters.setForeground(QColor(colour))
        if place:
            cursor.insertBlock(block, letters)
        else:
            cursor.setBlockFormat(block)
        cursor.insertText(one.words.replace("\n", "\u2028"), letters)  # a line, no paragraph
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(paragraphs[0].words if paragraphs else "")
    writer.setResolution(DOTS)
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    document.print_(writer)
    return bytes(buffer.data().data())
