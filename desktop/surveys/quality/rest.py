"""One interviewer against the rest, no further than interviewers differ from one another anyway.

Tests that take every interview for an independent draw accuse whoever works in an unusual village.
So each statistic is divided by how much larger the middle one of all interviewers is than chance
makes it (genomic control, Devlin & Roeder 1999; over-dispersion of performance indicators,
Spiegelhalter 2005). The middle one is not moved by a few who fake; by half of them it is.
"""

import math
from collections.abc import Collection, Hashable, Mapping
from statistics import median
from typing import TypeVar

from desktop.surveys.quality.chance import NORMAL, score, share_tails, student_score

ALPHA = 0.05
FEWEST = 5  # interviews of an interviewer, and interviewers, below which nothing is compared
FEWEST_SCORES = 8  # interviewers from whom a usual score and its spread can be told
MAD_EFFICIENCY = 0.37  # it knows a spread only as well as so many normal values do at best

Key = TypeVar("Key", bound=Hashable)


def inflation(statistics: Collection[tuple[float, int]]) -> float:
    """How much larger than chance makes it the middle one of these (χ², df) is; at least 1."""
    ratios = [x / _middle(df) for x, df in statistics if df]
    return max(1.0, median(ratios)) if ratios else 1.0


def _middle(df: int) -> float:
    """The median of χ², nearly (Wilson & Hilferty 1931); exact for one degree of freedom."""
    return float(df * (1 - 2 / (9 * df)) ** 3) if df > 1 else 0.454936


def standing_out(counts: Mapping[Key, tuple[int, int]]) -> set[Key]:
    """Whose share, given as (count, of how many), is above that of the rest; Holm-corrected.

    A share that nobody else has is not taken for zero but for less than one more of them
    (Laplace's rule). Those with fewer than FEWEST are left out, as are all where few are left.
    """
    tested = {key: pair for key, pair in counts.items() if pair[1] >= FEWEST}
    if len(tested) < FEWEST:
        return set()
    total, size = (sum(column) for column in zip(*tested.values(), strict=True))
    tails = {
        key: share_tails(count, n, (total - count + 1) / (size - n + 2))
        for key, (count, n) in tested.items()
    }
    # How different they are anyway is told with half of the tie (mid-P, Lancaster 1961), for a
    # whole one would make rare things look even; who stands out, with all of it.
    middle, width = _usual([score(more + tie / 2) for more, tie in tails.values()])
    return holm(
        {
            key: NORMAL.cdf((middle - score(more + tie)) / width)
            for key, (more, tie) in tails.items()
        }
    )


def centred(scores: Mapping[Key, float]) -> dict[Key, float]:
    """Normal scores as they would be if the middle one were zero and they scattered by chance.

    The middle and not zero: one who is far off moves the rest, and so everybody's score alike.
    """
    if not scores:
        return {}
    middle, width = _usual(scores.values())
    return {key: (one - middle) / width for key, one in scores.items()}


def falling_short(scores: Mapping[Key, float]) -> set[Key]:
    """Whose normal score is below the others', as far as these scatter; Holm-corrected."""
    if len(scores) < FEWEST:
        return set()
    return holm({key: NORMAL.cdf(one) for key, one in centred(scores).items()})


def _usual(scores: Collection[float], least: float = 1.0) -> tuple[float, float]:
    """The median, and the MAD as a standard deviation, which is not under `least`."""
    middle = median(scores)
    return middle, max(least, 1.4826 * median(abs(one - middle) for one in scores))


def unusual_scores(scores: Mapping[Key, float]) -> set[Key]:
    """Whose positive score is above the others', by median and MAD of logarithms; Holm-corrected.

    Fewer than FEWEST_SCORES scores say nothing about what is usual.
    """
    return holm(above_usual(scores))


def above_usual(scores: Mapping[Key, float]) -> dict[Key, float]:
    """The probability of a score as high, for each; {} where nothing is usual."""
    logs = {key: math.log(score) for key, score in scores.items()}
    if len(logs) < FEWEST_SCORES:
        return {}
    middle, width = _usual(logs.values(), 0.0)
    if width == 0:
        return {}
    df = MAD_EFFICIENCY * (len(logs) - 1)
    return {
        key: NORMAL.cdf(student_score((middle - value) / width, df)) for key, value in logs.items()
    }


def holm(probabilities: Mapping[Key, float], level: float = ALPHA) -> set[Key]:
    """Those that stay significant when all are tested at once (Holm 1979)."""
    kept: set[Key] = set()
    ascending = sorted(probabilities.items(), key=lambda item: item[1])
    for place, (key, p) in enumerate(ascending):
        if p * (len(ascending) - place) > level:
            break
        kept.add(key)
    return kept


def discoveries(probabilities: Mapping[Key, float], level: float = ALPHA) -> set[Key]:
    """Those of which a `level` at most is expected to be false (Benjamini & Hochberg 1995)."""
    ascending = sorted(probabilities.items(), key=lambda item: item[1])
    kept = 0
    for place, (_, p) in enumerate(ascending, 1):
        if p * len(ascending) <= level * place:
            kept = place
    return {key for key, _ in ascending[:kept]}
