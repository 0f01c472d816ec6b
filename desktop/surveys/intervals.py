"""Quantiles of Student's t, for intervals around estimates."""

from functools import lru_cache


@lru_cache(maxsize=1024)
def t_quantile(probability: float, df: int) -> float:
    """The value that Student's t with `df` degrees of freedom stays below with `probability`.

    Inverts P(T ≤ t) = 1 − ½ I_x(df/2, ½), x = df/(df + t²) (Abramowitz & Stegun 26.7.1) for
    0.5 ≤ probability < 1; `df` ≥ 1. Exact to the digits of a float.
    """
    if not (0.5 <= probability < 1 and df >= 1):
        raise ValueError(f"no quantile for {probability=}, {df=}")
    from mpmath import mp, workdps  # type: ignore[import-untyped]  # it has no types

    def above(t: float) -> float:
        with workdps(25):
            x = mp.mpf(df) / (df + mp.mpf(t) ** 2)
            return float(mp.betainc(mp.mpf(df) / 2, 0.5, 0, x, regularized=True) / 2)

    tail, low, high = 1 - probability, 0.0, 1.0
    while above(high) > tail:
        low, high = high, high * 2
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        low, high = (middle, high) if above(middle) > tail else (low, middle)
