"""What stands where on a map, so that nothing lies over another: numbers are joined, names left out.

All in pixels of one zoom, whatever part of the map is seen: so nothing jumps while it is moved.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

CELL = 64.0  # px: things are looked for by squares of the plane
GAP = 2.0  # px that stay free between two things

Size = tuple[float, float]  # width, height


@dataclass(frozen=True)
class Rect:
    """Pixels."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Rect") -> bool:
        """Whether they overlap, with the gap."""
        return (
            self.x < other.x + other.width + GAP
            and other.x < self.x + self.width + GAP
            and self.y < other.y + other.height + GAP
            and other.y < self.y + self.height + GAP
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


def around(x: float, y: float, size: Size) -> Rect:
    """Of this size, with its middle there."""
    return Rect(x - size[0] / 2, y - size[1] / 2, *size)


class Taken:
    """Places that are taken already."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Rect]] = defaultdict(list)

    def add(self, rect: Rect) -> None:
        """From now on nothing else stands there."""
        for cell in _cells(rect):
            self._cells[cell].append(rect)

    def free(self, rect: Rect) -> bool:
        """Whether nothing stands there."""
        return not any(
            rect.meets(other) for cell in _cells(rect) for other in self._cells.get(cell, ())
        )


@dataclass(frozen=True)
class Mark:
    """A number that stands at a place; one that stays inside, when the map leaves, is not told."""

    key: str
    x: float
    y: float
    number: int
    told: bool = True


SizeOf = Callable[[Sequence[Mark]], Size]


def total(marks: Iterable[Mark]) -> int:
    """The sum of those that are told."""
    return sum(mark.number for mark in marks if mark.told)


@dataclass(frozen=True)
class Joined:
    """Numbers that would lie over each other, as one: where the largest of them is."""

    marks: tuple[Mark, ...]
    rect: Rect

    @property
    def number(self) -> int:
        """The sum of those that are told."""
        return total(self.marks)


def join(marks: Iterable[Mark], size: SizeOf) -> list[Joined]:
    """The numbers, those that would overlap added up; the largest first. `size`: of so many as one."""
    ordered = sorted(marks, key=lambda mark: (-mark.number, mark.key))
    groups = [_joined((mark,), size) for mark in ordered]
    while True:
        fewer = _pass(groups, size)
        if len(fewer) == len(groups):
            return groups
        groups = fewer


def _joined(marks: tuple[Mark, ...], size: SizeOf) -> Joined:
    return Joined(marks, around(marks[0].x, marks[0].y, size(marks)))


def _pass(groups: Sequence[Joined], size: SizeOf) -> list[Joined]:
    """Each that meets one before it is added to it; that one has grown by then, so look once more."""
    held: list[Joined] = []
    cells: dict[tuple[int, int], list[tuple[Rect, int]]] = defaultdict(list)
    for group in groups:
        near = (each for cell in _cells(group.rect) for each in cells.get(cell, ()))
        at = next((at for rect, at in near if group.rect.meets(rect)), None)
        if at is None:
            at = len(held)
            held.append(group)
        else:
            held[at] = _joined((*held[at].marks, *group.marks), size)
        for cell in _cells(held[at].rect):
            cells[cell].append((held[at].rect, at))
    return held


@dataclass(frozen=True)
class Name:
    """Words that want to stand beside a point, which has a radius: `below` it first, or at its right."""

    key: str
    x: float
    y: float
    size: Size
    radius: float = 4.0
    below: bool = False


def place_names(names: Iterable[Name], taken: Taken) -> dict[str, Rect]:
    """Where each name stands, the most important first; one that has no room anywhere is left out.
    What is placed is taken from then on."""
    found: dict[str, Rect] = {}
    for name in names:
        for rect in _beside(name):
            if taken.free(rect):
                taken.add(rect)
                found[name.key] = rect
                break
    return found


def _beside(name: Name) -> Iterator[Rect]:
    width, height = name.size
    away = name.radius + GAP + 1
    right = Rect(name.x + away, name.y - height / 2, width, height)
    left = Rect(name.x - away - width, name.y - height / 2, width, height)
    above = Rect(name.x - width / 2, name.y - away - height, width, height)
    below = Rect(name.x - width / 2, name.y + away, width, height)
    yield from (below, above, right, left) if name.below else (right, left, above, below)


def _cells(rect: Rect) -> Iterator[tuple[int, int]]:
    """The squares that it lies in, with the gap around."""
    first_x, last_x = _cell(rect.x - GAP), _cell(rect.x + rect.width + GAP)
    first_y, last_y = _cell(rect.y - GAP), _cell(rect.y + rect.height + GAP)
    for across in range(first_x, last_x + 1):
        for down in range(first_y, last_y + 1):
            yield across, down


def _cell(at: float) -> int:
    return int(at // CELL)
