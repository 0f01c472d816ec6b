"""Student's t and the beta distribution, for intervals around estimates, to some twelve digits."""

import math
from collections.abc import Callable
from functools import lru_cache

TINY = 1e-300  # stands for 0 in a denominator
STEPS = 100_000  # of the fraction; it needs some sqrt(a + b)


def beta_below(x: float, a: float, b: float) -> float:
    """The probability that a beta variable (a, b > 0) is below x: I_x(a, b)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x < (a + 1) / (a + b + 2):
        return _front(x, a, b) * _fraction(x, a, b) / a
    return 1 - _front(x, a, b) * _fraction(1 - x, b, a) / b


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x below which a beta variable is with `probability`; 0 for a = 0 and 1 for b = 0."""
    if a <= 0 or b <= 0:
        return 0.0 if a <= 0 else 1.0
    return _root(
        lambda x: beta_below(x, a, b) - probability,
        lambda x: _front(x, a, b) / (x * (1 - x)),
        (0.0, 1.0),
    )


def t_beyond(t: float, df: float) -> float:
    """The probability that Student's t is farther from 0 than `t` (Abramowitz & Stegun 26.7.1)."""
    return beta_below(df / (df + t * t), df / 2, 0.5)


@lru_cache(maxsize=1024)
def t_quantile(probability: float, df: float) -> float:
    """The value that Student's t stays below with 0.5 ≤ `probability` < 1; `df` > 0."""
    if not (0.5 <= probability < 1 and df > 0):
        raise ValueError(f"no quantile for {probability=}, {df=}")
    tails, high = 2 * (1 - probability), 1.0
    while t_beyond(high, df) > tails:
        high *= 2
    return _root(
        lambda t: tails - t_beyond(t, df),
        lambda t: 2 * _front(df / (df + t * t), df / 2, 0.5) / t,
        (0.0, high),
    )


def _root(
    rest: Callable[[float], float],
    slope: Callable[[float], float],
    between: tuple[float, float],
) -> float:
    """Where a rising `rest` is 0, by Newton's steps; by halves where they lead outside."""
    (low, high), found = between, sum(between) / 2
    for _ in range(100):
        if (value := rest(found)) == 0:
            break
        low, high = (found, high) if value < 0 else (low, found)
        steep, before = slope(found), found
        found = found - value / steep if steep > 0 else low
        if not low < found < high:
            found = (low + high) / 2
        if abs(found - before) <= 4e-16 * before:
            break
    return found


def _front(x: float, a: float, b: float) -> float:
    """x^a (1 − x)^b / B(a, b)."""
    size = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(size + a * math.log(x) + b * math.log1p(-x))


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of I_x(a, b) by Lentz's method (DLMF 8.17.22)."""
    above, below = 1.0, 1 / _not_nought(1 - (a + b) * x / (a + 1))
    found = below
    for m in range(1, STEPS):
        for part in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            below = 1 / _not_nought(1 + part * below)
            above = _not_nought(1 + part / above)
            found *= above * below
        if abs(above * below - 1) < 1e-15:
            break
    return found


def _not_nought(number: float) -> float:
    return number if abs(number) > TINY else TINY
