"""Means of answers with the uncertainty that the way of asking leaves, by linearisation.

The mean ȳ = Σwy/Σw; each answer has the score z = w(y − ȳ)/Σw; the scores are added up to totals t
of the primary sampling units (PSUs), and V = Σ_h (1−f_h) n_h/(n_h−1) Σ_c (t_hc − t̄_h)² over strata
h. Degrees of freedom are PSUs − strata, the interval is Student's t. For a part of the sample (a
domain) the others stay in with score 0, as their number is by chance, too. (Särndal, Swensson &
Wretman 1992, 5.5–5.8; Lumley 2010, 2.2; so does R's survey package.)
"""

import math
import operator
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from desktop.surveys.intervals import t_quantile
from sync.errors import UserError
from sync.language import mark

FEWEST = 30  # respondents, and effective respondents, of a published figure
SMALLEST_CELL = 10  # respondents in anything that is shown
ROUGHEST = 0.30  # standard error, as a part of the mean
LEVEL = 0.95
LARGEST = 1e15  # an answer or a weight; squares of larger ones cannot be added up


@dataclass(frozen=True)
class Row:
    """One answer. `value` None: not answered. `fpc`: how many PSUs the stratum has in all.

    Without `weight` everyone counts alike, or, where `fpc` is given, as many as the PSU stands
    for. Without `psu` everyone was drawn alone.
    """

    value: float | None
    weight: float | None = None
    stratum: str = ""
    psu: str | None = None
    fpc: float | None = None
    domain: str | None = None


@dataclass(frozen=True)
class Estimate:
    """A mean, unrounded. None where it cannot be told from so few answers."""

    domain: str | None
    n: int
    mean: float | None
    se: float | None
    df: int
    low: float | None
    high: float | None
    deff: float | None
    n_effective: float | None
    published: bool
    why: UserError | None  # it is not published

    def as_row(self, language: str | None = None) -> dict[str, object]:
        """The same as plain values, the reason in words."""
        return {**asdict(self), "why": self.why.words(language) if self.why else None}


def rate(
    rows: Iterable[Row], *, by_domain: bool = False, lonely: str = "adjust", level: float = LEVEL
) -> list[Estimate]:
    """Estimate the mean of all, or of each domain in alphabetical order.

    `lonely` says what a stratum with a single PSU adds to the variance: `remove` nothing, `adjust`
    its distance from the mean of all totals, `average` what the others add on average.
    Raises UserError at answers, weights or numbers of PSUs that cannot be.
    """
    design = _Design(list(rows), lonely)
    if not by_domain:
        return [_estimate(design, None, level)]
    domains = sorted({row.domain for row in design.rows if row.domain is not None})
    return [_estimate(design, domain, level) for domain in domains]


class _Design:
    """The sample as it was drawn: strata, their PSUs, and what each answer stands for."""

    def __init__(self, rows: Sequence[Row], lonely: str) -> None:
        self.rows, self.lonely = rows, lonely
        _check_size(rows)
        self.psus = [
            (row.stratum, str(place) if row.psu is None else row.psu)
            for place, row in enumerate(rows)
        ]
        self.drawn: dict[str, set[str]] = defaultdict(set)
        for stratum, psu in self.psus:
            self.drawn[stratum].add(psu)
        self.there = _there(rows, self.drawn)
        self.weights = [_weight(row, place, self) for place, row in enumerate(rows, 1)]

    def variance(self, totals: Mapping[tuple[str, str], float]) -> float:
        """The variance of a sum of scores, from their totals by PSU."""
        number = sum(map(len, self.drawn.values()))
        overall = math.fsum(totals.values()) / number
        parts = []
        alone = 0
        for stratum, psus in self.drawn.items():
            left = 1 - len(psus) / self.there.get(stratum, math.inf)
            values = [totals.get((stratum, psu), 0.0) for psu in psus]
            if len(psus) > 1:
                middle = math.fsum(values) / len(values)
                spread = math.fsum((value - middle) ** 2 for value in values)
                parts.append(left * len(psus) / (len(psus) - 1) * spread)
            elif left > 0:
                alone += 1
                if self.lonely == "adjust":
                    parts.append(left * (values[0] - overall) ** 2)
        total = math.fsum(parts)
        if self.lonely == "average" and parts:
            total += alone * total / len(parts)
        return total


