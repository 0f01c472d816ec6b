"""Somebody who has all that was told of a wave, plain and fitted, knows the population and every weight.

Their unknowns are what each group of a place gave to each question together. A plain figure is a sum of
these; a fitted one is a sum, too, each times its weight. They eliminate in floating point.
"""

from collections import defaultdict
from collections.abc import Callable
from itertools import product

from hypothesis import strategies as st

from desktop.surveys.ratings.drawn import Asked
from desktop.surveys.ratings.fitting import PlacesFit
from desktop.surveys.ratings.population import Population
from desktop.surveys.ratings.release import ALL, Cell
from tests.rating_attack import CRITERIA, QUESTIONS, Wave, echelon, reduced, times

SEX = (("f",), ("m",))
Base = tuple[str, str, tuple[str, ...], str]  # district, official, groups, question


@st.composite
def grouped_waves(draw: st.DrawFn) -> Wave:
    """Districts of two okrugs, some of them small; women and men answer in uneven numbers."""
    districts = [f"d{at}" for at in range(draw(st.integers(1, 4)))]
    found: Wave = {}
    for official in (f"o{at}" for at in range(draw(st.integers(1, 3)))):
        for district, okrug, group in product(districts, "xy", SEX):
            people = draw(st.sampled_from([0, 2, 3, 6, 9, 20, 45]))
            if people:
                asked = Asked(official, district, district + okrug, group)
                found[asked] = [times(people)] * 3
    return found


@st.composite
def populations(draw: st.DrawFn) -> Population:
    """Of districts that are unlike in size and in their parts."""
    numbers = st.integers(500, 90_000)
    return Population(
        ("sex",), {(f"d{at}", group): draw(numbers) for at in range(4) for group in SEX}
    )


def follows(
    wave: Wave, fit: PlacesFit, plain: set[Cell], fitted: set[Cell]
) -> tuple[set[Cell], set[Cell]]:
    """The figures whose plain sum of marks, and whose fitted one, follows from these figures."""
    base = sorted({(asked.district, asked.official, asked.groups, q)
                   for asked in wave for q in QUESTIONS})  # fmt: skip

    def weight(one: Base) -> float:
        return fit.factor((*one[:2], *one[2])) / 1000

    def row(cell: Cell, of: Callable[[Base], float]) -> list[float]:
        return [of(one) if _covers(cell, one) else 0.0 for one in base]

    known = [row(cell, lambda _: 1.0) for cell in plain]
    known += [row(cell, weight) for cell in fitted]
    people: dict[tuple[object, ...], list[Base]] = defaultdict(list)
    for one in base:
        people[one[:3]].append(one)
    for here in people.values():  # the question that sums up is the mean of the others
        known.append(
            [(1.0 if one[3] in CRITERIA else -2.0) if one in here else 0.0 for one in base]
        )
    space = echelon(known)
    every = sorted(
        {Cell(d, o, one[3]) for one in base for d in (one[0], ALL) for o in (one[1], ALL)}
    )
    found = [
        {
            cell
            for cell in every
            if not any(abs(rest) > 1e-6 for rest in reduced(row(cell, of), space))
        }
        for of in (lambda _: 1.0, weight)
    ]
    return found[0], found[1]


def _covers(cell: Cell, one: Base) -> bool:
    return (
        cell.question == one[3]
        and cell.district in (ALL, one[0])
        and cell.official in (ALL, one[1])
    )
