"""What has to be kept back so that nothing hidden follows from what is shown.

Where a figure of all is shown with some of its parts, what is left over can be reckoned: then further
parts are kept back until no hidden one follows from the linear equations between them, nor any sum of
hidden parts of one figure that has fewer than ten people (complementary suppression: Hundepool et al.
2012, Statistical Disclosure Control, 4.4).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

from desktop.surveys.ratings.publishing import SMALLEST_CELL

Cell = TypeVar("Cell", bound=Hashable)


Equation = dict[Cell, int | Fraction]  # {unknown: its factor}
Solved = dict[frozenset[Cell], frozenset[Cell]]  # {unknown that hang together: those that follow}


@dataclass(frozen=True)
class Sum(Generic[Cell]):
    """A figure of all, and of the parts that all falls into.

    `same`: the parts are other questions to the same people, and all is what they make together.
    """

    whole: Cell
    parts: tuple[Cell, ...]
    same: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The parts, then the whole."""
        return (*self.parts, self.whole)


def hide(
    people: Mapping[Cell, int],
    hidden: Collection[Cell],
    sums: Sequence[Sum[Cell]],
    worth: Callable[[Cell], int] = lambda _: 0,
) -> set[Cell]:
    """All cells to be kept back, so that none of `hidden` follows from those that are shown.

    `people` are the respondents of each cell. Of several that would serve, that of the least `worth`
    is kept back, then a part before a whole, then that with the fewest people.
    """
    primary, kept = frozenset(hidden), set(hidden)
    solved: Solved[Cell] = {}
    while True:
        tells = told(kept, sums, solved)
        unknown = kept - (tells - primary)  # what follows anyway need not be kept back
        open_ = [one for one in sums if any(cell not in kept for cell in one.cells)]
        few = {id(one) for one in sums if _is_few(people, unknown, one)}
        plain = tells & primary
        telling = [one for one in open_ if id(one) in few or not plain.isdisjoint(one.cells)]
        if not telling and (few or plain):  # it follows by way of what was kept back before
            near = _hanging_together(plain or tells, kept, sums)
            telling = [one for one in open_ if not near.isdisjoint(one.cells)][:1]
        if not telling:
            return unknown
        done: set[Cell] = set()
        for one in telling:
            if not done & set(one.cells):  # else it may tell nothing any more
                shown = [cell for cell in one.cells if cell not in kept]
                kept.add(
                    min(shown, key=lambda cell: (worth(cell), cell == one.whole, people[cell]))
                )
                done.update(one.cells)


def told(
    hidden: Collection[Cell], sums: Sequence[Sum[Cell]], solved: Solved[Cell] | None = None
) -> set[Cell]:
    """The hidden cells that whoever solves the equations finds.

    `solved` remembers what hung together before: it is filled here.
    """
    unknown, solved = set(hidden), {} if solved is None else solved
    rows: list[Equation[Cell]] = []
    for one in sums:
        row: Equation[Cell] = {part: 1 for part in one.parts if part in unknown}
        if one.whole in unknown:
            row[one.whole] = -1
        if row:
            rows.append(row)
    found: set[Cell] = set()
    for part in _apart(rows):
        cells = frozenset(cell for row in part for cell in row)
        if cells not in solved:
            solved[cells] = frozenset(_reduced(part))
        found |= solved[cells]
    return found


def hanging_together(hidden: Collection[Cell], sums: Sequence[Sum[Cell]]) -> list[set[Cell]]:
    """The hidden cells in sets: those that stand in one sum are in one, and so on."""
    rows: list[Equation[Cell]] = [{cell: 1} for cell in hidden]
    rows += [{cell: 1 for cell in one.cells if cell in hidden} for one in sums]
    return [
        {cell for row in part for cell in row} for part in _apart([row for row in rows if row])
    ]


def _is_few(people: Mapping[Cell, int], hidden: Collection[Cell], one: Sum[Cell]) -> bool:
    """Whether what the hidden parts make together is shown, and is of fewer than ten people."""
    unknown = [people[part] for part in one.parts if part in hidden]
    if one.whole in hidden or not unknown:
        return False
    return (max(unknown) if one.same else sum(unknown)) < SMALLEST_CELL


def _hanging_together(
    cells: Collection[Cell], hidden: Collection[Cell], sums: Sequence[Sum[Cell]]
) -> set[Cell]:
    """The hidden cells that stand in one sum with these, or with such a one, and so on."""
    todo, found = list(cells), set(cells)
    while todo:
        cell = todo.pop()
        near = {
            other for one in sums if cell in one.cells for other in one.cells if other in hidden
        }
        todo += near - found
        found |= near
    return found


def _apart(rows: Sequence[Equation[Cell]]) -> Iterator[list[Equation[Cell]]]:
    """The rows by what hangs together: most tables fall into many small ones."""
    places: dict[Cell, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for cell in row:
            places[cell].append(at)
    left = set(range(len(rows)))
    while left:
        todo, part = [left.pop()], []
        while todo:
            part.append(at := todo.pop())
            near = {other for cell in rows[at] for other in places[cell]} & left
            left -= near
            todo += near
        yield [rows[at] for at in sorted(part)]


def _reduced(part: Sequence[Equation[Cell]]) -> Iterator[Cell]:
    """What follows from equations: by Gauss and Jordan each of them keeps a cell that no other has.

    The shortest go first, so that few fill up. Factors are whole as long as they can be.
    """
    rows = [dict(row) for row in part]
    places: dict[Cell, set[int]] = defaultdict(set)
    for at, row in enumerate(rows):
        for cell in row:
            places[cell].add(at)
    left = [(len(row), at) for at, row in enumerate(rows)]
    heapify(left)
    done: set[int] = set()
    while left:
        length, at = heappop(left)
        row = rows[at]
        if at in done or length != len(row) or not row:  # it changed since, and stands there again
            continue
        done.add(at)
        column, first = min(row.items(), key=lambda one: len(places[one[0]]))
        for other in places[column] - {at}:
            had = rows[other][column]
            factor = had * first if abs(first) == 1 else Fraction(had) / first
            _take_off(rows[other], row, factor, places, other)
            if other not in done:
                heappush(left, (len(rows[other]), other))
    return (cell for row in rows if len(row) == 1 for cell in row)


def _take_off(
    row: Equation[Cell],
    pivot: Equation[Cell],
    times: int | Fraction,
    places: Mapping[Cell, set[int]],
    at: int,
) -> None:
    for cell, value in pivot.items():
        rest = row.get(cell, 0) - times * value
        if rest:
            row[cell] = rest
            places[cell].add(at)
        else:
            row.pop(cell, None)
            places[cell].discard(at)
