"""The answers as they were drawn, and the sums that are enough to estimate from.

A mean and its linearised variance need of the people of one PSU, domain and cell only how many they
are and their weighted sums, so a million answers are a few thousand `Group`s.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync.errors import UserError
from sync.language import mark

LARGEST = 1e15  # an answer or a weight; squares of larger ones cannot be added up
SMALLEST = 1 / LARGEST  # a weight, or a count of the census


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `value` None: not answered. `fpc`: how many PSUs the stratum has in all.

    Without `weight` everyone counts alike, or, where `fpc` is given, as many as the PSU stands
    for. Without `psu` everyone was drawn alone. `cells`: where the person stands in each margin.
    """

    value: float | None
    weight: float | None = None
    stratum: str = ""
    psu: str | None = None
    fpc: float | None = None
    domain: str | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one PSU who share a domain and cells.

    `asked` are all of them and `weight` theirs together; `n` gave an answer y, and `w`, `wy`, `wyy`
    are the sums of their weights, of weight·d and of weight·d², where d = y − the sample's origin.
    A `psu` that is a number is a person who was drawn alone.
    """

    stratum: str
    psu: str | int
    domain: str | None
    cells: tuple[str, ...]
    asked: int
    weight: float
    n: int
    w: float
    wy: float
    wyy: float


@dataclass(frozen=True)
class Sample:
    """Groups, how many PSUs were drawn of each stratum and, where it is said, how many it has.

    `origin` is near the mean, so that sums of squares lose nothing to its size.
    """

    groups: Sequence[Group]
    drawn: Mapping[str, int]
    there: Mapping[str, float]
    origin: float = 0.0

    def left(self, stratum: str) -> float:
        """The part of a stratum that was not drawn: 1 − f."""
        return 1 - self.drawn[stratum] / self.there.get(stratum, math.inf)


def tally(rows: Sequence[Row]) -> Sample:
    """Rows as groups. Raises UserError at answers, weights or numbers of PSUs that cannot be."""
    _check_size(rows)
    psus: dict[str, set[str | int]] = defaultdict(set)
    for place, row in enumerate(rows, 1):
        psus[row.stratum].add(place if row.psu is None else row.psu)
    drawn = {stratum: len(units) for stratum, units in psus.items()}
    there = _there(rows, drawn)
    values = [row.value for row in rows if row.value is not None]
    origin = math.fsum(values) / len(values) if values else 0.0
    found: dict[tuple[str, str | int, str | None, tuple[str, ...]], list[tuple[float, float]]] = {}
    silent: dict[tuple[str, str | int, str | None, tuple[str, ...]], list[float]] = {}
    for place, row in enumerate(rows, 1):
        weight = _weight(row, place, drawn, there)
        key = (row.stratum, place if row.psu is None else row.psu, row.domain, row.cells)
        if row.value is None:
            silent.setdefault(key, []).append(weight)
            found.setdefault(key, [])
        else:
            found.setdefault(key, []).append((weight, row.value - origin))
    groups = [
        Group(
            *key,
            asked=len(given) + len(silent.get(key, ())),
            weight=math.fsum([*(w for w, _ in given), *silent.get(key, ())]),
            n=len(given),
            w=math.fsum(w for w, _ in given),
            wy=math.fsum(w * d for w, d in given),
            wyy=math.fsum(w * d * d for w, d in given),
        )
        for key, given in found.items()
    ]
    return Sample(groups, drawn, there, origin)


def _check_size(rows: Iterable[Row]) -> None:
    for place, row in enumerate(rows, 1):
        for number in (row.value, row.weight, row.fpc):
            if number is not None and not abs(number) <= LARGEST:
                _refuse(place, mark("Row {row}: a number is too large to be reckoned with."))


def _there(rows: Iterable[Row], drawn: Mapping[str, int]) -> dict[str, float]:
    """How many PSUs each stratum has in the population; empty where it is not said."""
    found: dict[str, float] = {}
    for place, row in enumerate(rows, 1):
        if row.fpc is None:
            continue
        if found.setdefault(row.stratum, row.fpc) != row.fpc:
            _refuse(place, mark("Row {row}: the stratum has another number of units before."))
        if not drawn[row.stratum] <= row.fpc < math.inf:
            _refuse(place, mark("Row {row}: more units were drawn than the stratum has."))
    if found and found.keys() != drawn.keys():
        raise UserError(mark("The number of units is given for some strata only."))
    return found


def _weight(row: Row, place: int, drawn: Mapping[str, int], there: Mapping[str, float]) -> float:
    if row.weight is None:
        return there[row.stratum] / drawn[row.stratum] if there else 1.0
    if not 0 < row.weight < math.inf:
        _refuse(place, mark("Row {row}: a weight is a number above zero."))
    if row.weight < SMALLEST:
        _refuse(place, mark("Row {row}: a number is too small to be reckoned with."))
    return row.weight


def _refuse(place: int, text: str) -> None:
    raise UserError(text, row=place)
