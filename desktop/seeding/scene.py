"""Where and when one record is made, and by what chance."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from desktop.seeding import material
from sync.language import named
from sync.places import Pack

QUARTERS = ("I", "II", "III", "IV")

Known = Callable[[str], str]  # kind → the id of an earlier record of it in this district, or ""


@dataclass(frozen=True)
class Scene:
    """`day`: what the record is about; `today`: later days are still to come. `topic`: a key that
    its sentences fit; `known` finds what a link may name."""

    chance: Random
    pack: Pack
    district: str
    village: str
    day: date
    today: date
    language: str  # kk, ru: that of its texts
    known: Known
    topic: str = ""

    @property
    def age(self) -> int:
        """Days since."""
        return (self.today - self.day).days

    def about(self, topic: str) -> "Scene":
        """The same with another topic."""
        return replace(self, topic=topic)

    def at(self, day: date) -> "Scene":
        """The same on another day."""
        return replace(self, day=day)

    def happens(self, share: float) -> bool:
        """With this likelihood."""
        return self.chance.random() < share

    def pick(self, weights: Mapping[str, float]) -> str:
        """One of these, by weight."""
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def pick_weighted(self, weights: Sequence[float]) -> int:
        """A place, by the weights that stand there."""
        return self.chance.choices(range(len(weights)), weights)[0]

    def number(self, least: int, most: int) -> int:
        """A number from `least` to `most`."""
        return self.chance.randint(least, most)

    def later(self, least: int, most: int) -> date:
        """A day so many days after."""
        return self.day + timedelta(days=self.number(least, most))

    def by_now(self, least: int, most: int) -> date:
        """The same, but not after today."""
        return min(self.later(least, most), self.today)

    def text(self, use: str) -> str:
        """A sentence, with its gaps filled in."""
        if use == material.PERSON:
            return material.person(self.chance)
        line: str = self.chance.choice(self._lines(use))[self.language]
        return line.format(**self._gaps()) if "{" in line else line

    def _lines(self, use: str) -> Sequence[material.Line]:
        return material.lines(use, self.topic)

    def _gaps(self) -> dict[str, str]:
        village = self.pack.village(self.village)
        street = self.chance.choice(material.lines("street", ""))
        return {
            "village": named(village.names, self.language) if village else "",
            "street": street[self.language],
            "n": str(self.number(3, 40)),
            "few": str(self.number(2, 7)),
            "km": f"{self.number(4, 68) / 10:.1f}".replace(".", ","),
            "quarter": QUARTERS[(self.day.month - 1) // 3],
        }
