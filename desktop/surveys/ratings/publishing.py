"""What may be published: figures of enough people, firm enough, from which no other one follows.

A figure needs thirty people, also after the design effect, and a standard error of at most 30 % of
itself; below ten nobody is shown. Where a total is published with some of its parts, what is left
over can be reckoned: then further parts are kept back until no hidden one follows from the linear
equations between them (complementary suppression: Hundepool et al. 2012, Statistical Disclosure
Control, 4.4), nor any sum of hidden parts of one total that has fewer than ten people.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from sync.errors import UserError
from sync.language import mark

FEWEST = 30  # respondents, and effective respondents, of a published figure
SMALLEST_CELL = 10  # respondents in anything that is shown
ROUGHEST = 0.30  # standard error, as a part of the figure

Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[Cell]):
    """A figure of all, and of the parts that all falls into."""

    whole: Cell
    parts: tuple[Cell, ...]


def reason(n: int, n_effective: float, se: float, mean: float) -> UserError | None:
    """Why a figure is not published, or None."""
    if n < SMALLEST_CELL:
        return too_few_to_hide()
    if n < FEWEST:
        return UserError(mark("Fewer than {n} people answered."), n=FEWEST)
    if n_effective < FEWEST:
        text = mark("People were asked so close together that they count for fewer than {n}.")
        return UserError(text, n=FEWEST)
    return too_rough(se, mean)


def too_few_to_hide() -> UserError:
    """So few people that each could be found."""
    text = mark("Fewer than {n} people answered: they could be recognised.")
    return UserError(text, n=SMALLEST_CELL)


def too_rough(se: float, mean: float) -> UserError | None:
    """The reason, where the standard error is too large a part of the figure."""
    if se <= ROUGHEST * abs(mean):
        return None
    text = mark("The figure is too rough: its standard error is over {percent} % of it.")
    return UserError(text, percent=round(ROUGHEST * 100))


def would_tell() -> UserError:
    """The reason of a figure that is kept back for another one's sake."""
    return UserError(mark("Another figure, which is not published, could be reckoned from it."))


def hide(
    people: Mapping[Cell, int], hidden: Collection[Cell], sums: Sequence[Sum[Cell]]
) -> set[Cell]:
    """All cells to be kept back, so that none of `hidden` follows from those that are shown.

    `people` are the respondents of each cell; of several that would serve, that with the fewest
    is kept back, and a part before a whole.
    """
    kept = set(hidden)
    while (equation := _telling(people, kept, sums)) is not None:
        shown = [cell for cell in (*equation.parts, equation.whole) if cell not in kept]
        kept.add(min(shown, key=lambda cell: (cell == equation.whole, people[cell])))
    return kept


def told(hidden: Collection[Cell], sums: Sequence[Sum[Cell]]) -> set[Cell]:
    """The hidden cells that whoever solves the equations finds."""
    order = list(hidden)
    rows = []
    for one in sums:
        signs = dict.fromkeys(one.parts, Fraction(1)) | {one.whole: Fraction(-1)}
        rows.append([signs.get(cell, Fraction(0)) for cell in order])
    found = set()
    for row in _reduced(rows):
        unknown = [cell for cell, factor in zip(order, row, strict=True) if factor]
        if len(unknown) == 1:
            found.add(unknown[0])
    return found


def _telling(
    people: Mapping[Cell, int], hidden: Collection[Cell], sums: Sequence[Sum[Cell]]
) -> Sum[Cell] | None:
    """An equation that tells too much and has something left to be kept back."""
    tells = told(hidden, sums)
    for one in sums:
        unknown = [part for part in one.parts if part in hidden]
        few = (
            one.whole not in hidden
            and unknown
            and sum(people[part] for part in unknown) < SMALLEST_CELL
        )
        shown = any(cell not in hidden for cell in (*one.parts, one.whole))
        if shown and (few or tells & {*one.parts, one.whole}):
            return one
    return None


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss and Jordan: each row's first factor is 1 and the only one of its column."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        at = next((i for i in range(done, len(rows)) if rows[i][column]), None)
        if at is None:
            continue
        rows[done], rows[at] = rows[at], rows[done]
        pivot = [value / rows[done][column] for value in rows[done]]
        rows = [
            [value - row[column] * p for value, p in zip(row, pivot, strict=True)]
            if i != done
            else pivot
            for i, row in enumerate(rows)
        ]
        done += 1
    return rows[:done]
