"""python -m tests.rating_coverage [--samples N]: how often 95 % intervals hold the truth.

Made populations of which the truth is known; samples are drawn from them again and again as a wave
would draw, and rated by the program's own functions. Figures: docs/ratings.md.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from desktop.surveys.ratings.design import Design
from desktop.surveys.ratings.differences import change
from desktop.surveys.ratings.drawn import Asked
from desktop.surveys.ratings.estimates import domains, whole
from desktop.surveys.ratings.margins import Margin
from desktop.surveys.ratings.population import Population
from desktop.surveys.ratings.release import ALL
from desktop.surveys.ratings.sample import Row, tally
from desktop.surveys.ratings.small_areas import shrink
from desktop.surveys.ratings.wave import rate_counted

SAMPLES = 4_000
AREAS = 30

Interval = tuple[float, float, float]  # low, truth, high


@dataclass(frozen=True)
class Person:
    """One of the population: where they live and what they would answer."""

    stratum: str
    place: str
    sex: str
    age: str
    mark: float
    glad: float


class World:
    """The population, in the groups that samples are drawn from, and what is true of it."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people
        self.strata: dict[str, list[Person]] = {}
        self.places: dict[str, dict[str, list[Person]]] = {}
        for one in people:
            self.strata.setdefault(one.stratum, []).append(one)
            self.places.setdefault(one.stratum, {}).setdefault(one.place, []).append(one)
        self.mean = sum(one.mark for one in people) / len(people)
        self.glad = sum(one.glad for one in people) / len(people)
        self.lowest = sum(one.mark == 1 for one in people) / len(people)
        self.ages = Margin("age", Counter(one.age for one in people))
        self.sexes = Margin("sex", Counter(one.sex for one in people))
        counts = Counter((one.stratum, (one.sex, one.age)) for one in people)
        self.census = Population(("sex", "age"), counts)


@dataclass(frozen=True)
class Coverage:
    """How many of so many intervals held the truth, and how many lay above and below it."""

    held: int
    above: int
    below: int

    @property
    def part(self) -> float:
        """The part that held it."""
        return self.held / (self.held + self.above + self.below)


def population(seed: int = 7) -> World:
    """Some 20,000 people of three strata and 300 places, who like their neighbours' marks."""
    chance, people = Random(seed), []
    for at in range(300):
        stratum = "abc"[at % 3]
        liking = chance.gauss(3.1 + "abc".index(stratum) * 0.3, 0.35)
        for _ in range(chance.randint(30, 100)):
            sex, age = (
                chance.choice("fm"),
                chance.choices(("young", "middle", "old"), (3, 4, 3))[0],
            )
            middle = liking + (sex == "f") * 0.3 + (age == "old") * 0.6 - (age == "young") * 0.3
            mark = float(min(5, max(1, round(chance.gauss(middle, 1.1)))))
            people.append(Person(stratum, f"p{at}", sex, age, mark, float(mark >= 4)))
    return World(people)


def stratified(world: World, chance: Random) -> Iterator[Interval]:
    """Sixty people drawn one by one of each stratum, of which the sizes are known."""
    rows = []
    for stratum, there in world.strata.items():
        rows += [
            Row(one.mark, stratum=stratum, fpc=len(there)) for one in chance.sample(there, 60)
        ]
    yield _interval(Design(tally(rows)), world.mean)


def clustered(world: World, chance: Random) -> Iterator[Interval]:
    """Fifteen places of each stratum, ten people in each."""
    yield _interval(Design(tally(_by_places(world, chance))), world.mean)


def post_stratified(world: World, chance: Random) -> Iterator[Interval]:
    """Six hundred people are asked; the old answer more often; fitted to ages."""
    design = Design(tally(_who_answer(world, chance, "age")), [world.ages])
    yield _interval(design, world.mean)


def raked(world: World, chance: Random) -> Iterator[Interval]:
    """The same, and women answer more often; fitted to ages and sexes."""
    margins = [world.ages, world.sexes]
    yield _interval(Design(tally(_who_answer(world, chance, "age", "sex")), margins), world.mean)


def unfitted(world: World, chance: Random) -> Iterator[Interval]:
    """The same, with the weights as they are: what fitting is for."""
    yield _interval(Design(tally(_who_answer(world, chance))), world.mean)


def shares(world: World, chance: Random) -> Iterator[Interval]:
    """The share of marks of 4 and 5 in places as above: some 40 %."""
    found = whole(Design(tally(_by_places(world, chance, "glad"))), share=True)
    yield found.low or 0.0, world.glad, found.high or 0.0


