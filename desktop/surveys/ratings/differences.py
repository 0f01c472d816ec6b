"""What can be told apart: domains of one sample, and two waves.

Two domains of one sample share PSUs, so the variance of their difference is that of the difference
of their scores. All pairs are tested at once (Holm 1979, Scandinavian Journal of Statistics 6,
65–70): a domain's best rank is one more than the number of those that are surely better. That such
ranks hold together with the probability of the tests: Klein, Wright & Wieczorek 2020, Journal of
the Royal Statistical Society A 183, 589–606.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from desktop.surveys.ratings.design import Design, Scored, Unit, degrees
from desktop.surveys.ratings.estimates import LEVEL
from desktop.surveys.ratings.linear import dot
from desktop.surveys.ratings.quantiles import t_beyond, t_quantile


@dataclass(frozen=True)
class Rank:
    """Where a domain stands: between these two ranks, 1 the highest mean.

    Domains of one `group` cannot be told apart, if only by way of others between them.
    """

    domain: str
    best: int
    worst: int
    group: int


@dataclass(frozen=True)
class Difference:
    """A difference of two means with its interval."""

    value: float
    se: float
    df: float
    low: float
    high: float


def ranks(design: Design, domains: Sequence[str], level: float = LEVEL) -> list[Rank]:
    """These domains by their means, the highest first. Those without a variance are left out."""
    found = [scored for one in domains if (scored := design.score(one)) and scored.df > 0]
    found.sort(key=lambda scored: (-scored.mean, scored.domain or ""))
    apart = _apart(design, found, 1 - level)
    placed, group = [], 0
    for place, scored in enumerate(found):
        better = sum((other, place) in apart for other in range(place))
        worse = sum((place, other) in apart for other in range(place + 1, len(found)))
        joined = any(
            (one, other) not in apart for one in range(place) for other in range(place, len(found))
        )
        group += not joined
        placed.append(Rank(scored.domain or "", 1 + better, len(found) - worse, group))
    return placed


def change(
    earlier: Design, later: Design, domain: str | None = None, level: float = LEVEL
) -> Difference | None:
    """The later mean less the earlier; None where either cannot be told."""
    return between(earlier, earlier.score(domain), later, later.score(domain), level)


def between(
    earlier: Design,
    before: Scored | None,
    later: Design,
    after: Scored | None,
    level: float = LEVEL,
) -> Difference | None:
    """The later of two means of different samples less the earlier; None where either is none.

    Where both waves asked in the same PSUs their scores go together, and the degrees of freedom are
    those of the smaller; independent ones have Satterthwaite's (1946, Biometrics Bulletin 2,
    110–114).
    """
    if before is None or after is None or min(before.df, after.df) < 1:
        return None
    parts = earlier.variance(before.totals), later.variance(after.totals)
    shared = earlier.units & later.units
    spread = sum(parts)
    squares = parts[0] ** 2 / before.df + parts[1] ** 2 / after.df
    df = spread**2 / squares if squares > 0 and not shared else float(min(before.df, after.df))
    for stratum in {stratum for stratum, _ in shared}:
        spread -= 2 * _covariance(stratum, shared, (earlier, before), (later, after))
    se = math.sqrt(max(0.0, spread))
    value, reach = after.mean - before.mean, t_quantile((1 + level) / 2, df) * se
    return Difference(value, se, df, value - reach, value + reach)


def less(one: Mapping[Unit, float], other: Mapping[Unit, float]) -> dict[Unit, float]:
    """The scores of a difference, from the totals of two means."""
    return {unit: one.get(unit, 0.0) - other.get(unit, 0.0) for unit in one.keys() | other.keys()}


def _apart(design: Design, found: Sequence[Scored], error: float) -> set[tuple[int, int]]:
    """The pairs of places that differ surely, by Holm's steps."""
    tests = []
    for one, other in combinations(range(len(found)), 2):
        a, b = found[one], found[other]
        spread = design.variance(less(a.totals, b.totals))
        df = degrees(a.units | b.units)
        tests.append((_chance(a.mean - b.mean, spread, df), (one, other)))
    apart: set[tuple[int, int]] = set()
    for step, (chance, pair) in enumerate(sorted(tests)):
        if chance > error / (len(tests) - step):
            break
        apart.add(pair)
    return apart


def _chance(difference: float, spread: float, df: float) -> float:
    if spread <= 0:
        return float(difference == 0)
    return t_beyond(abs(difference) / math.sqrt(spread), df)


def _covariance(stratum: str, shared: frozenset[Unit], *waves: tuple[Design, Scored]) -> float:
    """What the PSUs of a stratum that were asked twice add to both waves alike."""
    units = [unit for unit in shared if unit[0] == stratum]
    factor, distances = 1.0, []
    for design, scored in waves:
        drawn = design.sample.drawn[stratum]
        if drawn < 2:
            return 0.0
        factor *= design.sample.left(stratum) * drawn / (drawn - 1)
        middle = math.fsum(t for (h, _), t in scored.totals.items() if h == stratum) / drawn
        distances.append([scored.totals.get(unit, 0.0) - middle for unit in units])
    return math.sqrt(max(0.0, factor)) * dot(*distances)
