"""Somebody who adds up whatever figures of a wave are told, to find those that are not.

They write their own equations, of every total that there is, and eliminate in floating point: made
otherwise than the program's own way of keeping back.
"""

from collections import defaultdict
from itertools import product

from hypothesis import strategies as st

from desktop.surveys.ratings.drawn import Asked
from desktop.surveys.ratings.release import ALL, Cell

WHOLE, CRITERIA = "/data/score", ("/data/a", "/data/b")
QUESTIONS = (WHOLE, *CRITERIA)
Wave = dict[Asked, list[dict[object, int]]]


def times(number: int, silent: int = 0, low: int = 2) -> dict[object, int]:
    """So many marks, every other one higher, and so many who could not say."""
    given = {str(low): number // 2, str(low + 2): number - number // 2, "dk": silent}
    return {said: many for said, many in given.items() if many}


@st.composite
def waves(draw: st.DrawFn) -> Wave:
    """Districts of two okrugs; an official is rated in some of the districts or in all of them."""
    districts = [f"d{at}" for at in range(draw(st.integers(1, 4)))]
    found: Wave = {}
    for official in (f"o{at}" for at in range(draw(st.integers(1, 4)))):
        where = draw(st.sampled_from([districts, draw(st.sets(st.sampled_from(districts)))]))
        for district, okrug in product(sorted(where), ("x", "y")):
            people = draw(st.sampled_from([0, 0, 2, 4, 6, 9, 20, 45]))
            silent = draw(st.sampled_from([0, 0, 0, people // 2]))
            if people:
                found[Asked(official, district, district + okrug)] = [
                    times(people),
                    times(people - silent, silent),
                    times(people),
                ]
    return found


def attack(wave: Wave, known: set[Cell]) -> set[Cell]:
    """The hidden figures that follow from the known ones: sums of marks, all totals among them.

    It writes its own equations, of every total that there is, and eliminates in floating point.
    """
    people = count(wave)
    unknown = sorted(people.keys() - known)
    base = sorted(cell for cell in people if ALL not in cell[:2])
    rows = [[float(covers(cell, one)) for one in base] for cell in (*known, *unknown)]
    # the question that sums up is the mean of the others
    places = {cell[:2] for cell in base}
    rows += [
        [(1.0 if one.question in CRITERIA else -2.0) if one[:2] == place else 0.0 for one in base]
        for place in places
    ]
    shown = rows[: len(known)] + rows[len(known) + len(unknown) :]
    space = echelon(shown)
    return {
        cell
        for cell, row in zip(unknown, rows[len(known) :], strict=False)
        if not any(abs(rest) > 1e-6 for rest in reduced(row, space))
    }


def count(wave: Wave) -> dict[Cell, int]:
    """{every figure that there can be: how many gave a mark}."""
    people: dict[Cell, int] = defaultdict(int)
    for asked, of_all in wave.items():
        for question, said in zip(QUESTIONS, of_all, strict=True):
            number = sum(many for given, many in said.items() if given != "dk")
            for district, official in product((asked.district, ALL), (asked.official, ALL)):
                people[Cell(district, official, question)] += number
    return {cell: number for cell, number in people.items() if number}


def covers(cell: Cell, base: Cell) -> bool:
    return (
        cell.question == base.question
        and cell.district in (ALL, base.district)
        and cell.official in (ALL, base.official)
    )


def echelon(rows: list[list[float]]) -> list[tuple[int, list[float]]]:
    space: list[tuple[int, list[float]]] = []
    for row in rows:
        left = reduced(row, space)
        column = max(range(len(left)), key=lambda at: abs(left[at]), default=None)
        if column is not None and abs(left[column]) > 1e-6:
            space.append((column, [value / left[column] for value in left]))
    return space


def reduced(row: list[float], space: list[tuple[int, list[float]]]) -> list[float]:
    for column, base in space:
        if factor := row[column]:
            row = [a - factor * b for a, b in zip(row, base, strict=True)]
    return row


def by_other_names(told: set[Cell], people: dict[Cell, int]) -> set[Cell]:
    """What is told, and what is the same under another name: the only district, the only official."""
    told = set(told)
    districts = {cell.district for cell in people} - {ALL}
    officials = {cell.official for cell in people} - {ALL}
    for cell in list(told):
        wheres = {cell.district} | (districts if len(districts) == 1 else set())
        whom = {cell.official} | ({ALL} if len(officials) == 1 else set())
        told |= {Cell(one, other, cell.question) for one in wheres for other in whom}
    return told & people.keys()
