"""The answers of a wave fitted to a population, each figure by itself.

Whoever was asked about an official in a district stands for the people of that district: a place.
Within it the weights are fitted to the groups of the population: by cells where each has five people,
else raked by one question after the other, where a group of fewer is joined to its neighbour. No
weight is more than LARGEST times, or less than a LARGEST-th of, the place's mean: groups are joined
until that holds. Who did not say a group keeps the mean weight.

Places whose figures may not be published are not fitted, and those that hang together in what is kept
back have one weight for all. So what is told of a fitted wave says no more about them than the plain
figures do, whatever the population is (decision 60).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.surveys.ratings.margins import FEWEST, Cells, Fit, Joined, Margin
from desktop.surveys.ratings.population import Groups, Population
from desktop.surveys.ratings.sample import Group, Sample
from sync.errors import UserError

LARGEST = 4.0  # times the mean of its place, or a quarter of it, a weight may be
MOST_UNKNOWN = 0.5  # of a place's people whose groups are not known

Place = tuple[str, str]  # district, official
People = Mapping[Groups, int]  # {groups: how many were asked}


class How(StrEnum):
    """What the weights of a place were fitted by."""

    CELLS = "cells"
    MARGINS = "margins"
    SIZE = "size"  # the number of its people alone


@dataclass(frozen=True)
class Block:
    """People who are fitted together; `cells` says where each of their groups stands in the fit."""

    fit: Fit
    cells: Mapping[Groups, Cells]
    how: How
    joined: tuple[Joined, ...] = ()

    @property
    def parts(self) -> list[float]:
        """The weights of those whose groups are known, as parts of the mean of all."""
        cells = {cell for cell in self.cells.values() if any(cell)}
        return [self.fit.factor(cell) / self.fit.mean for cell in cells]


class PlacesFit:
    """All places of a wave fitted: see desktop.surveys.ratings.margins.Fitted."""

    def __init__(
        self,
        people: Mapping[Place, People],
        population: Population,
        together: Iterable[Iterable[Place]] = (),
    ) -> None:
        """`together`: places that have one weight for all of them."""
        self._of: dict[Place, int] = {}
        self._blocks: list[Block] = []
        sizes = _sizes(people, population)
        for places in map(list, together):
            for place in places:
                self._of[place] = len(self._blocks)
            whole = sum(sum(people[place].values()) for place in places)
            groups = {groups for place in places for groups in people[place]}
            size = math.fsum(sizes[place] for place in places)
            self._blocks.append(_alike(dict.fromkeys(groups, 0), whole, size))
        for place, here in people.items():
            if place not in self._of:
                self._of[place] = len(self._blocks)
                self._blocks.append(fit_place(here, population, place[0], sizes[place]))
        self.joined = [one for block in self._blocks for one in block.joined]
        self.rounds = max((block.fit.rounds for block in self._blocks), default=0)
        self._placed = {
            (*place, *groups): (str(self._of[place]), *self._block(place).cells[groups])
            for place, here in people.items()
            for groups in here
        }
        self._factors = {
            cells: self._blocks[int(at)].fit.factor(tuple(inside))
            for cells, (at, *inside) in self._placed.items()
        }

    def how(self, place: Place) -> How:
        """What a place was fitted by."""
        return self._block(place).how

    @property
    def hows(self) -> dict[How, int]:
        """How many places were fitted by what."""
        found = dict.fromkeys(How, 0)
        for place in self._of:
            found[self.how(place)] += 1
        return found

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The least and the largest weight, as a part of the mean of its place; None where none was fitted
        by groups."""
        by_groups = (block for block in self._blocks if block.how is not How.SIZE)
        parts = [part for block in by_groups for part in block.parts]
        return (min(parts), max(parts)) if parts else None

    def cell(self, cells: Cells) -> Cells:
        """Of a place and its groups: the place's block, and where they stand in it."""
        return self._placed[cells]

    def factor(self, cells: Cells) -> float:
        """By what a weight is multiplied."""
        return self._factors[cells]

    def explained(self, scores: Mapping[Cells, float]) -> dict[Cells, float]:
        """{cell: what the margins explain of one person's score}, of the blocks that have scores."""
        blocks: dict[str, dict[Cells, float]] = {}
        for (at, *inside), score in scores.items():
            blocks.setdefault(at, {})[tuple(inside)] = score
        return {
            (at, *cell): part
            for at, inside_ in blocks.items()
            for cell, part in self._blocks[int(at)].fit.explained(inside_).items()
        }

    def _block(self, place: Place) -> Block:
        return self._blocks[self._of[place]]


def fit_place(people: People, population: Population, district: str, size: float) -> Block:
    """One place; `size`: how many people it stands for."""
    asked = sum(people.values())
    margins = [population.margin(district, at) for at in range(len(population.questions))]
    has = [at for at, counts in enumerate(margins) if any(counts.values())]
    known = {
        groups: number
        for groups, number in people.items()
        if has and all(margins[at].get(groups[at], 0) > 0 for at in has)
    }
    if sum(known.values()) <= MOST_UNKNOWN * asked:
        return _alike(people, asked, size)
    by_cells = _by_cells(people, known, population.cells(district), size)
    asked_by = {at: Margin(population.questions[at], margins[at]) for at in has}
    return by_cells or _by_margins(people, known, asked_by, size)


