"""The same waves as laptops would tell of them: by counts alone."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from desktop.surveys.quality import counted
from desktop.surveys.quality.signs import Answered, likeness, signs_of
from desktop.surveys.quality.timing import Timed
from sync.quality import Signs
from tests.faked.figures import Figure
from tests.faked.waves import GRID, KINDS, SHARE, Wave, make_wave

GRIDS = [[f"{grid}{n}" for n in range(GRID)] for grid in "gh"]
NUMBERS = ("members", "income")
NIGHT = 22


@dataclass(frozen=True)
class Told:
    """A wave as it was told, with what is said of it."""

    wave: Wave
    signs: dict[str, Signs]
    flags: tuple[counted.Counted, ...]


@cache
def told(seed: int, kinds: tuple[str, ...] = KINDS, share: float = SHARE, parts: int = 1) -> Told:
    """`parts`: in so many parts, made by chance, answers leave their laptop."""
    wave = make_wave(seed, kinds, share)
    signs = {
        name: _signs(wave, rows, random.Random(seed), parts)
        for name, rows in wave.data.rows_of.items()
    }
    return Told(wave, signs, tuple(counted.check(signs)))


def fakers_found(waves: Iterable[Told], kind: str, without: Iterable[str] = ()) -> Figure:
    """Of the interviewers who fake in this way, how many are named."""
    found = Figure(0, 0)
    for one in waves:
        names = one.wave.data.interviewers
        fakers = {names[row] for row, faked in one.wave.fakes.items() if faked == kind}
        found += Figure(len(fakers & _named(one, without)), len(fakers))
    return found


def honest_named(waves: Iterable[Told]) -> Figure:
    """Of the interviewers who never fake, how many are named."""
    found = Figure(0, 0)
    for one in waves:
        fakers = {one.wave.data.interviewers[row] for row in one.wave.fakes}
        honest = set(one.signs) - fakers
        found += Figure(len(honest & _named(one)), len(honest))
    return found


def _named(one: Told, without: Iterable[str] = ()) -> set[str]:
    return {flag.pseudonym for flag in one.flags if flag.measure not in without}


def _signs(wave: Wave, rows: Iterable[int], chance: random.Random, parts: int) -> Signs:
    """One laptop's interviews."""
    data, sums = wave.data, Signs()
    leaving: list[list[dict[str, str]]] = [[] for _ in range(parts)]
    for row in rows:
        given = {
            item: answer
            for item, column in data.items.items()
            if item not in NUMBERS and (answer := column[row])
        }
        marks = [(float(given[item]) - 1) / 4 for grid in GRIDS for item in grid if _is_mark(given[item])]  # fmt: skip
        grids = [[given[item] for item in grid] for grid in GRIDS]
        sums += signs_of(Answered(given, grids, marks), _timed(wave, row))
        chance.choice(leaving).append(given)
    return sum(map(likeness, leaving), sums)


def _is_mark(answer: str) -> bool:
    return answer.isdecimal()


def _timed(wave: Wave, row: int) -> Timed:
    data = wave.data
    spans = (data.minutes, data.hasty, data.hours, data.gaps, data.ways)
    minutes, hasty, hour, gap, way = (
        0 if (one := span[row]) is None else one.low for span in spans
    )
    return Timed(minutes, int(hasty), hour >= NIGHT, soon=gap < way)
