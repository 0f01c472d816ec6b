"""Into how many shades the districts of a map fall, and where one ends and the next begins."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST = 5  # shades that are told apart


@dataclass(frozen=True)
class Shade:
    """Values from one to another, both belong to it."""

    first: float
    last: float


def shades(values: Iterable[float], *, whole: bool) -> list[Shade]:
    """At most five, the least first, none empty: in each about as many different values, so that many
    noughts are one shade. `whole`: values are counted, so the next begins one higher."""
    found = sorted(set(values))
    many = min(MOST, len(found))
    made: list[Shade] = []
    start = 0
    for number in range(1, many + 1):
        end = round(number * len(found) / many)
        first = found[start] if not made or not whole else made[-1].last + 1
        made.append(Shade(first, found[end - 1]))
        start = end
    return made


def shade_of(value: float, made: Sequence[Shade]) -> int:
    """The number of the shade that a value lies in: the first that does not end before it."""
    return min(bisect_left([one.last for one in made], value), len(made) - 1)
