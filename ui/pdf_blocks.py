"""Blocks of a paper written into a text document, one below the other. Words go in as they are."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from desktop.exports.pages import Block, Ends, Grid, Line, Look, Photos, Picture, Signatures
from ui.fonts import text_font
from ui.paper import FAINT, INK
from ui.pdf_cuts import Piece, Strip
from ui.pictures import decoded, drawn

BOLD, PLAIN = QFont.Weight.DemiBold, QFont.Weight.Normal
EDGE = "#5C6662"
CELL = {False: 13, True: 11}  # px of letters in tables; of wide ones
PADDING, EDGE_WIDTH = 4, 1  # px around what stands in a table that has edges, and of these
GAP = 16  # px between two photos
PNG = b"\x89PNG"
TALLEST = 360  # px of a photo, of which two stand side by side
LOOKS = {  # px of the letters, weight, colour, px above and below
    Look.OFFICE: (14, PLAIN, INK, 0, 0),
    Look.TITLE: (19, BOLD, INK, 16, 4),
    Look.LEAD: (15, PLAIN, INK, 0, 8),
    Look.HEADING: (15, BOLD, INK, 14, 5),
    Look.TEXT: (14, PLAIN, INK, 3, 5),
    Look.SMALL: (11, PLAIN, FAINT, 2, 2),
}
ALONE = (Look.OFFICE, Look.TITLE, Look.LEAD, Look.HEADING)  # never last on a page
PERCENT = QTextLength.Type.PercentageLength


class Written(NamedTuple):
    """What was written, to ask where it came to stand."""

    place: QTextTable | int  # a table, or the position of a paragraph
    kept: bool = False
    own_page: bool = False
    whole: bool = False  # a table that is not cut between its rows


class Writing:
    """Writes at the end of a document whose width is set."""

    def __init__(self, document: QTextDocument, *, wide: bool = False) -> None:
        self._document, self._cursor = document, QTextCursor(document)
        self._letters = CELL[wide]
        self._width = document.textWidth()
        self._first = True
        self._pictures = 0
        self._written: list[Written] = []

    def write(self, block: Block) -> None:
        """One block more."""
        if isinstance(block, Line):
            self._line(block)
        elif isinstance(block, Ends):
            table = self._table(1, (0.5, 0.5), edges=False, whole=True)
            self._fill(table, 0, (block.left, block.right), LOOKS[Look.TEXT][0], right=(1,))
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Picture):
            self._begin(QTextBlockFormat())
            self._picture(self._cursor, block, self._width, 10_000)
        elif isinstance(block, Photos):
            self._photos(block)
        else:
            self._signatures(block)

    def pieces(self, height: float, head: Strip | None = None) -> list[Piece]:
        """Where all of it stands, with what stays together on pages of this height. `head`: of the table
        that goes on where this begins."""
        found: list[Piece] = []
        for one in self._written:
            if one.whole and found:  # nothing is signed on a page that says nothing
                found[-1] = found[-1]._replace(kept=True)
            found += self._pieces(one, height, head if one is self._written[0] else None)
        return found

    def _line(self, line: Line) -> None:
        pixels, weight, colour, above, below = LOOKS[line.look]
        look = QTextBlockFormat()
        look.setTopMargin(above)
        look.setBottomMargin(below)
        if line.middle:
            look.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._begin(look, kept=line.look in ALONE, own_page=line.own_page)
        if line.label:
            self._cursor.insertText(f"{line.label} ", letters(pixels, BOLD, colour))
        self._cursor.insertText(as_lines(line.words), letters(pixels, weight, colour))

    def _grid(self, grid: Grid) -> None:
        if not (grid.heads or grid.rows):
            return
        lines = len(grid.rows) + bool(grid.heads)
        table = self._table(lines, grid.shares(), heads=bool(grid.heads))
        if grid.heads:
            self._fill(table, 0, grid.heads, self._letters, heavy=range(len(grid.heads)))
        for at, row in enumerate(grid.rows, bool(grid.heads)):
            right = range(1, len(row)) if grid.figures else ()
            self._fill(table, at, row, self._letters, heavy=range(grid.named), right=right)

    def _photos(self, photos: Photos) -> None:
        lines = (len(photos.pictures) + 1) // 2
        table = self._table(lines, (0.5, 0.5), edges=False)
        for at, picture in enumerate(photos.pictures):
            inside = table.cellAt(at // 2, at % 2).firstCursorPosition()
            if picture.content:
                self._picture(inside, picture, self._width / 2 - GAP, TALLEST)
                inside.insertBlock()
            below = QTextBlockFormat()
            below.setBottomMargin(GAP)
            inside.setBlockFormat(below)
            inside.insertText(as_lines(picture.words), letters(self._letters))

    def _signatures(self, signatures: Signatures) -> None:
        rows = [
            one for row in signatures.rows for one in (("", "", ""), (row[0], "_" * 20, row[1]))
        ]
        table = self._table(len(rows), (0.48, 0.24, 0.28), edges=False, whole=True)
        for at, cells in enumerate(rows):
            self._fill(table, at, cells, LOOKS[Look.TEXT][0])

    def _table(
        self,
        lines: int,
        widths: Sequence[float],
        *,
        heads: bool = False,
        edges: bool = True,
        whole: bool = False,
    ) -> QTextTable:
        look = QTextTableFormat()
        look.setBorder(EDGE_WIDTH if edges else 0)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderBrush(QColor(EDGE))
        look.setBorderCollapse(True)
        look.setCellPadding(PADDING if edges else 0)
        look.setCellSpacing(0)
        look.setTopMargin(4)
        look.setBottomMargin(4)
        look.setWidth(QTextLength(PERCENT, 100))
        look.setHeaderRowCount(int(heads))
        look.setColumnWidthConstraints([QTextLength(PERCENT, 100 * part) for part in widths])
        table = self._cursor.insertTable(lines, len(widths), look)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._first = True  # there is an empty paragraph below it already
        self._written.append(Written(table, whole=whole))
        return table

    def _fill(
        self,
        table: QTextTable,
        at: int,
        cells: Sequence[str],
        pixels: int,
        *,
        heavy: Sequence[int] = (),
        right: Sequence[int] = (),
    ) -> None:
        for place, words in enumerate(cells):
            inside = table.cellAt(at, place).firstCursorPosition()
            if place in right:
                look = QTextBlockFormat()
                look.setAlignment(Qt.AlignmentFlag.AlignRight)
                inside.setBlockFormat(look)
            inside.insertText(as_lines(words), letters(pixels, BOLD if place in heavy else PLAIN))

    def _picture(self, cursor: QTextCursor, picture: Picture, wide: float, high: float) -> None:
        width, height = picture.fitted(wide, high)
        room = QSize(3 * width, 3 * height)  # as fine as a printer shows it
        png = picture.content.startswith(PNG)
        image = drawn(picture.content) if png else decoded(picture.content, room)
        name = f"picture{self._pictures}"
        self._pictures += 1
        self._document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
        look = QTextImageFormat()
        look.setName(name)
        look.setWidth(width)
        look.setHeight(height)
        cursor.insertImage(look)

    def _begin(
        self, look: QTextBlockFormat, *, kept: bool = False, own_page: bool = False
    ) -> None:
        if self._first:
            self._cursor.setBlockFormat(look)
        else:
            self._cursor.insertBlock(look, QTextCharFormat())
        self._first = False
        self._written.append(Written(self._cursor.position(), kept, own_page))

    # where it stands

    def _pieces(self, one: Written, height: float, head: Strip | None) -> Iterator[Piece]:
        if isinstance(one.place, int):
            block = self._document.findBlock(one.place)
            lines = list(self._lines(block))
            if one.kept:
                lines = [Strip(lines[0].top, lines[-1].bottom)]
            for at, line in enumerate(lines):
                yield Piece(line, one.kept, one.own_page and at == 0)
            return
        rows = self._rows(one.place)
        if one.whole and rows[-1].bottom - rows[0].top <= height:
            yield Piece(Strip(rows[0].top, rows[-1].bottom))
            return
        heads = one.place.format().toTableFormat().headerRowCount()
        if heads:  # the row below brings the edge between them
            head = rows[0]._replace(bottom=rows[0].bottom - EDGE_WIDTH)
        for at, row in enumerate(rows):
            if at < heads:
                yield Piece(row, kept=True)
                continue
            tall = row.height > height - (head.height if head else 0)
            for part in self._cut_row(one.place, at, row) if tall else [row]:
                yield Piece(part, head=head)

    def _lines(self, block: QTextBlock) -> Iterator[Strip]:
        layout, top = block.layout(), self._top(block)
        for at in range(layout.lineCount()):
            rect = layout.lineAt(at).rect()
            yield Strip(top + rect.top(), top + rect.bottom())

    def _rows(self, table: QTextTable) -> list[Strip]:
        """Each with the edges above and below it, if it has any."""
        look = table.format().toTableFormat()
        above, edge = look.cellPadding(), look.border()
        ends = [
            self._top(table.cellAt(at, 0).firstCursorPosition().block()) - above
            for at in range(table.rows())
        ]
        last = (table.cellAt(table.rows() - 1, place) for place in range(table.columns()))
        ends.append(max(self._bottom(cell.lastCursorPosition().block()) for cell in last) + above)
        return [Strip(top - edge, end + edge) for top, end in pairwise(ends)]

    def _cut_row(self, table: QTextTable, at: int, row: Strip) -> Iterator[Strip]:
        """A row that is higher than a page, by the lines of the cell that makes it so."""
        blocks = (
            table.cellAt(at, place).firstCursorPosition().block()
            for place in range(table.columns())
        )
        longest = max((list(self._lines(block)) for block in blocks), key=len)
        tops = [row.top, *(line.top for line in longest[1:])]
        return (Strip(top, end) for top, end in pairwise([*tops, row.bottom]))

    def _top(self, block: QTextBlock) -> float:
        return self._document.documentLayout().blockBoundingRect(block).top()

    def _bottom(self, block: QTextBlock) -> float:
        return self._document.documentLayout().blockBoundingRect(block).bottom()


def letters(pixels: int, weight: QFont.Weight = PLAIN, colour: str = INK) -> QTextCharFormat:
    """Letters of the program's font."""
    found, font = QTextCharFormat(), text_font(pixels, weight)
    font.setFeature(QFont.Tag("liga"), 0)  # «file» is copied as four letters
    found.setFont(font)
    found.setForeground(QColor(colour))
    return found


def as_lines(words: str) -> str:
    """Words in which a new line is no new paragraph."""
    return words.replace("\r\n", "\n").replace("\n", "\u2028")
