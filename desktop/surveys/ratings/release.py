"""Which figures of a wave may be shown, and which may leave: decided once, for all views together.

A figure is of a district or of all, of an official or of all, and of a question. Whoever drills down
sees all of these one after another, so what is kept back is kept back from all views: nothing hidden
follows from what any of them shows. What leaves the program is a part of what is shown in it.

Of the model's figures (desktop.surveys.ratings.small_areas) whoever knows the rest could reckon an
area that went into the model, so only areas go into it that are told themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop.surveys.ratings.estimates import Estimate, is_shown, withdrawn
from desktop.surveys.ratings.publishing import SMALLEST_CELL, would_tell
from desktop.surveys.ratings.small_areas import shrink
from desktop.surveys.ratings.suppression import Sum, hide
from sync.errors import UserError

ALL = "*"  # every district, every official


class Cell(NamedTuple):
    """One figure of a wave: KATO code of a district, id of an official, path of a question."""

    district: str
    official: str
    question: str


@dataclass(frozen=True)
class Figure:
    """An estimate; `shown` to those who rate, `estimate.published` to everyone.

    `alone`: all were asked in one okrug, so that likeness of neighbours is not counted in.
    """

    estimate: Estimate
    shown: bool
    alone: bool = False

    @property
    def leaves(self) -> bool:
        """Whether it may leave the program, if only as the model's figure."""
        return is_shown(self.estimate)


def sums(cells: Iterable[Cell], whole: str = "") -> list[Sum[Cell]]:
    """The equations between these figures; `whole` is the question that sums up all the others."""
    districts: dict[Cell, list[Cell]] = defaultdict(list)
    officials: dict[Cell, list[Cell]] = defaultdict(list)
    questions: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.district != ALL:
            districts[cell._replace(district=ALL)].append(cell)
        if cell.official != ALL:
            officials[cell._replace(official=ALL)].append(cell)
        if whole and cell.question != whole:
            questions[cell._replace(question=whole)].append(cell)
    known = set(cells)
    found = [
        Sum(all_, tuple(parts), same=by is questions)
        for by in (districts, officials, questions)
        for all_, parts in by.items()
    ]
    return [one for one in found if one.whole in known]


@dataclass(frozen=True)
class Released:
    """The estimates with what is published, those that are `shown`, and those that are not shown or do
    not leave."""

    estimates: Mapping[Cell, Estimate]
    shown: frozenset[Cell]
    unseen: frozenset[Cell]
    kept: frozenset[Cell]


def release(
    estimates: Mapping[Cell, Estimate], whole: str = "", before: Released | None = None
) -> Released:
    """The estimates with the model's figures and with what is published.

    Where nobody answered there is nothing to be hidden. What was kept back `before`, of other figures
    of the same answers, is kept back now.
    """
    people = {cell: one.n for cell, one in estimates.items() if one.n}
    equations = sums(list(people), whole)
    unseen = {cell for cell in people if not _is_enough(estimates[cell])}
    hidden = hide(people, unseen | (before.unseen if before else set()), equations, worth)
    untold = set(hidden)  # these stay out of the model
    while True:
        found = _shrunk(estimates, [cell for cell in people if cell not in untold])
        unfit = {cell for cell in people if not is_shown(found[cell])}
        unpublished = hidden | unfit | (before.kept if before else set())
        kept = hide(people, unpublished, equations, worth)
        modelled = {cell for cell in kept if found[cell].shrunk is not None}
        if not modelled:
            break
        untold |= modelled
    for cell in kept - unfit:
        found[cell] = withdrawn(found[cell])
    for cell in hidden - unseen:
        found[cell] = replace(withdrawn(found[cell]), why=would_tell())
    return Released(found, frozenset(people.keys() - hidden), frozenset(hidden), frozenset(kept))


def worth(cell: Cell) -> int:
    """How much is lost with a figure: least with what nobody is answerable for, all officials together."""
    if cell.official != ALL:
        return 2
    return int(cell.district != ALL)


def _is_enough(one: Estimate) -> bool:
    return one.n >= SMALLEST_CELL and one.low is not None


def _shrunk(estimates: Mapping[Cell, Estimate], told: Sequence[Cell]) -> dict[Cell, Estimate]:
    """With the model's figures of districts, where there are enough to learn from."""
    areas: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in told:
        if cell.district != ALL:
            areas[cell._replace(district=ALL)].append(cell)
    found = dict(estimates)
    for cells in areas.values():
        try:
            shrunk, _ = shrink([estimates[cell] for cell in cells])
        except UserError:  # too few of them
            continue
        found.update(zip(cells, shrunk, strict=True))
    return found