def _sizes(people: Mapping[Place, People], population: Population) -> dict[Place, float]:
    """How many people each place stands for; where that is not counted, as many to one as elsewhere."""
    counted = {place: population.size(place[0]) for place in people}
    asked = {place: sum(here.values()) for place, here in people.items()}
    known = [place for place, size in counted.items() if size]
    each = (
        math.fsum(counted[place] or 0 for place in known) / sum(asked[place] for place in known)
        if known
        else 1.0
    )
    return {place: counted[place] or each * asked[place] for place in people}


def _alike(people: People, asked: int, size: float) -> Block:
    """One weight for all."""
    sample = _sample({("all",): asked})
    fit = Fit(sample, [Margin("", {"all": size})], fewest=0)
    return Block(fit, dict.fromkeys(people, ("all",)), How.SIZE)


def _by_cells(
    people: People, known: People, counts: Mapping[Groups, float], size: float
) -> Block | None:
    """By all questions at once; None where a cell has too few people, or too large a weight."""
    found = {cell: count for cell, count in counts.items() if count > 0}
    if not found or any(known.get(cell, 0) < FEWEST for cell in found):
        return None
    if not known.keys() <= found.keys():
        return None
    names = {cell: " ".join(cell) for cell in found}
    of = {groups: (names[groups] if groups in known else "",) for groups in people}
    margin = _scaled({names[cell]: count for cell, count in found.items()}, people, known, size)
    return _bounded(Block(_fit(people, of, [margin]), of, How.CELLS))


def _by_margins(
    people: People, known: People, margins: Mapping[int, Margin], size: float
) -> Block:
    """By each question, where groups are joined until all are large enough and no weight is too large."""
    joined = {at: _Joined(at, margin, known) for at, margin in margins.items()}
    while True:
        for one in joined.values():
            one.join_few()
        left = [one for one in joined.values() if len(one.order) > 1]
        if not left:
            return _alike(people, sum(people.values()), size)
        of = {
            groups: tuple(one.names[groups[one.at]] if groups in known else "" for one in left)
            for groups in people
        }
        found = [_scaled(one.counts, people, known, size) for one in left]
        try:
            made = tuple(made for one in joined.values() for made in one.made)
            block = Block(_fit(people, of, found), of, How.MARGINS, made)
        except UserError:  # raking does not settle
            block = None
        if block is not None and _bounded(block):
            return block
        max(left, key=_Joined.strain).join_worst()


class _Joined:
    """The groups of one question, some of them joined: `names` says in which each counts."""

    def __init__(self, at: int, margin: Margin, known: People) -> None:
        self.at, self.column = at, margin.column
        self.made: list[Joined] = []
        self.counts = {value: count for value, count in margin.counts.items() if count > 0}
        self.names = {value: value for value in self.counts}
        self.people = dict.fromkeys(self.counts, 0)
        for groups, number in known.items():
            self.people[groups[at]] += number

    @property
    def order(self) -> list[str]:
        """Those that are left."""
        return list(self.counts)

    def join_few(self) -> None:
        """Until each has five people."""
        while len(self.order) > 1:
            few = next((one for one in self.order if self.people[one] < FEWEST), None)
            if few is None:
                return
            self._join(few)

    def strain(self) -> float:
        """How far the largest weight is from the mean, by this question alone."""
        return max(map(self._apart, self.order))

    def join_worst(self) -> None:
        """The group whose weight is farthest from the mean."""
        self._join(max(self.order, key=self._apart))

    def _apart(self, value: str) -> float:
        part = self.counts[value] / math.fsum(self.counts.values())
        return abs(math.log(part * sum(self.people.values()) / self.people[value]))

    def _join(self, value: str) -> None:
        at = self.order.index(value)
        to = self.order[at + 1 if at + 1 < len(self.order) else at - 1]
        self.made.append(Joined(self.column, value, to))
        self.counts[to] += self.counts.pop(value)
        self.people[to] += self.people.pop(value)
        self.names = {one: to if name == value else name for one, name in self.names.items()}


def _scaled(counts: Mapping[str, float], people: People, known: People, size: float) -> Margin:
    """Counts of as many people as the place stands for; those whose groups are not known have their part."""
    asked, said = sum(people.values()), sum(known.values())
    part = size * said / asked / math.fsum(counts.values())
    scaled = {value: count * part for value, count in counts.items()}
    return Margin("", scaled if said == asked else scaled | {"": size * (asked - said) / asked})


def _fit(people: People, of: Mapping[Groups, Cells], margins: Sequence[Margin]) -> Fit:
    numbers: dict[Cells, int] = {}
    for groups, cells in of.items():
        numbers[cells] = numbers.get(cells, 0) + people[groups]
    return Fit(_sample(numbers), margins, fewest=0)


def _sample(numbers: Mapping[Cells, int]) -> Sample:
    groups = [
        Group("", at, None, cells, number, float(number), 0, 0.0, 0.0, 0.0)
        for at, (cells, number) in enumerate(numbers.items())
    ]
    return Sample(groups, {"": len(groups)}, {})


def _bounded(block: Block) -> Block | None:
    """The block, unless a weight is too far from the mean."""
    low, high = min(block.parts), max(block.parts)
    return block if low >= 1 / LARGEST and high <= LARGEST else None
