"""What a paper says from its head to its signatures, as plain data: one for Word, PDF and a printer.

Whoever lays a paper out writes no file, and whoever writes one (word_pages.py, ui.pdf_pages) knows of
no record. These travel to the process that draws PDF for a command, hence structs with a tag.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

PX_PER_MM = 96 / 25.4  # of a screen, in which pictures are measured
LEAST, MOST = 7, 26  # characters that a column has room for
LINE = 120  # characters beside each other in a table, between those of a page upright and turned


class Look(StrEnum):
    """How large a line is, and how far from what is above it."""

    OFFICE = "office"  # whose paper it is, above the title
    TITLE = "title"
    LEAD = "lead"  # below the title
    HEADING = "heading"  # of a part of the paper
    TEXT = "text"
    SMALL = "small"


class Line(msgspec.Struct, frozen=True, tag=True):
    """A paragraph. `label` stands before its words, heavier."""

    words: str
    look: Look = Look.TEXT
    label: str = ""
    middle: bool = False
    own_page: bool = False  # a new page begins with it, where pages are drawn here


class Ends(msgspec.Struct, frozen=True, tag=True):
    """One line with words at both ends: the date, and the place."""

    left: str
    right: str


class Grid(msgspec.Struct, frozen=True, tag=True):
    """A table. Its heads stand on each page again. `widths`: parts of the whole; none: as words need."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    figures: bool = False  # all but the first column are numbers, which stand at the right
    named: bool = False  # the first column says what the second is

    def shares(self) -> list[float]:
        """The part of its width that each column takes."""
        return list(self.widths) or shares(self.heads, self.rows)


class Picture(msgspec.Struct, frozen=True, tag=True):
    """A JPEG as the program keeps photos, or a PNG that it drew; none of it: why it is not here."""

    words: str  # what it shows; below a photo they can be read
    content: bytes = b""
    width: int = 0  # px of a screen
    height: int = 0

    def fitted(self, width: float, height: float) -> tuple[int, int]:
        """As large as it may be within so many pixels, and no larger than it is."""
        by = min(1.0, width / max(self.width, 1), height / max(self.height, 1))
        return max(1, round(self.width * by)), max(1, round(self.height * by))


class Photos(msgspec.Struct, frozen=True, tag=True):
    """Pictures side by side, two in a row, each with its words below."""

    pictures: tuple[Picture, ...]


class Signatures(msgspec.Struct, frozen=True, tag=True):
    """Lines to be signed: who signs as what, and their name; either may be empty."""

    rows: tuple[tuple[str, str], ...]


Block = Line | Ends | Grid | Picture | Photos | Signatures


class Pages(msgspec.Struct, frozen=True, tag=True):
    """A whole paper, all of it in one language."""

    title: str
    language: str  # kk, ru or en: of its words
    blocks: tuple[Block, ...]
    footer: str  # below each page, beside its number
    mark: str  # the export's id
    wide: bool = False


def shares(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """The part of a table's width that each column takes: as its words need it.

    Where there is no room for all, long texts are wrapped more often; no word is cut for them.
    """
    words, texts = [], []
    for column in zip(*([heads] if heads else []), *rows, strict=True):
        word = max(len(word) for text in column for word in (text.split() or [""]))
        words.append(max(LEAST, min(word + 3, MOST)))
        texts.append(max(words[-1], min(max(len(text) for text in column), MOST)))
    spare, wanted = max(LINE - sum(words), 0), sum(texts) - sum(words)
    part = min(spare / wanted, 1) if wanted else 1
    needs = [word + part * (text - word) for word, text in zip(words, texts, strict=True)]
    return [need / sum(needs) for need in needs]
