"""Whoever looks at every view of a wave, and reads every file that left, finds no hidden figure."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.surveys.ratings.drawn import Asked
from desktop.surveys.ratings.publishing import SMALLEST_CELL
from desktop.surveys.ratings.release import ALL, Cell
from desktop.surveys.ratings.wave import WaveFigures, changed, rate_counted

WHOLE, CRITERIA = "/data/score", ("/data/a", "/data/b")
QUESTIONS = (WHOLE, *CRITERIA)
Wave = dict[Asked, list[dict[object, int]]]


def times(number: int, silent: int = 0, low: int = 2) -> dict[object, int]:
    """So many marks, every other one higher, and so many who could not say."""
    given = {str(low): number // 2, str(low + 2): number - number // 2, "dk": silent}
    return {said: many for said, many in given.items() if many}


@st.composite
def waves(draw: st.DrawFn) -> Wave:
    """Districts of two okrugs; an official is rated in one district or in all of them."""
    districts = [f"d{at}" for at in range(draw(st.integers(1, 4)))]
    found: Wave = {}
    for official in (f"o{at}" for at in range(draw(st.integers(1, 4)))):
        where = draw(st.sampled_from([districts, *([one] for one in districts)]))
        for district, okrug in product(where, ("x", "y")):
            people = draw(st.sampled_from([0, 2, 4, 6, 9, 20, 45]))
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


def known_by(found: WaveFigures, people: dict[Cell, int], name: str) -> set[Cell]:
    """What is told, and what is the same under another name: the only district, the only official."""
    told = {cell for cell, figure in found.figures.items() if getattr(figure, name)}
    districts = {cell.district for cell in people} - {ALL}
    officials = {cell.official for cell in people} - {ALL}
    for cell in list(told):
        wheres = {cell.district} | (districts if len(districts) == 1 else set())
        whom = {cell.official} | ({ALL} if len(officials) == 1 else set())
        told |= {Cell(one, other, cell.question) for one in wheres for other in whom}
    return told & people.keys()


@settings(max_examples=60, deadline=None)
@given(waves())
@pytest.mark.parametrize("name", ["shown", "leaves"])
def test_from_all_views_together_no_hidden_figure_follows(name: str, wave: Wave) -> None:
    found, people = rate_counted(wave, QUESTIONS, WHOLE), count(wave)

    assert not attack(wave, known_by(found, people, name))


@settings(max_examples=30, deadline=None)
@given(waves())
def test_what_leaves_is_shown_and_what_is_shown_is_of_ten_people(wave: Wave) -> None:
    figures = rate_counted(wave, QUESTIONS, WHOLE).figures.values()

    assert all(one.shown for one in figures if one.leaves)
    assert all(one.estimate.n >= SMALLEST_CELL for one in figures if one.shown)
    assert all(one.estimate.why or one.leaves for one in figures)


def test_a_small_district_takes_the_next_one_along_wherever_one_drills_down() -> None:
    wave = {
        Asked("o1", "d1", "d1x"): [times(60)] * 3,
        Asked("o1", "d2", "d2x"): [times(50)] * 3,
        Asked("o1", "d3", "d3x"): [times(7)] * 3,
        Asked("o2", "d1", "d1x"): [times(60)] * 3,
    }

    found = rate_counted(wave, QUESTIONS, WHOLE).figures

    hidden = {cell[:2] for cell, one in found.items() if not one.shown}
    assert hidden == {("d3", "o1"), ("d3", ALL), ("d2", "o1"), ("d2", ALL)}
    assert "recognised" in found["d3", "o1", WHOLE].estimate.why.words("en")
    assert "could be reckoned" in found["d2", "o1", WHOLE].estimate.why.words("en")


def test_one_hidden_criterion_hides_another_for_their_mean_is_shown() -> None:
    wave = {Asked("o1", "d1", "d1x"): [times(60), times(8, 52), times(60)]}

    found = rate_counted(wave, QUESTIONS, WHOLE).figures

    assert [found[ALL, "o1", one].shown for one in QUESTIONS] == [True, False, False]


def test_two_criteria_of_the_same_few_people_are_not_told_together_either() -> None:
    wave = {Asked("o1", "d1", "d1x"): [times(60), times(8, 52), times(9, 51)]}

    found = rate_counted(wave, QUESTIONS, WHOLE).figures

    assert not any(found[ALL, "o1", one].shown for one in QUESTIONS)


def areas(last: dict[str, int], first: dict[str, int] | None = None) -> Wave:
    """Seven districts of three okrugs; the last of one, and perhaps the first of one, too."""
    wave: Wave = {}
    for at in range(7):
        for okrug in "xyz":
            marks = {"2": 5 + at, "3": 8, "5": 12 - at if okrug == "x" else 9}
            wave[Asked("o1", f"d{at}", f"d{at}{okrug}")] = [marks] * 3
    for at, only in ((6, last), (0, first)):
        if only is not None:
            wave[Asked("o1", f"d{at}", f"d{at}x")] = [only] * 3
            del wave[Asked("o1", f"d{at}", f"d{at}y")], wave[Asked("o1", f"d{at}", f"d{at}z")]
    return wave


def models(wave: Wave) -> dict[Cell, object]:
    figures = rate_counted(wave, QUESTIONS, WHOLE).figures
    found = {cell: one.estimate.shrunk for cell, one in figures.items() if one.estimate.shrunk}
    assert len(found) >= 4 * len(QUESTIONS)
    return found


def test_a_hidden_district_leaves_no_trace_in_the_model_of_the_others() -> None:
    assert models(areas({"1": 4})) == models(areas({"5": 4}))


def test_nor_does_one_that_is_kept_back_for_the_sake_of_another() -> None:
    alike = {"3": 20}  # too few to be published, and without a spread no model's figure
    one, other = (areas(alike, first) for first in ({"1": 12, "2": 11}, {"4": 12, "5": 11}))

    assert not any(cell.district == "d0" for cell in models(one))
    assert models(one) == models(other)


def test_a_change_is_told_only_where_both_figures_are() -> None:
    waves = [{Asked("o1", "d1", "d1x"): [times(n, low=low)] * 3} for n, low in ((40, 2), (40, 3))]
    small = {Asked("o1", "d1", "d1x"): [times(20)] * 3}
    before, after, few = (rate_counted(one, QUESTIONS, WHOLE) for one in (*waves, small))
    cell = Cell(ALL, "o1", WHOLE)

    found = changed(before, after, cell)

    assert found is not None
    assert found.value == pytest.approx(1)
    assert found.low > 0
    assert changed(few, after, cell) is None
    assert changed(before, few, cell) is None
