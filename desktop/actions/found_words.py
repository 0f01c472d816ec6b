"""Where in a text the words of a search stand, and as much of it as is shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.index.typed import Word
from desktop.index.words import PIECE, folded_word

SIGNS = r"[\s().‐-―-]*"  # that may stand between the digits of a number
AROUND = 60  # letters of a text that are shown before what was found in it
WIDE = 160  # and altogether


@dataclass(frozen=True)
class Marked:
    """A text, and where in it stands what was looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()  # from, to


class Marker:
    """Says where in a text the words of a search stand, or what begins with them."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._begins = tuple({part for word in words for part in word.folded})
        numbers = {number for word in words for number in word.begins}
        self._numbers = [re.compile(SIGNS.join(map(re.escape, one))) for one in numbers]

    def __call__(self, text: str) -> Marked:
        marks = {
            piece.span()
            for piece in PIECE.finditer(text)
            if folded_word(piece.group().lower()).startswith(self._begins)
        }
        for number in self._numbers:
            marks |= {one.span() for one in number.finditer(text)}
        return Marked(text, tuple(sorted(marks)))


def cut(said: Marked) -> Marked:
    """A long text around the first thing that was found in it, in one line."""
    text = re.sub(r"\s", " ", said.text)  # letter for letter: the marks stay where they are
    start = max(0, said.marks[0][0] - AROUND) if said.marks else 0
    if start:
        start = text.find(" ", start, said.marks[0][0]) + 1 or start
    shown = text[start : start + WIDE]
    before, after = "… " if start else "", " …" if start + WIDE < len(text) else ""
    moved = len(before) - start
    marks = tuple(
        (a + moved, b + moved) for a, b in said.marks if b <= start + WIDE and a >= start
    )
    return Marked(f"{before}{shown}{after}", marks)
