"""What chance alone would do: tails and scores of the tests that the checks use.

Pure Python: the client carries no library of statistics, and none of these is longer than its
formula.
"""

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import NamedTuple

NORMAL = NormalDist()
SMALLEST = 1e-300  # a probability that the normal distribution still turns into a score


def chi_square_tail(x: float, df: int) -> float:
    """P(X ≥ x) of χ² with `df` ≥ 1 degrees of freedom (Abramowitz & Stegun 26.4.4, 26.4.5)."""
    if x <= 0:
        return 1.0
    start = 1 if df % 2 else 2
    tail = math.erfc(math.sqrt(x / 2)) if df % 2 else math.exp(-x / 2)
    for k in range(start, df, 2):
        tail += math.exp(k / 2 * math.log(x / 2) - x / 2 - math.lgamma(k / 2 + 1))
    return min(1.0, tail)


def share_tails(count: int, n: int, share: float) -> tuple[float, float]:
    """Binomial P(X > count), P(X = count) of `n` with this `share` (0 < share < 1)."""
    log, log_not = math.log(share), math.log1p(-share)
    more = math.fsum(_binomial(k, n, log, log_not) for k in range(count + 1, n + 1))
    return more, _binomial(count, n, log, log_not)


def score(tail: float) -> float:
    """The standard normal score that is exceeded with this probability."""
    return -NORMAL.inv_cdf(min(max(tail, SMALLEST), 1 - 1e-15))


def _binomial(k: int, n: int, log: float, log_not: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * log + (n - k) * log_not)


class Sample(NamedTuple):
    """All that a test of two means asks of a sample."""

    n: int
    mean: float
    variance: float


def mean_score(own: Sequence[float], rest: Sequence[float]) -> float:
    """Welch's t of two samples of at least two, as a standard normal score (Wallace 1959)."""
    return welch_score(
        *(Sample(len(one), math.fsum(one) / len(one), _variance(one)) for one in (own, rest))
    )


def welch_score(own: Sample, rest: Sample) -> float:
    """The same of what is known of both."""
    parts = [one.variance / one.n for one in (own, rest)]
    if not (variance := sum(parts)):
        return 0.0
    t = (own.mean - rest.mean) / math.sqrt(variance)
    shares = [part / variance for part in parts]
    df = 1 / sum(part**2 / (one.n - 1) for part, one in zip(shares, (own, rest), strict=True))
    return student_score(t, df)


def student_score(t: float, df: float) -> float:
    """A value of Student's t as a standard normal score (Wallace 1959)."""
    size = math.sqrt(df * math.log1p(t * t / df)) * (8 * df + 1) / (8 * df + 3)
    return math.copysign(size, t)


def _variance(values: Sequence[float]) -> float:
    middle = math.fsum(values) / len(values)
    return math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)


def counts_statistic(own: Mapping[str, int], rest: Mapping[str, int]) -> tuple[float, int]:
    """Pearson's χ² and its degrees of freedom for two rows of counts; (0, 0) where too few.

    Answers of which fewer than five are expected of this interviewer count as one.
    """
    n, others = sum(own.values()), sum(rest.values())
    cells: list[tuple[int, int]] = []
    rare = (0, 0)
    for answer in own.keys() | rest.keys():
        cell = (own.get(answer, 0), rest.get(answer, 0))
        if sum(cell) * n >= 5 * (n + others):
            cells.append(cell)
        else:
            rare = (rare[0] + cell[0], rare[1] + cell[1])
    if sum(rare) * n >= 5 * (n + others):
        cells.append(rare)
    if len(cells) < 2:
        return 0.0, 0
    sizes = [sum(column) for column in zip(*cells, strict=True)]
    statistic = 0.0
    for cell in cells:
        for found, size in zip(cell, sizes, strict=True):
            expected = sum(cell) * size / sum(sizes)
            statistic += (found - expected) ** 2 / expected
    return statistic, len(cells) - 1
