"""Paragraphs that go on on the next page are parted there: Qt writes the line above a cut once more,
unseen, and whoever copies the page would find it twice.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

NEAR = 1.0  # px: a line begins at a cut
LINE_END = "\u2028"


def part_at(document: QTextDocument, cuts: Sequence[float]) -> None:
    """Make two paragraphs of each that goes on below one of these heights, which ascend. Nothing moves by it."""
    layout = document.documentLayout()
    block = document.begin()
    while block.isValid():
        following = block.next()
        rect = layout.blockBoundingRect(block)
        first = bisect_right(cuts, rect.top() + NEAR)
        last = bisect_left(cuts, rect.bottom() - NEAR)
        for cut in reversed(cuts[first:last]):  # the upper part stays the paragraph that it was
            _part(block, cut - rect.top())
            layout.blockBoundingRect(block)  # laid out again, as the next cut needs it
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
