"""One interview as it ends, to counts: what the laptop adds to the sums of its wave and forgets."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from desktop.surveys.crowds import sorts
from desktop.surveys.quality.interviews import MOST_MARKS, as_number
from desktop.surveys.quality.near_duplicates import FEWEST_ITEMS
from desktop.surveys.quality.straight_lines import SHORTEST, has_run, is_flat
from desktop.surveys.quality.timing import Timed
from sync.quality import ALIKE, HASTY, LEVELS, MINUTES, Signs

CODES = {  # answers that say nothing about the question itself, by the names that forms give them
    "dont_know": ("dont_know", "cannot_say", "dk"),
    "refused": ("refused",),
    "other": ("other",),
}
FEWEST_MARKS = 4  # of an interview, for a mean that tells of the person
CHOSEN = re.compile(r"[a-z0-9_.-]{1,20}", re.ASCII)
HASTE = (1, 3, 6, 11, 21)  # questions at which those of HASTY begin
STEP = 5  # minutes of a class


class Choice(Protocol):
    """What can be chosen."""

    @property
    def value(self) -> str: ...


class Node(Protocol):
    """A question as desktop.surveys.states.NodeState has it."""

    @property
    def path(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def relevant(self) -> bool: ...
    @property
    def value(self) -> str: ...
    @property
    def choices(self) -> Sequence[Choice]: ...


@dataclass(frozen=True)
class Answered:
    """What was answered, as far as it can be compared.

    `marks` are shares of the way from the lowest mark to the highest; `given` {path: answer}.
    """

    given: Mapping[str, str]
    grids: Sequence[Sequence[str]]  # the answers of each
    marks: Sequence[float]


def answered(nodes: Iterable[Node]) -> Answered:
    """Of the questions of an interview, in the order of its form.

    A grid is a row of questions in one group with the same choices; marks are chosen numbers. What
    neighbours know is neither: a count of both together would tell which of them were one person's.
    """
    chosen = [one for one in nodes if one.kind == "select_one" and one.relevant]
    known = sorts(one.path for one in chosen)
    opinions = [one for one in chosen if one.path not in known]
    rows = groupby(chosen, key=lambda one: (one.path in known, _around(one.path), _values(one)))
    grids = [[one.value for one in row if one.value] for (no_grid, *_), row in rows if not no_grid]
    return Answered(
        given={one.path: one.value for one in chosen if one.value},
        grids=[grid for grid in grids if len(grid) >= SHORTEST],
        marks=[mark for one in opinions if (mark := _mark(one)) is not None],
    )


def signs_of(answers: Answered, timed: Timed | None = None) -> Signs:
    """Of one interview, but for its likeness to others. `timed`: None where no clock was looked at."""
    given = list(answers.given.values())
    marks = answers.marks
    level = sum(marks) / len(marks) if len(marks) >= FEWEST_MARKS else None
    silent = {kind: sum(one in words for one in given) for kind, words in CODES.items()}
    return Signs(
        interviews=1,
        minutes=_one(len(MINUTES), None if timed is None else min(int(timed.minutes // STEP), 12)),
        hasty=_one(len(HASTY), None if timed is None else _class(timed.hasty, HASTE)),
        night=int(timed is not None and timed.night),
        soon=int(timed is not None and timed.soon),
        gridded=int(bool(answers.grids)),
        flat=int(any(map(is_flat, answers.grids))),
        runs=int(any(map(has_run, answers.grids))),
        levels=_one(LEVELS, _part(level, LEVELS)),
        answers=len(given),
        dont_know=silent["dont_know"],
        refused=silent["refused"],
        other=silent["other"],
    )


def likeness(leaving: Sequence[Mapping[str, object]]) -> Signs:
    """How much like another each of these {path: value} is, which leave the laptop at once.

    As they leave, without what their crowd has given up, and among those alone: their order, and who
    gave which, changes nothing of it. So it tells nobody who gave what, also where all else is known
    of a laptop (decision 58).
    """
    given = [
        {path: value for path, value in values.items() if _is_chosen(value)} for values in leaving
    ]
    found = Signs()
    for place, own in enumerate(given):
        most = _most_alike(own, [*given[:place], *given[place + 1 :]])
        found += Signs(alike=_one(ALIKE, _part(most, ALIKE)))
    return found


def _most_alike(own: Mapping[str, object], others: Iterable[Mapping[str, object]]) -> float | None:
    """The largest share of equal answers; None where no other shares FEWEST_ITEMS with it."""
    found = None
    for other in others:
        shared = [answer == other[path] for path, answer in own.items() if path in other]
        if len(shared) >= FEWEST_ITEMS:
            found = max(found or 0.0, sum(shared) / len(shared))
    return found


def _is_chosen(value: object) -> bool:
    """Whether it looks like the name of a choice, or a short number; not like what was written."""
    return isinstance(value, str) and CHOSEN.fullmatch(value) is not None


def _mark(one: Node) -> float | None:
    """How far up the scale the answer is; None where none of a few numbers was chosen."""
    if (own := as_number(one.value)) is None:
        return None
    silent = [word for words in CODES.values() for word in words]
    scale = [as_number(choice.value) for choice in one.choices if choice.value not in silent]
    numbers = [number for number in scale if number is not None]
    if len(numbers) < len(scale) or not 2 < len(set(numbers)) <= MOST_MARKS:
        return None
    return (own - min(numbers)) / (max(numbers) - min(numbers))


def _values(one: Node) -> tuple[str, ...]:
    return tuple(choice.value for choice in one.choices)


def _around(path: str) -> str:
    return path.rpartition("/")[0]


def _class(value: float, begins: Sequence[int]) -> int:
    return sum(value >= begin for begin in begins)


def _part(share: float | None, classes: int) -> int | None:
    """In which of so many equal classes a share falls."""
    return None if share is None else min(int(share * classes), classes - 1)


def _one(length: int, place: int | None) -> tuple[int, ...]:
    """All zero, but for a one at this place."""
    return tuple(int(number == place) for number in range(length))
