"""What is left of a wave's answers when their term is over: how often each value was given. Pure.

A cell is the answers about one official in one okrug. One of fewer than SMALLEST people is put
together with others, or only counted as a whole. In it each question stands for itself: no two
answers of one person are beside each other any more. Free text, points and places are not counted,
by what values look like: the server has no engine that reads forms. Why so: decision 50.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from sync.quotas import NUMBERS

DAYS = 90  # after a wave has ended its answers are kept; then there are counts
SMALLEST = 10  # people in a cell; who gave a value that is no mark; who answered a question
MARKS = 10.0  # numbers from 0 to this are marks: counted however few gave them
OFFICIAL = "official"  # the name of the node that says who is rated
NAME = re.compile(r"[a-z0-9_.-]{1,40}", re.ASCII)  # what the name of a choice looks like

Times = dict[str, int]  # {value: how often}


class Said(msgspec.Struct):
    """The part of a sync.answers.Answer that is counted."""

    okrug: str
    values: dict[str, object]


class Cell(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answers about one official in one okrug, or in several that were put together."""

    official: str = ""
    okrugs: tuple[str, ...]
    answers: int
    times: dict[str, Times] = {}  # {path of the question: how often each value}


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a wave in one district. `answers` counts those in no cell, too."""

    wave: UUID
    district: str
    answers: int
    cells: tuple[Cell, ...] = ()

    def __add__(self, later: "Counts") -> "Counts":
        """With answers that came later; their cells stand beside the earlier ones."""
        return msgspec.structs.replace(
            self, answers=self.answers + later.answers, cells=self.cells + later.cells
        )


def count(wave: UUID, district: str, answers: Iterable[Said]) -> Counts:
    """All answers of a district to a wave."""
    people: dict[str, Counter[str]] = defaultdict(Counter)  # {official: {okrug: how many}}
    times: dict[tuple[str, str], dict[str, Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for said in answers:
        official = official_of(said)
        people[official][said.okrug] += 1
        here = times[official, said.okrug]
        for path, value in said.values.items():
            here[path].update(_names(value))
    few = _few(times.values())
    cells = tuple(
        Cell(
            official=official,
            okrugs=okrugs,
            answers=sum(people[official][okrug] for okrug in okrugs),
            times=_together([times[official, okrug] for okrug in okrugs], few),
        )
        for official in sorted(people)
        for okrugs in together(people[official])
    )
    total = sum(sum(okrugs.values()) for okrugs in people.values())
    return Counts(wave=wave, district=district, answers=total, cells=cells)


def together(people: Counter[str]) -> list[tuple[str, ...]]:
    """Okrugs with enough people each for itself, the others put together until they have enough.

    What is left over joins others, so that no cell is known by subtraction; [] where all are too few.
    """
    found: list[tuple[str, ...]] = []
    waiting: list[str] = []
    for okrug, number in sorted(people.items(), key=lambda one: (one[1], one[0])):
        if number >= SMALLEST and not waiting:
            found.append((okrug,))
            continue
        waiting.append(okrug)
        if sum(people[one] for one in waiting) >= SMALLEST:
            found.append(tuple(sorted(waiting)))
            waiting = []
    if found and waiting:
        found[-1] = tuple(sorted((*found[-1], *waiting)))
    return found


def official_of(said: Said) -> str:
    """Whom an answer is about; "" where the form rates nobody by name."""
    for path, value in said.values.items():
        if path.rpartition("/")[2] == OFFICIAL and isinstance(value, str):
            return value if NAME.fullmatch(value) else ""
    return ""


def _names(value: object) -> Iterator[str]:
    """What is counted of a value: a number, a group of numbers (60+), or the names of choices; nothing
    that people wrote."""
    for one in value if isinstance(value, list) else (value,):
        text = str(one) if isinstance(one, (str, int, float)) else ""
        if (number := _mark(text)) is not None:
            yield number
        elif NAME.fullmatch(text) or NUMBERS.fullmatch(text):
            yield text


def _mark(text: str) -> str | None:
    """A number from 0 to MARKS, to two decimals: of more of them one could be made a telephone."""
    try:
        number = float(text)
    except ValueError:
        return None
    return f"{round(number, 2):g}" if 0 <= number <= MARKS else None


def _few(cells: Iterable[dict[str, Counter[str]]]) -> set[tuple[str, str]]:
    """(path, value) that too few gave, and all of a question that too few answered."""
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for cell in cells:
        for path, values in cell.items():
            given[path].update(values)
    return {
        (path, value)
        for path, values in given.items()
        for value, number in values.items()
        if values.total() < SMALLEST or (number < SMALLEST and _mark(value) is None)
    }


def _together(cells: list[dict[str, Counter[str]]], few: set[tuple[str, str]]) -> dict[str, Times]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for cell in cells:
        for path, values in cell.items():
            kept = {value: n for value, n in values.items() if (path, value) not in few}
            if kept:
                found[path].update(kept)
    return {path: dict(sorted(values.items())) for path, values in sorted(found.items())}
