"""Means of areas with few answers, with what all areas together tell of each (Fay & Herriot 1979).

An area's own mean y_i, of variance ψ_i, is taken as x_i'β + v_i + e_i with Var(v) = A for all. The
shrunk mean is γ_i·y_i + (1 − γ_i)·x_i'β, γ_i = A/(A + ψ_i): the fewer answers, the more it is the
model's. A by restricted maximum likelihood (REML, scoring); its mean squared error
g1 + g2 + 2·g3 (Prasad & Rao 1990, Journal of the American Statistical Association 85, 163–171; for
REML Datta & Lahiri 2000, Statistica Sinica 10, 613–627). So do `eblupFH` and `mseFH` of R's sae.
"""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.surveys.ratings.estimates import LEVEL, Estimate, Shrunk
from desktop.surveys.ratings.linear import Matrix, dot, inverse, times
from desktop.surveys.ratings.publishing import SMALLEST_CELL, too_rough
from sync.errors import UserError
from sync.language import mark

ROUNDS = 200


@dataclass(frozen=True)
class AreaModel:
    """The variance A between areas that the covariates leave, and the shrunk areas in order."""

    between: float
    means: list[float]
    errors: list[float]  # mean squared errors
    trust: list[float]  # γ


def shrink(
    estimates: Sequence[Estimate],
    covariates: Mapping[str, Sequence[float]] | None = None,
    level: float = LEVEL,
) -> tuple[list[Estimate], float]:
    """The estimates with their shrunk means beside them, and the variance between areas.

    `covariates` are the numbers of each domain; without them all areas are drawn to one mean. An
    area without a standard error above 0 has no shrunk mean. Raises UserError where a domain has no
    covariates, where they explain each other, and where there are too few areas.
    """
    usable = [one for one in estimates if one.mean is not None and one.se]
    rows = [[1.0, *_known(one.domain, covariates)] for one in usable]
    model = fit([one.mean or 0.0 for one in usable], [(one.se or 1) ** 2 for one in usable], rows)
    reach = statistics.NormalDist().inv_cdf((1 + level) / 2)
    shrunk = {}
    for one, mean, error, trust in zip(
        usable, model.means, model.errors, model.trust, strict=True
    ):
        se = math.sqrt(error)
        firm = one.n >= SMALLEST_CELL and too_rough(se, mean) is None
        shrunk[one.domain] = Shrunk(mean, se, mean - reach * se, mean + reach * se, trust, firm)
    return [replace(one, shrunk=shrunk.get(one.domain)) for one in estimates], model.between


def fit(means: Sequence[float], variances: Sequence[float], x: Matrix) -> AreaModel:
    """Fit the model: a mean, its variance (> 0) and a row of covariates for each area."""
    if len(means) < len(x[0]) + 3 if x else True:
        raise UserError(mark("There are too few areas to learn from: {n}."), n=len(means))
    products = [[dot(a, b) for b in zip(*x, strict=True)] for a in zip(*x, strict=True)]
    if inverse(products)[1]:
        raise UserError(mark("A covariate of the areas says the same as others, or nothing."))
    between = _between(means, variances, x)
    v = [1 / (between + psi) for psi in variances]
    q, slopes = _regression(means, x, v)
    spread = 2 / math.fsum(w * w for w in v)  # the variance of A
    shrunk, errors, trust = [], [], []
    for y, psi, row, w in zip(means, variances, x, v, strict=True):
        gamma, rest = between * w, psi * w
        shrunk.append(gamma * y + rest * dot(row, slopes))
        first, second = gamma * psi, rest**2 * dot(row, times(q, row))
        errors.append(first + second + 2 * rest**2 * w * spread)
        trust.append(gamma)
    return AreaModel(between, shrunk, errors, trust)


def _between(means: Sequence[float], variances: Sequence[float], x: Matrix) -> float:
    """A by scoring, from the median of the variances; 0 where the areas differ too little."""
    found = statistics.median(variances)
    for _ in range(ROUNDS):
        step = _step(found, means, variances, x)
        if found + step <= 0:
            if _step(0.0, means, variances, x) <= 0:
                return 0.0
            step = -found / 2
        found += step
        if abs(step) <= 1e-13 * found:
            break
    return found


def _step(between: float, means: Sequence[float], variances: Sequence[float], x: Matrix) -> float:
    """Score over information of the restricted likelihood: with P = V⁻¹ − V⁻¹XQX'V⁻¹.

    The score is (y'PPy − tr P)/2, the information tr(PP)/2.
    """
    v = [1 / (between + psi) for psi in variances]
    q, slopes = _regression(means, x, v)
    leverage = [dot(row, times(q, row)) for row in x]
    residuals = math.fsum(
        (w * (y - dot(row, slopes))) ** 2 for w, y, row in zip(v, means, x, strict=True)
    )
    trace = math.fsum(w - w * w * h for w, h in zip(v, leverage, strict=True))
    inner = _products(x, [w * w for w in v])
    m = [times(q, column) for column in inner]  # inner is symmetric: its rows are its columns
    twice = math.fsum(
        m[i][j] * m[j][i] for i in range(len(m)) for j in range(len(m))
    )  # of (QX'V⁻²X)²
    information = math.fsum(w * w - 2 * w**3 * h for w, h in zip(v, leverage, strict=True)) + twice
    return (residuals - trace) / information


def _regression(
    means: Sequence[float], x: Matrix, v: Sequence[float]
) -> tuple[list[list[float]], list[float]]:
    """(Q, β): the inverse of X'V⁻¹X, and the slopes."""
    q, _ = inverse(_products(x, v))
    columns = zip(*x, strict=True)
    weighted = [w * y for w, y in zip(v, means, strict=True)]
    return q, times(q, [dot(column, weighted) for column in columns])


def _products(x: Matrix, v: Sequence[float]) -> list[list[float]]:
    columns = list(zip(*x, strict=True))
    return [
        [math.fsum(a * b * w for a, b, w in zip(one, other, v, strict=True)) for other in columns]
        for one in columns
    ]


def _known(
    domain: str | None, covariates: Mapping[str, Sequence[float]] | None
) -> Sequence[float]:
    if covariates is None:
        return ()
    if domain is None or domain not in covariates:
        raise UserError(mark("The file of areas has no row for “{name}”."), name=domain or "")
    return covariates[domain]
