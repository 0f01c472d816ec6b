"""Paragraphs are parted where pages are cut: each of them is looked at once, however many pages there are."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextCursor, QTextDocument

from ui.pdf_parting import part_at


class Paragraphs:
    """As a document and its layout have them, one of 10 px below the other; counts who looks."""

    def __init__(self, count):
        self.count, self.looked = count, 0

    def documentLayout(self):
        return self

    def begin(self):
        return Paragraph(self, 0)

    def blockBoundingRect(self, block):
        self.looked += 1
        return QRectF(0, 10 * block.at, 100, 10)


class Paragraph:
    def __init__(self, all_, at):
        self._all, self.at = all_, at

    def isValid(self):
        return self.at < self._all.count

    def next(self):
        return Paragraph(self._all, self.at + 1)


def test_a_register_of_a_year_is_not_gone_through_for_each_page():
    """Five thousand visitors took two and a half minutes."""
    every = Paragraphs(1_000)

    part_at(every, [50.0 * page for page in range(1, 200)])  # all between two of them

    assert every.looked == 1_000


def test_a_paragraph_over_several_pages_is_parted_at_each_and_nothing_moves(qapp):
    document = QTextDocument()
    document.setTextWidth(200)
    cursor = QTextCursor(document)
    for words in ("бір " * 300, "екі " * 20):
        cursor.insertText(words)
        cursor.insertBlock()
    layout = document.documentLayout()
    whole = document.toPlainText().split()
    first = document.begin()
    lines = first.layout()
    layout.blockBoundingRect(first)
    top = layout.blockBoundingRect(first).top()
    ends = [top + lines.lineAt(at).y() for at in (3, 7, 12)]
    height = layout.documentSize().height()

    part_at(document, ends)

    tops, block = [], document.begin()
    for _ in range(4):
        tops.append(layout.blockBoundingRect(block).top())
        block = block.next()
    assert tops == [top, *ends]
    assert document.toPlainText().split() == whole
    assert layout.documentSize().height() == height
