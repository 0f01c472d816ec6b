"""Where a paper that is one long strip is cut into pages: between lines and rows, never through them."""

from collections.abc import Sequence
from typing import NamedTuple


class Strip(NamedTuple):
    """From one height to another, in px below the top of the paper."""

    top: float
    bottom: float

    @property
    def height(self) -> float:
        """How much room it takes."""
        return self.bottom - self.top

    def moved(self, by: float) -> "Strip":
        """The same so much further down."""
        return Strip(self.top + by, self.bottom + by)


class Piece(NamedTuple):
    """What stays together. `kept`: not without the next one; `head`: of its table, said again above it."""

    seen: Strip
    kept: bool = False
    own_page: bool = False
    head: Strip | None = None


class Sheet(NamedTuple):
    """What stands on a page: the head of a table that goes on there, if one does, and a strip."""

    head: Strip | None
    seen: Strip


def cut(pieces: Sequence[Piece], height: float) -> list[Sheet]:
    """The pages. What is higher than one is cut where the page ends."""
    sheets: list[Sheet] = []
    first = 0
    while first < len(pieces):
        following = _end(pieces, first, height)
        head = _head(pieces[first], height)
        room = height - (head.height if head else 0)
        seen = Strip(pieces[first].seen.top, pieces[following - 1].seen.bottom)
        while seen.height > room:
            sheets.append(Sheet(head, Strip(seen.top, seen.top + room)))
            seen = Strip(seen.top + room, seen.bottom)
        sheets.append(Sheet(head, seen))
        first = following
    return sheets or [Sheet(None, Strip(0, height))]


def _head(piece: Piece, height: float) -> Strip | None:
    """What is said again; one that takes half a page is said once, for else no room is left below it."""
    return piece.head if piece.head and piece.head.height <= height / 2 else None


def _end(pieces: Sequence[Piece], first: int, height: float) -> int:
    """The piece after the last one of the page that begins with the `first`."""
    head = _head(pieces[first], height)
    top, room = pieces[first].seen.top, height - (head.height if head else 0)
    end = first + 1
    while end < len(pieces):
        if pieces[end].own_page or pieces[end].seen.bottom - top > room:
            break
        end += 1
    if end == len(pieces):
        return end
    back = end
    while back > first and pieces[back - 1].kept:  # goes over with what it stands above
        back -= 1
    return back if back > first else end
