"""How the sample was drawn, what each answer stands for, and the variance that follows from it.

The mean ȳ = Σwy/Σw; each answer has the score z = w(y − ȳ)/Σw; the scores are added up to totals t
of the primary sampling units (PSUs), and V = Σ_h (1−f_h) n_h/(n_h−1) Σ_c (t_hc − t̄_h)² over strata
h. Degrees of freedom are PSUs − strata. For a part of the sample (a domain) the others stay in with
score 0, as their number is by chance, too. (Särndal, Swensson & Wretman 1992, 5.5–5.8; Lumley 2010,
2.2; so does R's survey package.) Where weights are fitted to a census: desktop.surveys.ratings.margins.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop.surveys.ratings.margins import Cells, Fit, Fitted, Margin
from desktop.surveys.ratings.sample import Group, Sample

Unit = tuple[str, str | int]  # stratum, PSU
LONELY = ("remove", "adjust", "average", "certainty")


@dataclass(frozen=True)
class Scored:
    """A mean and its scores. `spread` is the weighted variance of answers around it.

    `weight` is that of all who answered; `units` their PSUs; `totals` the scores by PSU, of all.
    """

    domain: str | None
    asked: int
    n: int
    mean: float
    weight: float
    spread: float
    units: frozenset[Unit]
    totals: Mapping[Unit, float]

    @property
    def df(self) -> int:
        """Degrees of freedom: PSUs with answers, less their strata."""
        return degrees(self.units)


class Design:
    """A sample, its weights, and what to do with a stratum that has one PSU.

    Such a stratum adds to the variance: `remove` and `certainty` nothing (the second says that the
    PSU was bound to be drawn), `adjust` its distance from the mean of all, `average` what the
    others add on average. These are the names of R's survey package.
    """

    def __init__(
        self,
        sample: Sample,
        margins: Sequence[Margin] | Fitted = (),
        lonely: str = "adjust",
        unions: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """`margins` may be fitted already, to a sample of the same people. `unions` names several
        domains together. Raises UserError where sample and margins do not fit each other.
        """
        self.sample, self.lonely = sample, lonely
        self.fit: Fitted = Fit(sample, margins) if isinstance(margins, Sequence) else margins
        self._by_cell: dict[Cells, list[Group]] = defaultdict(list)
        self._groups: dict[str | None, list[Group]] = defaultdict(list)
        for group in sample.groups:
            self._groups[group.domain].append(group)
            self._by_cell[self.fit.cell(group.cells)].append(group)
        self._unions = unions

    @property
    def domains(self) -> list[str]:
        """In alphabetical order."""
        return sorted(domain for domain in self._groups if domain is not None)

    def groups(self, domain: str | None = None) -> Sequence[Group]:
        """Those of all, of a domain, or of the domains of a union."""
        if domain is None:
            return self.sample.groups
        if domain in self._unions:
            return [group for one in self._unions[domain] for group in self.groups(one)]
        return self._groups.get(domain, ())

    @property
    def units(self) -> frozenset[Unit]:
        """The PSUs that have names; people who were drawn alone have none."""
        return frozenset((g.stratum, g.psu) for g in self.sample.groups if isinstance(g.psu, str))

    @property
    def alone(self) -> list[str]:
        """Strata with one PSU, of several that there are."""
        sample = self.sample
        return [h for h, units in sample.drawn.items() if units == 1 and sample.left(h) > 0]

    def score(self, domain: str | None = None) -> Scored | None:
        """The mean of all, of a domain or a union, with its scores; None where nobody answered."""
        groups = self.groups(domain)
        answered = [(group, self.fit.factor(group.cells)) for group in groups if group.n]
        if not answered:
            return None
        weight = math.fsum(g * group.w for group, g in answered)
        middle = math.fsum(g * group.wy for group, g in answered) / weight
        squares = math.fsum(
            g * (group.wyy - 2 * middle * group.wy + middle**2 * group.w) for group, g in answered
        )
        return Scored(
            domain=domain,
            asked=sum(group.asked for group in groups),
            n=sum(group.n for group, _ in answered),
            mean=self.sample.origin + middle,
            weight=weight,
            spread=max(0.0, squares / weight),
            units=frozenset((group.stratum, group.psu) for group, _ in answered),
            totals=self._totals([group for group, _ in answered], middle, weight),
        )

    def variance(self, totals: Mapping[Unit, float]) -> float:
        """The variance of a sum of scores, from their totals by PSU."""
        return variance(self.sample, totals, self.lonely)

    def _totals(
        self, answered: Sequence[Group], middle: float, weight: float
    ) -> dict[Unit, float]:
        totals: dict[Unit, float] = defaultdict(float)
        scores: dict[Cells, float] = defaultdict(float)
        for group in answered:
            score = (group.wy - middle * group.w) / weight
            totals[group.stratum, group.psu] += self.fit.factor(group.cells) * score
            scores[self.fit.cell(group.cells)] += score
        for cell, explained in self.fit.explained(scores).items():
            for group in self._by_cell[cell]:
                part = group.weight * explained
                totals[group.stratum, group.psu] -= self.fit.factor(group.cells) * part
        return totals


def variance(sample: Sample, totals: Mapping[Unit, float], lonely: str) -> float:
    """The variance of a sum of scores, from their totals by PSU; those without one have 0."""
    by_stratum: dict[str, list[float]] = defaultdict(list)
    for (stratum, _), total in totals.items():
        by_stratum[stratum].append(total)
    parts = []
    for stratum, values in by_stratum.items():
        drawn, left = sample.drawn[stratum], sample.left(stratum)
        if drawn > 1:
            middle = math.fsum(values) / drawn
            spread = math.fsum((value - middle) ** 2 for value in values)
            spread += (drawn - len(values)) * middle**2
            parts.append(max(0.0, left) * drawn / (drawn - 1) * spread)
        elif lonely == "adjust":  # all scores together are 0, and so is their mean
            parts.append(max(0.0, left) * math.fsum(values) ** 2)
    whole = math.fsum(parts)
    if lonely == "average":
        alone = sum(sample.drawn[h] == 1 and sample.left(h) > 0 for h in sample.drawn)
        if alone < len(sample.drawn):
            whole *= len(sample.drawn) / (len(sample.drawn) - alone)
    return whole


def degrees(units: frozenset[Unit]) -> int:
    """PSUs less strata."""
    return len(units) - len({stratum for stratum, _ in units})
