"""Single numbers far from those of the same group."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean, quantiles, stdev

from desktop.surveys.quality.flag import Flag
from desktop.surveys.quality.interviews import Interviews, as_number
from sync.errors import UserError
from sync.language import mark

MULTIPLIER = 3.0  # “far out” (Tukey 1977); 1.5 would accuse one number in fourteen of an income
FEWEST = 10  # numbers of a group below which none of them is far from the rest
METHODS = ("iqr", "sd")


def limits(numbers: Sequence[float], method: str, multiplier: float) -> tuple[float, float]:
    """Below and above which a number is an outlier.

    `iqr`: quartiles ∓ multiplier · interquartile range; `sd`: mean ∓ multiplier · standard deviation.
    """
    if method == "sd":
        middle, reach = fmean(numbers), multiplier * stdev(numbers)
        return middle - reach, middle + reach
    low, _, high = quantiles(numbers, n=4, method="inclusive")
    return low - multiplier * (high - low), high + multiplier * (high - low)


def outliers(
    data: Interviews, item: str, *, method: str = "iqr", multiplier: float = MULTIPLIER
) -> Iterator[Flag]:
    """Flags for one question, a flag for each interviewer; the groups are the strata."""
    numbers = {
        row: number
        for row, answer in enumerate(data.items[item])
        if not data.is_missing(answer) and (number := as_number(answer)) is not None
    }
    groups: dict[str, dict[int, float]] = defaultdict(dict)
    for row, number in numbers.items():
        groups[data.stratum(row)][row] = number
    found: dict[str, list[int]] = defaultdict(list)
    for group in groups.values():
        for row in _outside(group, method, multiplier):
            found[data.interviewers[row]].append(row)
    for interviewer, rows in found.items():
        text = UserError(
            mark(
                "“{item}”: numbers far from the others of the same place: {numbers}. They may be"
                " true, or a digit too many: ask."
            ),
            item=item,
            numbers=", ".join(data.items[item][row] for row in sorted(rows)[:10]),
        )
        yield Flag("numbers", interviewer, tuple(sorted(rows)), stands_out=False, text=text)


def _outside(group: Mapping[int, float], method: str, multiplier: float) -> Iterator[int]:
    if len(group) >= FEWEST:
        low, high = limits(list(group.values()), method, multiplier)
        yield from (row for row, number in group.items() if not low <= number <= high)