def _estimate(design: _Design, domain: str | None, level: float) -> Estimate:
    chosen = [
        place
        for place, row in enumerate(design.rows)
        if row.value is not None and (domain is None or row.domain == domain)
    ]
    n = len(chosen)
    weights = [design.weights[place] for place in chosen]
    values = [design.rows[place].value or 0.0 for place in chosen]
    whole = math.fsum(weights)
    if n == 0:
        return _withheld(domain, n, None)
    mean = math.fsum(map(operator.mul, weights, values)) / whole
    psus = {design.psus[place] for place in chosen}
    df = len(psus) - len({stratum for stratum, _ in psus})
    if df < 1 or n < 2:
        return _withheld(domain, n, mean)
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for place, weight, value in zip(chosen, weights, values, strict=True):
        totals[design.psus[place]] += weight * (value - mean) / whole
    variance = design.variance(totals)
    se, deff = math.sqrt(variance), _design_effect(variance, design, weights, values, mean)
    reach = t_quantile((1 + level) / 2, df) * se
    n_effective = n / deff if deff else float(n)
    why = _reason(n, n_effective, se, mean)
    return Estimate(
        domain, n, mean, se, df, mean - reach, mean + reach, deff, n_effective, why is None, why
    )


def _design_effect(
    variance: float, design: _Design, weights: list[float], values: list[float], mean: float
) -> float | None:
    """The variance as a multiple of that of as many people drawn one by one (Kish 1965).

    The simple sample is taken from the same finite population where its size is known (`fpc`).
    """
    n, whole = len(values), math.fsum(weights)
    spread = math.fsum(w * (y - mean) ** 2 for w, y in zip(weights, values, strict=True)) / whole
    simple = spread * n / (n - 1) / n
    if design.there:
        simple *= max(0.0, 1 - n / whole)
    return variance / simple if simple > 0 else None


def _withheld(domain: str | None, n: int, mean: float | None) -> Estimate:
    return Estimate(
        domain, n, mean, None, 0, None, None, None, None, published=False, why=_reason(n, 0, 0, 1)
    )


def _reason(n: int, n_effective: float, se: float, mean: float) -> UserError | None:
    """Why a figure is not published, or None."""
    if n < SMALLEST_CELL:
        text = mark("Fewer than {n} people answered: they could be recognised.")
        return UserError(text, n=SMALLEST_CELL)
    if n < FEWEST:
        return UserError(mark("Fewer than {n} people answered."), n=FEWEST)
    if n_effective < FEWEST:
        text = mark("People were asked so close together that they count for fewer than {n}.")
        return UserError(text, n=FEWEST)
    if se > ROUGHEST * abs(mean):
        text = mark("The figure is too rough: its standard error is over {percent} % of it.")
        return UserError(text, percent=round(ROUGHEST * 100))
    return None


def _check_size(rows: Sequence[Row]) -> None:
    for place, row in enumerate(rows, 1):
        for number in (row.value, row.weight, row.fpc):
            if number is not None and not abs(number) <= LARGEST:
                _refuse(place, mark("Row {row}: a number is too large to be reckoned with."))


def _there(rows: Sequence[Row], drawn: Mapping[str, set[str]]) -> dict[str, float]:
    """How many PSUs each stratum has in the population; empty where it is not said."""
    found: dict[str, float] = {}
    for place, row in enumerate(rows, 1):
        if row.fpc is None:
            continue
        if found.setdefault(row.stratum, row.fpc) != row.fpc:
            _refuse(place, mark("Row {row}: the stratum has another number of units before."))
        if not len(drawn[row.stratum]) <= row.fpc < math.inf:
            _refuse(place, mark("Row {row}: more units were drawn than the stratum has."))
    if found and found.keys() != drawn.keys():
        raise UserError(mark("The number of units is given for some strata only."))
    return found


def _weight(row: Row, place: int, design: _Design) -> float:
    if row.weight is None:
        if not design.there:
            return 1.0
        return design.there[row.stratum] / len(design.drawn[row.stratum])
    if not 0 < row.weight < math.inf:
        _refuse(place, mark("Row {row}: a weight is a number above zero."))
    return row.weight


def _refuse(place: int, text: str) -> None:
    raise UserError(text, row=place)
