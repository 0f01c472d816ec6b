"""Paragraphs that go on on the next page are parted there: Qt writes the line above a cut once more,
unseen, and whoever copies the page would find it twice.
"""

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

NEAR = 1.0  # px: a line begins at a cut
LINE_END = "\u2028"


def part_at(document: QTextDocument, cut: float) -> None:
    """Make two paragraphs of each that goes on below this height. Nothing moves by it."""
    layout = document.documentLayout()
    block = document.begin()
    while block.isValid():
        following = block.next()
        rect = layout.blockBoundingRect(block)
        if rect.top() + NEAR < cut < rect.bottom() - NEAR:
            _part(block, cut - rect.top())
        block = following


def _part(block: QTextBlock, cut: float) -> None:
    lines = (block.layout().lineAt(at) for at in range(1, block.layout().lineCount()))
    below = next((line for line in lines if line.y() >= cut - NEAR), None)
    if below is None:
        return
    look, upper = QTextBlockFormat(block.blockFormat()), QTextBlockFormat(block.blockFormat())
    look.setTopMargin(0)
    upper.setBottomMargin(0)
    cursor = QTextCursor(block)
    cursor.setBlockFormat(upper)
    cursor.setPosition(block.position() + below.textStart())
    if block.text()[below.textStart() - 1] == LINE_END:
        cursor.deletePreviousChar()
    cursor.insertBlock(look)
