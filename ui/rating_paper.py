"""A paper with figures as PDF pages, A4: its words can be searched and copied, its charts are pictures."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QUrl
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
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableFormat,
)

from desktop.exports.charts import draw_chart
from desktop.exports.papers import Paper, charts, shares
from ui.fonts import text_font
from ui.paper import A4, DOTS, FAINT, INK
from ui.pictures import drawn

MARGIN = 5.0  # mm; Qt leaves two centimetres more for the number of the page
BOLD, PLAIN = QFont.Weight.DemiBold, QFont.Weight.Normal
PASSPORT = (0.3, 0.7)  # of the width
EDGE = "#84928D"


def draw_paper(paper: Paper) -> bytes:
    """The pages. For any thread: nothing of it is on the screen."""
    timers = QEventLoop()  # a long document is laid out by timers, which a thread of Python lacks
    document = QTextDocument()
    document.setDocumentMargin(0)
    writing = _Writing(document)
    passport, figures, chart, notes, wording = paper.headings
    writing.paragraph(paper.title, 22, BOLD)
    writing.paragraph(paper.lead, 15)
    writing.heading(passport)
    facts = [(name, "" if value is None else str(value)) for name, value in paper.facts]
    writing.table([], facts, PASSPORT)
    writing.heading(figures, on_new_page=True)
    writing.table(paper.heads, paper.printed, shares(paper.heads, paper.printed))
    writing.heading(chart, on_new_page=True)
    for at, bars in enumerate(charts(paper)):
        drawn = draw_chart(bars, paper.scale, paper.legend)
        writing.picture(f"chart{at}", drawn.png, drawn.width, drawn.height)
    writing.heading(notes)
    for note in paper.notes:
        writing.paragraph(note)
    writing.heading(wording, on_new_page=True)
    for at, question in enumerate(paper.wording, 1):
        writing.paragraph(f"{at}. {question.text}")
        if question.choices:
            writing.paragraph("; ".join(question.choices), 11, colour=FAINT)
    writing.paragraph(paper.signature, above=28)
    writing.paragraph(paper.footer, 11, colour=FAINT, above=16)
    pages = _printed(document, paper)
    del document, timers
    return pages


class _Writing:
    """Writes one thing below the other."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._cursor = QTextCursor(document)
        self._first = True

    def heading(self, words: str, *, on_new_page: bool = False) -> None:
        """Of a part."""
        self.paragraph(words, 16, BOLD, above=16, on_new_page=on_new_page)

    def paragraph(
        self,
        words: str,
        pixels: int = 13,
        weight: QFont.Weight = PLAIN,
        *,
        above: int = 4,
        colour: str = INK,
        on_new_page: bool = False,
    ) -> None:
        """Words as they are."""
        block, letters = QTextBlockFormat(), _letters(pixels, weight, colour)
        block.setTopMargin(above)
        block.setBottomMargin(2)
        if on_new_page:
            block.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        self._begin(block, letters)
        self._cursor.insertText(words.replace("\n", "\u2028"), letters)

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        """Rows below their heads, which stand on each page again. `widths` are parts of the whole."""
        look = QTextTableFormat()
        look.setBorder(1)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderBrush(QColor(EDGE))
        look.setBorderCollapse(True)
        look.setCellPadding(4)
        look.setCellSpacing(0)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        look.setHeaderRowCount(1 if heads else 0)
        percent = QTextLength.Type.PercentageLength
        look.setColumnWidthConstraints([QTextLength(percent, 100 * part) for part in widths])
        lines = [*([heads] if heads else []), *rows]
        table = self._cursor.insertTable(len(lines), len(widths), look)
        for at, line in enumerate(lines):
            weight = BOLD if heads and at == 0 else PLAIN
            for place, words in enumerate(line):
                heavy = BOLD if not heads and place == 0 else weight
                inside = table.cellAt(at, place).firstCursorPosition()
                inside.insertText(words.replace("\n", "\u2028"), _letters(11, heavy, INK))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def picture(self, name: str, png: bytes, width: int, height: int) -> None:
        """In px of a screen, below what is there."""
        url = QUrl(name)
        self._document.addResource(QTextDocument.ResourceType.ImageResource, url, drawn(png))
        look = QTextImageFormat()
        look.setName(name)
        look.setWidth(width)
        look.setHeight(height)
        self._begin(QTextBlockFormat(), QTextCharFormat())
        self._cursor.insertImage(look)

    def _begin(self, block: QTextBlockFormat, letters: QTextCharFormat) -> None:
        if self._first:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block, letters)
        self._first = False


def _letters(pixels: int, weight: QFont.Weight, colour: str) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setFont(text_font(pixels, weight))
    letters.setForeground(QColor(colour))
    return letters


def _printed(document: QTextDocument, paper: Paper) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(paper.title)
    writer.setCreator(f"Dala {paper.mark}")
    writer.setResolution(DOTS)
    turned = QPageLayout.Orientation.Landscape if paper.wide else QPageLayout.Orientation.Portrait
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    writer.setPageLayout(QPageLayout(QPageSize(A4), turned, margins, QPageLayout.Unit.Millimeter))
    document.print_(writer)
    return bytes(buffer.data().data())
