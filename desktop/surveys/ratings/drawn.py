"""The answers of a wave as they were drawn: districts are strata, their okrugs what was drawn of them.

People of one okrug answer alike, so an okrug is a primary sampling unit. Where somebody was rated in
one okrug alone nothing is known about that: there each answer counts by itself, in a stratum of its
own. Answers whose okrug is not known count with the okrug where the fewest answered.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.surveys.ratings.sample import LARGEST, Group, Sample

MIDDLE = 3.0  # of the marks: what they are counted from

Times = Mapping[object, int]  # {what was answered, None for nothing: how often}
Groups = tuple[str, ...]  # of a census, or none


class Asked(NamedTuple):
    """About whom people were asked, and where: `groups` are those of a census they belong to."""

    official: str
    district: str
    okrug: str  # of several that were put together their codes, with spaces between; "": not known
    groups: Groups = ()


@dataclass
class Marks:
    """What some people gave: how many were `asked`, and {mark: how many gave it}."""

    asked: int = 0
    given: dict[float, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, times: Times) -> None:
        """With these as well."""
        for said, number in times.items():
            self.asked += number
            if (mark := as_mark(said)) is not None:
                self.given[mark] += number


Placed = tuple[Groups, Marks]


def as_mark(said: object) -> float | None:
    """A mark as a number; None for «cannot say», what was not asked, and what no form takes."""
    try:
        given = float(str(said))
    except ValueError:
        return None
    return given if abs(given) <= LARGEST else None


def drawn(
    counted: Mapping[Asked, Times],
    domain_of: Callable[[Asked], str],
    cells: Mapping[Asked, Groups],
) -> Sample:
    """The sample whose domains are those that `domain_of` tells: each within one district.

    `cells` say where people stand in what the weights are fitted to; where it says nothing, nowhere.
    """
    by_domain: dict[str, dict[str, dict[Groups, Marks]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(Marks))
    )
    districts: dict[str, str] = {}
    for asked, times in counted.items():
        domain = domain_of(asked)
        districts[domain] = asked.district
        by_domain[domain][asked.okrug][cells.get(asked, ())].add(times)
    groups: list[Group] = []
    units: dict[str, set[str]] = defaultdict(set)
    lone: dict[str, int] = {}
    for domain, by_okrug in by_domain.items():
        okrugs = _known(by_okrug)
        if len(okrugs) == 1:
            stratum = f"{districts[domain]}/{domain}"
            found = list(_one_by_one(stratum, domain, next(iter(okrugs.values()))))
            lone[stratum] = len(found)
            groups += found
            continue
        stratum = districts[domain]
        for okrug, by_cell in okrugs.items():
            units[stratum].add(okrug)
            groups += _together(stratum, okrug, domain, by_cell)
    return Sample(groups, {**{h: len(psus) for h, psus in units.items()}, **lone}, {}, MIDDLE)


def _known(by_okrug: Mapping[str, Mapping[Groups, Marks]]) -> dict[str, list[Placed]]:
    """The same without an okrug that is not known, its people put to where the fewest are."""
    found = {okrug: list(cells.items()) for okrug, cells in sorted(by_okrug.items())}
    if "" in found and len(found) > 1:
        nowhere = found.pop("")
        fewest = min(found, key=lambda okrug: sum(marks.asked for _, marks in found[okrug]))
        found[fewest] += nowhere
    return found


def _together(stratum: str, okrug: str, domain: str, by_cell: Iterable[Placed]) -> list[Group]:
    return [
        _group(stratum, okrug, domain, cell, marks.asked, list(marks.given.items()))
        for cell, marks in by_cell
    ]


def _one_by_one(stratum: str, domain: str, by_cell: Iterable[Placed]) -> Iterator[Group]:
    psu = 0
    for cell, marks in by_cell:
        silent = marks.asked - sum(marks.given.values())
        for mark, number in (*marks.given.items(), (None, silent)):
            for _ in range(number):
                yield _group(stratum, psu, domain, cell, 1, [] if mark is None else [(mark, 1)])
                psu += 1


def _group(
    stratum: str,
    psu: str | int,
    domain: str,
    cell: Groups,
    asked: int,
    given: Sequence[tuple[float, int]],
) -> Group:
    n = sum(number for _, number in given)
    wy = math.fsum(number * (mark - MIDDLE) for mark, number in given)
    wyy = math.fsum(number * (mark - MIDDLE) ** 2 for mark, number in given)
    return Group(stratum, psu, domain, cell, asked, float(asked), n, float(n), wy, wyy)
