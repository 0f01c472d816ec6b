"""How many people there are by district and by group, as a census or the statistics office counted them.

A count is of a district and of a group of each question: `("615600000", ("female", "18-29"))`. A group
that is "" stands for all of them, so one table may have cells, or one margin below the other. Counts
of the district "" are those of the whole region: they tell the groups' shares, no district's size.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Groups = tuple[str, ...]  # of each question in their order; "": all, or not known


@dataclass(frozen=True)
class Population:
    """`questions` are the names of what the groups are of; counts are in the order of likeness."""

    questions: tuple[str, ...]
    counts: Mapping[tuple[str, Groups], float]

    @property
    def by_district(self) -> bool:
        """Whether districts have sizes of their own."""
        return all(district for district, _ in self.counts)

    def values(self, place: int) -> list[str]:
        """All groups of a question, in their order."""
        return list(dict.fromkeys(groups[place] for _, groups in self.counts if groups[place]))

    def size(self, district: str) -> float | None:
        """How many people a district has; None where that is not counted."""
        return self.total(district) if self.by_district and self._of(district) else None

    def total(self, district: str) -> float:
        """All that are counted there, by the table that goes by the fewest questions."""
        own = self._of(district)
        return sum(own[min(own, key=sum)].values()) if own else 0.0

    def cells(self, district: str) -> Mapping[Groups, float]:
        """The counts by all questions at once; empty where nobody counted so."""
        every = tuple(True for _ in self.questions)
        return self._of(district).get(every, {}) if every else {}

    def margin(self, district: str, place: int) -> dict[str, float]:
        """The counts by one question, from the table that has the fewest others beside it."""
        tables = [one for one in self._of(district).items() if one[0][place]]
        if not tables:
            return {}
        found: dict[str, float] = {}
        for groups, count in min(tables, key=lambda one: sum(one[0]))[1].items():
            found[groups[place]] = found.get(groups[place], 0) + count
        return found

    def only(self, questions: tuple[str, ...]) -> "Population":
        """By these questions alone, which are some of its own; the counts of the others are added up."""
        kept = [self.questions.index(one) for one in questions]
        counts: dict[tuple[str, Groups], float] = {}
        made: dict[tuple[str, tuple[bool, ...]], tuple[bool, ...]] = {}
        for (district, groups), count in self.counts.items():
            pattern = tuple(map(bool, groups))
            left = tuple(groups[at] for at in kept)
            if made.setdefault((district, tuple(map(bool, left))), pattern) == pattern:
                counts[district, left] = counts.get((district, left), 0) + count
        return Population(questions, counts)

    def _of(self, district: str) -> dict[tuple[bool, ...], dict[Groups, float]]:
        """{which questions a table goes by: its counts}."""
        found: dict[tuple[bool, ...], dict[Groups, float]] = {}
        for (where, groups), count in self.counts.items():
            if where in (district, ""):
                found.setdefault(tuple(map(bool, groups)), {})[groups] = count
        return found
