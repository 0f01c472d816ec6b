"""Weights that are fitted to a census: post-stratification by one margin, raking by several.

Raking multiplies the weights until each margin has its counts (Deming & Stephan 1940). What the
margins explain adds no variance any more: scores give way to their residuals from the regression on
the margins by the weights of the design (Deville & Särndal 1992, Journal of the American
Statistical Association 87, 376–382; so does `calibrate` of R's survey package). For one margin
these are the residuals within its cells. A cell with few people is joined to its neighbour in the
order of the file.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.surveys.ratings.linear import dot, inverse, times
from desktop.surveys.ratings.sample import Sample
from sync.errors import UserError
from sync.language import mark

FEWEST = 5  # people of a cell; with fewer it is joined to another
ROUNDS = 1_000
FITTED = 1e-11  # of a margin's count
UNEQUAL = 0.01  # part by which the sums of two margins may differ: rounding in the census

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Margin:
    """How many people of the population there are by each value of a column, in a useful order."""

    column: str
    counts: Mapping[str, float]


@dataclass(frozen=True)
class Joined:
    """A cell that was joined to its neighbour, for it had too few people."""

    column: str
    value: str
    to: str


class Fitted(Protocol):
    """What becomes of weights and scores."""

    joined: list[Joined]
    rounds: int

    def cell(self, cells: Cells) -> Cells:
        """Where people of these cells stand after some were joined."""

    def factor(self, cells: Cells) -> float:
        """By what a weight is multiplied."""

    def explained(self, scores: Mapping[Cells, float]) -> dict[Cells, float]:
        """{cell: what the margins explain of one person's score}; those that are left out have 0.

        `scores` are the sums of weight·score by cell, with the weights of the design.
        """


class Fit:
    """What becomes of weights and scores; of nothing if there are no margins."""

    def __init__(self, sample: Sample, margins: Sequence[Margin], fewest: int = FEWEST) -> None:
        """Cells of fewer than `fewest` are joined. Raises UserError where sample and margins do not
        fit each other.
        """
        self._fewest = fewest
        self.joined: list[Joined] = []
        self.rounds = 0
        self._names = [self._join(sample, place, margin) for place, margin in enumerate(margins)]
        self._counts = _one_size(
            [_merged(m, n) for m, n in zip(margins, self._names, strict=True)]
        )
        self._placed = {cells: self._place(cells) for cells in {g.cells for g in sample.groups}}
        self._weights: dict[Cells, float] = defaultdict(float)
        for group in sample.groups:
            self._weights[self.cell(group.cells)] += group.weight
        self._factors: dict[Cells, float] = self._rake() if margins else {(): 1.0}
        self._columns = [(place, v) for place, c in enumerate(self._counts) for v in c]
        self._inverse = self._regression() if margins else []

    @property
    def mean(self) -> float:
        """By what all weights together are multiplied."""
        weight = math.fsum(self._weights.values())
        return math.fsum(self._factors[c] * w for c, w in self._weights.items()) / weight

    def cell(self, cells: Cells) -> Cells:
        """Where people of these cells stand after some were joined."""
        return self._placed[cells]

    def factor(self, cells: Cells) -> float:
        """By what a weight is multiplied."""
        return self._factors[self.cell(cells)]

    def explained(self, scores: Mapping[Cells, float]) -> dict[Cells, float]:
        """{cell: what the margins explain of one person's score}.

        `scores` are the sums of weight·score by cell, with the weights of the design.
        """
        if not self._columns:
            return {}
        sums = [
            math.fsum(s for cell, s in scores.items() if cell[place] == value)
            for place, value in self._columns
        ]
        slopes = times(self._inverse, sums)
        return {cell: dot(self._indicators(cell), slopes) for cell in self._weights}

    def _place(self, cells: Cells) -> Cells:
        return tuple(names[value] for names, value in zip(self._names, cells, strict=False))

    def _join(self, sample: Sample, place: int, margin: Margin) -> dict[str, str]:
        """{value: the cell it counts in}. Raises UserError at a value that stands on one side."""
        people = dict.fromkeys(margin.counts, 0)
        for group in sample.groups:
            value = group.cells[place]
            if not margin.counts.get(value, 0) > 0:
                text = mark("“{value}” of the column “{column}” has no count above zero.")
                raise UserError(text, value=value, column=margin.column)
            people[value] += group.asked
        for value, number in people.items():
            if number == 0 and margin.counts[value] > 0:
                text = mark(
                    "Nobody in the sample has “{value}” in “{column}”. Join it to another value in "
                    "the file of counts."
                )
                raise UserError(text, value=value, column=margin.column)
        return self._join_small(margin.column, {v: n for v, n in people.items() if n})

    def _join_small(self, column: str, people: dict[str, int]) -> dict[str, str]:
        names = {value: value for value in people}
        while len(people) > 1:
            order = list(people)
            small = next((at for at, v in enumerate(order) if people[v] < self._fewest), None)
            if small is None:
                break
            value, to = order[small], order[small + 1 if small + 1 < len(order) else small - 1]
            self.joined.append(Joined(column, value, to))
            people[to] += people.pop(value)
            names = {each: to if cell == value else cell for each, cell in names.items()}
        return names

    def _rake(self) -> dict[Cells, float]:
        factors = dict.fromkeys(self._weights, 1.0)
        for self.rounds in range(1, ROUNDS + 1):
            worst = 0.0
            for place, counts in enumerate(self._counts):
                sums: dict[str, float] = defaultdict(float)
                for cell, weight in self._weights.items():
                    sums[cell[place]] += weight * factors[cell]
                steps = {value: count / sums[value] for value, count in counts.items()}
                worst = max([worst, *(abs(step - 1) for step in steps.values())])
                for cell in factors:
                    factors[cell] *= steps[cell[place]]
            if worst < FITTED or len(self._counts) == 1:
                return factors
        text = mark(
            "The weights cannot be fitted to all margins at once: after {rounds} rounds the counts "
            "still move. Leave out a margin, or join values that hardly occur together."
        )
        raise UserError(text, rounds=ROUNDS)

    def _regression(self) -> list[list[float]]:
        products = [[0.0] * len(self._columns) for _ in self._columns]
        for cell, weight in self._weights.items():
            inside = [i for i, yes in enumerate(self._indicators(cell)) if yes]
            for i in inside:
                for j in inside:
                    products[i][j] += weight
        return inverse(products)[0]

    def _indicators(self, cell: Cells) -> list[float]:
        return [float(cell[place] == value) for place, value in self._columns]


def _merged(margin: Margin, names: Mapping[str, str]) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for value, name in names.items():
        counts[name] += margin.counts[value]
    return dict(counts)


def _one_size(margins: list[dict[str, float]]) -> list[dict[str, float]]:
    """Margins of one population: brought to the size of the first if they hardly differ."""
    wholes = [math.fsum(counts.values()) for counts in margins]
    for whole in wholes:
        if abs(whole / wholes[0] - 1) > UNEQUAL:
            text = mark("The margins are of different populations: {one} and {other} people.")
            raise UserError(text, one=f"{wholes[0]:g}", other=f"{whole:g}")
    return [
        {value: count * wholes[0] / whole for value, count in counts.items()}
        for counts, whole in zip(margins, wholes, strict=True)
    ]
