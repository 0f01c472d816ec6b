"""One question: each interviewer's answers against those that others got in the same stratum."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from desktop.surveys.quality.chance import counts_statistic, mean_score
from desktop.surveys.quality.interviews import Interviews, are_marks, numbers
from desktop.surveys.quality.rest import FEWEST


@dataclass(frozen=True)
class Compared:
    """How far two means, or the shares of `answer` in percent, are apart by chance alone.

    `statistic` is a normal score with its sign where means were compared (`df` 0), else a χ².
    """

    statistic: float
    df: int
    own: float
    rest: float
    answer: str = ""  # the one that differs most; "" where means were compared


Aside = Collection[str]  # interviewers who are nobody's rest: beside them all others look odd


def compare_answers(
    data: Interviews, item: str, aside: Aside = ()
) -> Iterator[dict[str, Compared]]:
    """{interviewer: comparison} by the mean where answers are numbers, by their distribution.

    Marks are compared in both ways: they may be all in the middle, and their mean right.
    """
    column = data.items[item]
    given = {row: answer for row, answer in enumerate(column) if not data.is_missing(answer)}
    amounts = numbers(data, item)
    if amounts:
        yield compare_means(data, amounts, aside)
    if not amounts or are_marks(amounts):
        sides = _sides(data, given, aside)
        compared = {
            interviewer: _by_counts(
                Counter(given[row] for row in own), Counter(given[row] for row in rest)
            )
            for interviewer, (own, rest) in sides.items()
        }
        yield {interviewer: one for interviewer, one in compared.items() if one.df}


def compare_means(
    data: Interviews, amounts: Mapping[int, float], aside: Aside = ()
) -> dict[str, Compared]:
    """The same of {row: number}, by the mean."""
    return {
        interviewer: _by_means([amounts[row] for row in own], [amounts[row] for row in rest])
        for interviewer, (own, rest) in _sides(data, amounts, aside).items()
    }


def _sides(
    data: Interviews, rows: Collection[int], aside: Aside
) -> dict[str, tuple[list[int], list[int]]]:
    """{interviewer: own rows, the others' of the same strata}; those with too few left out."""
    by_stratum: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if data.interviewers[row] not in aside:
            by_stratum[data.stratum(row)].append(row)
    sides: dict[str, tuple[list[int], list[int]]] = {}
    for interviewer, all_own in data.rows_of.items():
        own = [row for row in all_own if row in rows]
        beside = (by_stratum[stratum] for stratum in {data.stratum(row) for row in own})
        rest = [row for there in beside for row in there if data.interviewers[row] != interviewer]
        if min(len(own), len(rest)) >= FEWEST:
            sides[interviewer] = (own, rest)
    return sides


def _by_means(own: Sequence[float], rest: Sequence[float]) -> Compared:
    """Two means, by Welch's t."""
    return Compared(mean_score(own, rest), 0, fmean(own), fmean(rest))


def _by_counts(own: Counter[str], rest: Counter[str]) -> Compared:
    """Two distributions, by Pearson's χ²."""
    statistic, df = counts_statistic(own, rest)

    def apart(answer: str) -> tuple[float, str]:
        return abs(own[answer] / own.total() - rest[answer] / rest.total()), answer

    most = max({*own, *rest}, key=apart)
    shares = [100 * side[most] / side.total() for side in (own, rest)]
    return Compared(statistic, df, own=shares[0], rest=shares[1], answer=most)
