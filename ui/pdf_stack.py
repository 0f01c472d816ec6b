"""A paper as text documents one below the other: a long table goes on in the next one.

Qt lays out a table in one go, and keeps the interpreter meanwhile: the window, whose turn it is, would
stand still for as long as five thousand rows take.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QThread
from PySide6.QtGui import QTextDocument

from desktop.exports.pages import Block, Grid
from ui.pdf_blocks import EDGE_WIDTH, Writing
from ui.pdf_cuts import Piece, Strip
from ui.pdf_parting import part_at

ROWS = 60  # of a table in one document


class Part(NamedTuple):
    """One of them: `place` it has on the paper, `down` from where it begins by itself."""

    document: QTextDocument
    place: Strip
    down: float


class Stack:
    """All of them, laid out at this width; to be cut into pages of this height."""

    def __init__(
        self, blocks: Sequence[Block], width: float, height: float, *, wide: bool
    ) -> None:
        self.width = width
        self.pieces: list[Piece] = []
        parts: list[Part] = []
        for some in _shared_out(blocks):
            document = QTextDocument()
            document.setDocumentMargin(0)
            document.setTextWidth(width)
            writing = Writing(document, wide=wide)
            for block in some:
                writing.write(block)
            parts.append(self._put_below(document, writing, height))
        # what stands above the first piece and below the last one belongs to these two
        parts[0] = parts[0]._replace(place=parts[0].place._replace(top=-inf))
        parts[-1] = parts[-1]._replace(place=parts[-1].place._replace(bottom=inf))
        self._parts = parts

    def part(self, cuts: Sequence[float]) -> None:
        """Part paragraphs that go on below these heights, which ascend."""
        for one in self._parts:
            part_at(one.document, [cut - one.down for cut in cuts])

    def within(self, strip: Strip) -> Iterator[tuple[QTextDocument, Strip, float]]:
        """The documents of a strip: what of each is seen, and how far below the top of the strip."""
        for one in self._parts:
            top, bottom = max(strip.top, one.place.top), min(strip.bottom, one.place.bottom)
            if top < bottom:
                yield one.document, Strip(top, bottom).moved(-one.down), top - strip.top

    def move_to(self, thread: QThread) -> None:
        """To be drawn there from now on."""
        for one in self._parts:
            one.document.moveToThread(thread)

    def _put_below(self, document: QTextDocument, writing: Writing, height: float) -> Part:
        """A table goes on there, with the head that it had; both have the edge between them."""
        last = self.pieces[-1] if self.pieces else None
        head = last.head if last else None
        found = writing.pieces(height, head)
        if not found:
            return Part(document, Strip(0, 0), 0)
        down = last.seen.bottom - EDGE_WIDTH - found[0].seen.top if last else 0.0
        for one in found:
            again = one.head if one.head is None or one.head is head else one.head.moved(down)
            self.pieces.append(one._replace(seen=one.seen.moved(down), head=again))
        place = Strip(found[0].seen.top, found[-1].seen.bottom)
        return Part(document, place.moved(down), down)


def _shared_out(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks of each document."""
    some: list[Block] = []
    for block in blocks:
        if not isinstance(block, Grid) or len(block.rows) <= ROWS:
            some.append(block)
            continue
        grid = msgspec.structs.replace(block, widths=tuple(block.shares()))
        for at in range(0, len(block.rows), ROWS):
            if at:
                yield some
                some, grid = [], msgspec.structs.replace(grid, heads=())
            rows = block.rows[at : at + ROWS]
            some.append(msgspec.structs.replace(grid, rows=rows))
    yield some
