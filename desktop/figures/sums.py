"""What is added up for one line of a report, and the figures that are made of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from desktop.figures.declared import TINY, Figure, Report, Shape

FEW: Final = "few"  # stands for a number that stays inside, see crowds.py
Value = int | float | date | str | None
Values = Mapping[str, Value]  # by the names of figures


@dataclass
class Sums:
    """All of it may be added to that of another line."""

    numbers: Counter[str] = field(default_factory=Counter)
    days: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    places: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    latest: dict[str, date] = field(default_factory=dict)

    def add(self, other: "Sums") -> None:
        """Take in what another line has."""
        self.numbers.update(other.numbers)
        for name, counted in other.days.items():
            self.days[name].update(counted)
        for name, places in other.places.items():
            self.places[name] |= places
        for name, day in other.latest.items():
            self.latest[name] = max(day, self.latest.get(name, day))

    def values(self, report: Report, silent: Set[str] = frozenset()) -> Values:
        """Each figure of the report; None where there is nothing to tell. `silent`: what is added up
        of nothing here, for it has no such place or sort."""
        return {one.name: self._value(one, silent) for one in report.figures}

    def _value(self, one: Figure, silent: Set[str]) -> Value:
        if not silent.isdisjoint(one.share or (one.name,)):
            return None
        if one.share is not None:
            part, whole = (self._number(name) for name in one.share)
            return 100 * part / whole if whole >= one.least else None
        if one.shape is Shape.DAYS:
            return median(self.days[one.name], one.least)
        if one.shape is Shape.DATE:
            return self.latest.get(one.name)
        return self._number(one.name)

    def _number(self, name: str) -> int:
        return len(self.places[name]) if name in self.places else self.numbers[name]


def median(counted: Mapping[int, int], least: int = TINY) -> float | None:
    """Of values that are counted {value: how many}; None where there are fewer than `least`."""
    n = sum(counted.values())
    if n == 0 or n < least:
        return None
    middle, passed = ((n - 1) // 2, n // 2), 0
    found: list[int] = []
    for value in sorted(counted):
        passed += counted[value]
        while len(found) < 2 and middle[len(found)] < passed:
            found.append(value)
    return sum(found) / 2


@dataclass(frozen=True)
class Difference:
    """What became of a figure. `percent` of what it was, where that was not too little to tell."""

    by: float
    percent: float | None


def difference(one: Figure, now: Value, before: Value) -> Difference | None:
    """From one period to another. None for what is not compared, or not known in both."""
    if not one.compared or not isinstance(now, int | float) or not isinstance(before, int | float):
        return None
    grows = one.shape in (Shape.COUNT, Shape.MONEY) and before >= TINY
    return Difference(now - before, 100 * (now - before) / before if grows else None)
