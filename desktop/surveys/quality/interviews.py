"""The table of a wave as the checks see it: one interview a row, a column for each question."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CLASS = re.compile(
    r"(?P<below><)?\s*(?P<low>\d+(?:\.\d+)?)\s*(?:[-–]\s*(?P<high>\d+(?:\.\d+)?)|(?P<above>\+))?"
)
LARGEST = 1e15  # a number; squares of larger ones cannot be added up


@dataclass(frozen=True)
class Span:
    """A number that may be known by its class only: no less than `low`, no more than `high`."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """What it is taken for among others; an open class for its known end."""
        return self.low if self.high == float("inf") else (self.low + self.high) / 2


def read_span(text: str) -> Span | None:
    """“12”, “10-20”, “<5”, “60+” → the span; None for anything else."""
    found = CLASS.fullmatch(text.strip())
    if found is None:
        return None
    low = float(found["low"])
    if found["below"]:
        return None if found["high"] or found["above"] or low > LARGEST else Span(0, low)
    if found["above"]:
        return Span(low, float("inf"))
    high = float(found["high"] or low)
    return Span(low, high) if low <= high <= LARGEST else None


Spans = Sequence[Span | None]


@dataclass(frozen=True, kw_only=True)
class Interviews:
    """Columns of equal length; `""` or None where nothing was answered or measured.

    `items` are the substantive questions, `grids` names of items that were asked as one grid.
    Minutes, hasty questions, hours and gaps may be classes, so that no stamp has to be kept.
    """

    interviewers: Sequence[str]
    items: Mapping[str, Sequence[str]]
    grids: Sequence[Sequence[str]] = ()
    strata: Sequence[str] = ()  # where people were asked; without it everywhere is one place
    minutes: Spans = ()
    hasty: Spans = ()  # how many questions were answered in less than their minimum
    hours: Spans = ()  # of the day, 0 to 24
    gaps: Spans = ()  # minutes since the same interviewer's interview before
    ways: Spans = ()  # minutes that the way from there takes
    dont_know: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    rows_of: Mapping[str, Sequence[int]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[str, list[int]] = defaultdict(list)
        for row, interviewer in enumerate(self.interviewers):
            found[interviewer].append(row)
        object.__setattr__(self, "rows_of", dict(found))

    def __len__(self) -> int:
        return len(self.interviewers)

    def stratum(self, row: int) -> str:
        """Where a person was asked."""
        return self.strata[row] if self.strata else ""

    def is_missing(self, answer: str) -> bool:
        """Whether it says nothing about the question itself."""
        return not answer or answer in self.dont_know or answer in self.refused


MOST_MARKS = 7  # different numbers of a question up to which they are marks


def numbers(data: Interviews, item: str) -> dict[int, float]:
    """{row: number} of a question; {} where answers are none, or but two: 0 and 1 are yes and no."""
    answers = enumerate(data.items[item])
    given = {row: answer for row, answer in answers if not data.is_missing(answer)}
    found = {
        row: number for row, answer in given.items() if (number := as_number(answer)) is not None
    }
    return found if len(found) == len(given) and len(set(found.values())) > 2 else {}


def as_number(answer: str) -> float | None:
    """The answer as a number that can be reckoned with, or None."""
    try:
        number = float(answer)
    except ValueError:
        return None
    return number if abs(number) <= LARGEST else None


def marks(data: Interviews) -> dict[str, dict[int, float]]:
    """{question: {row: mark}} of the questions that are answered by one of a few numbers."""
    found = {item: numbers(data, item) for item in data.items}
    return {item: given for item, given in found.items() if given and are_marks(given)}


def are_marks(given: Mapping[int, float]) -> bool:
    """Whether these numbers are marks, such as 1 to 5, not amounts."""
    return len(set(given.values())) <= MOST_MARKS