def rare_shares(world: World, chance: Random) -> Iterator[Interval]:
    """A share of some 3 %."""
    rows = [
        Row(float(row.value == 1 and chance.random() < 0.5), row.weight, row.stratum, row.psu)
        for row in _by_places(world, chance)
    ]
    found = whole(Design(tally(rows)), share=True)
    yield found.low or 0.0, world.lowest / 2, found.high or 0.0


def changed(world: World, chance: Random) -> Iterator[Interval]:
    """The change between two samples of places of which nothing has changed."""
    found = change(*(Design(tally(_by_places(world, chance))) for _ in range(2)))
    assert found is not None
    yield found.low, 0.0, found.high


def fay_herriot(world: World, chance: Random) -> Iterator[Interval]:
    """Thirty areas of 12 to 60 answers, with a covariate; each sample has areas of its own."""
    rows, known, truth = [], {}, {}
    for at in range(AREAS):
        name, known_of = f"area {at}", chance.gauss(0, 1)
        known[name] = [known_of]
        truth[name] = 3 + 0.2 * known_of + chance.gauss(0, 0.25)
        rows += [
            Row(chance.gauss(truth[name], 1.1), domain=name) for _ in range(chance.randint(12, 60))
        ]
    for one in shrink(domains(Design(tally(rows))), known)[0]:
        if one.shrunk is not None:
            yield one.shrunk.low, truth[one.domain or ""], one.shrunk.high


def fitted_wave(world: World, chance: Random) -> Iterator[Interval]:
    """A wave: of each district so many okrugs, a third of the people in each, of whom women and the
    old answer more often; fitted to sex and age of each district by the way of the screen."""
    counted: dict[Asked, list[dict[object, int]]] = {}
    for (district, there), many in zip(world.places.items(), (12, 20, 16), strict=True):
        for okrug in chance.sample(sorted(there), many):
            for one in there[okrug]:
                answers = {"young": 0.4, "middle": 0.6, "old": 0.9}[one.age]
                if chance.random() < answers * (0.8 if one.sex == "m" else 1) / 3:
                    asked = Asked("head", district, okrug, (one.sex, one.age))
                    given = counted.setdefault(asked, [{}])[0]
                    given[one.mark] = given.get(one.mark, 0) + 1
    found = rate_counted(counted, ["mark"], population=world.census).figures
    one = found[ALL, "head", "mark"].estimate
    yield one.low or 0.0, world.mean, one.high or 0.0


CASES: dict[str, Callable[[World, Random], Iterator[Interval]]] = {
    "stratified": stratified,
    "clustered": clustered,
    "post-stratified": post_stratified,
    "raked": raked,
    "fitted wave": fitted_wave,
    "shares": shares,
    "change": changed,
    "Fay-Herriot": fay_herriot,
    "rare shares": rare_shares,
    "not fitted": unfitted,
}
PER_SAMPLE = {"Fay-Herriot": AREAS}  # intervals


def cover(case: str, samples: int, world: World, seed: int = 11) -> Coverage:
    """Draw so many samples (fewer where one has many intervals), and count."""
    chance, counts = Random(seed), [0, 0, 0]
    for _ in range(max(1, samples // PER_SAMPLE.get(case, 1))):
        for low, truth, high in CASES[case](world, chance):
            counts[1 if low > truth else 2 if high < truth else 0] += 1
    return Coverage(*counts)


def _interval(design: Design, truth: float) -> Interval:
    found = whole(design)
    assert found.low is not None
    assert found.high is not None
    return found.low, truth, found.high


def _by_places(world: World, chance: Random, what: str = "mark") -> list[Row]:
    rows = []
    for stratum, there in world.places.items():
        for place in chance.sample(sorted(there), 15):
            weight = len(there) / 15 * len(there[place]) / 10
            rows += [
                Row(getattr(one, what), weight, stratum, place)
                for one in chance.sample(there[place], 10)
            ]
    return rows


def _who_answer(world: World, chance: Random, *fitted: str) -> list[Row]:
    """Those of six hundred who do: by age, and less often men if sexes are fitted or nothing is."""
    rows = []
    for one in chance.sample(world.people, 600):
        answers = {"young": 0.4, "middle": 0.6, "old": 0.9}[one.age]
        if fitted != ("age",) and one.sex == "m":
            answers *= 0.8
        if chance.random() < answers:
            rows.append(Row(one.mark, cells=tuple(getattr(one, name) for name in fitted)))
    return rows


def main() -> None:
    """Print a line for each case."""
    parser = argparse.ArgumentParser("python -m tests.rating_coverage", description=__doc__)
    parser.add_argument("--samples", type=int, default=SAMPLES)
    samples, world = parser.parse_args().samples, population()
    for case in CASES:
        found = cover(case, samples, world)
        line = f"{case:16} {found.part:6.1%}  above {found.above}, below {found.below}\n"
        sys.stdout.write(line)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
