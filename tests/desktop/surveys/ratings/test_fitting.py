"""A wave fitted to a population: its figures reckoned by hand, its weights, and what they tell."""

import math
from collections import defaultdict

import pytest

from desktop.surveys.ratings.drawn import Asked
from desktop.surveys.ratings.fitting import LARGEST, How, PlacesFit, fit_place
from desktop.surveys.ratings.margins import Joined
from desktop.surveys.ratings.population import Population
from desktop.surveys.ratings.release import ALL, Cell
from desktop.surveys.ratings.wave import rate_counted

SEX = Population(("sex",), {("d1", ("f",)): 600, ("d1", ("m",)): 400})
BOTH = ("sex", "age")
F, M = ("f",), ("m",)
Q = "/data/a"


def marks(**numbers: int) -> dict[object, int]:
    """{mark: how many gave it}: m3=5 for five threes."""
    return {name.removeprefix("m"): number for name, number in numbers.items()}


def official(wave: dict[tuple[str, tuple[str, ...]], dict[object, int]]) -> dict[Asked, list]:
    """One official in one district: {(okrug, groups): marks}."""
    return {Asked("o1", "d1", okrug, groups): [told] for (okrug, groups), told in wave.items()}


TWO_OKRUGS = {
    ("x", F): marks(m2=12, m4=6), ("x", M): marks(m3=4, m5=2),
    ("y", F): marks(m2=6, m3=6), ("y", M): marks(m1=3, m5=9),
    ("z", F): marks(m4=10), ("z", M): marks(m3=8),
}  # fmt: skip


def test_the_mean_is_that_of_the_groups_by_their_part_of_the_people() -> None:
    found = rate_counted(official(TWO_OKRUGS), [Q], population=SEX)

    women = (12 * 2 + 6 * 4 + 6 * 2 + 6 * 3 + 10 * 4) / 40
    men = (4 * 3 + 2 * 5 + 3 * 1 + 9 * 5 + 8 * 3) / 26
    assert found.fit is not None
    assert found.fit.how(("d1", "o1")) is How.CELLS
    assert found.figures[ALL, "o1", Q].estimate.mean == pytest.approx(0.6 * women + 0.4 * men)


def test_its_variance_is_that_of_residuals_within_groups_added_up_by_okrug() -> None:
    """Σ_c (t_c − t̄)² · 3/2, t_c the sum of part/n · (y − mean of the group) in an okrug."""
    means = {F: 118 / 40, M: 94 / 26}
    each = {F: 0.6 / 40, M: 0.4 / 26}
    totals: dict[str, float] = defaultdict(float)
    for (okrug, groups), told in TWO_OKRUGS.items():
        for mark, number in told.items():
            totals[okrug] += number * each[groups] * (float(str(mark)) - means[groups])
    middle = sum(totals.values()) / 3
    by_hand = math.sqrt(1.5 * sum((total - middle) ** 2 for total in totals.values()))

    found = rate_counted(official(TWO_OKRUGS), [Q], population=SEX)

    assert found.figures[ALL, "o1", Q].estimate.se == pytest.approx(by_hand)


def raked(
    people: dict[tuple[str, str], int], margins: list[dict[str, float]]
) -> dict[tuple[str, str], float]:
    """Deming and Stephan's steps, a hundred times over."""
    weights = {cell: float(number) for cell, number in people.items()}
    for _ in range(100):
        for at, counts in enumerate(margins):
            sums: dict[str, float] = defaultdict(float)
            for cell, weight in weights.items():
                sums[cell[at]] += weight
            for cell in weights:
                weights[cell] *= counts[cell[at]] / sums[cell[at]]
    return weights


def test_small_cells_are_raked_by_each_question_and_the_mean_has_these_weights() -> None:
    people = {("f", "a"): 20, ("f", "b"): 3, ("m", "a"): 6, ("m", "b"): 11}
    given = {cell: 1.0 + at for at, cell in enumerate(people)}
    counts = {
        **{("d1", (sex, "")): n for sex, n in (("f", 520), ("m", 480))},
        **{("d1", ("", age)): n for age, n in (("a", 550), ("b", 450))},
    }
    wave: dict[Asked, list] = defaultdict(lambda: [defaultdict(int)])
    for cell, number in people.items():
        for at in range(number):
            wave[Asked("o1", "d1", f"k{at % 4}", cell)][0][f"{given[cell]:g}"] += 1

    found = rate_counted(wave, [Q], population=Population(BOTH, counts))

    weights = raked(people, [{"f": 520, "m": 480}, {"a": 550, "b": 450}])
    mean = sum(w * given[cell] for cell, w in weights.items()) / 1000
    assert found.fit is not None
    assert found.fit.how(("d1", "o1")) is How.MARGINS
    assert found.figures[ALL, "o1", Q].estimate.mean == pytest.approx(mean)


def test_a_group_of_fewer_than_five_is_joined_to_its_neighbour() -> None:
    ages = Population(
        ("age",), {("d1", (age,)): n for age, n in (("a", 30), ("b", 30), ("c", 40))}
    )

    block = fit_place({("a",): 3, ("b",): 12, ("c",): 25}, ages, "d1", 100)

    assert block.cells["a",] == block.cells["b",] != block.cells["c",]
    assert block.joined == (Joined("age", "a", "b"),)
    assert block.fit.factor(block.cells["a",]) == pytest.approx(60 / 15)


def test_a_group_that_nobody_has_is_joined_too() -> None:
    ages = Population(
        ("age",), {("d1", (age,)): n for age, n in (("a", 30), ("b", 30), ("c", 40))}
    )

    block = fit_place({("b",): 12, ("c",): 28}, ages, "d1", 100)

    assert block.fit.factor(block.cells["b",]) == pytest.approx(60 / 12)


def test_no_weight_is_over_four_times_the_mean() -> None:
    ages = Population(
        ("age",), {("d1", (age,)): n for age, n in (("a", 60), ("b", 20), ("c", 20))}
    )

    block = fit_place({("a",): 5, ("b",): 45, ("c",): 50}, ages, "d1", 100)

    assert block.how is How.MARGINS
    assert max(block.parts) <= LARGEST
    assert block.cells["a",] == block.cells["b",]


def test_one_group_for_all_is_no_fit() -> None:
    ages = Population(("age",), {("d1", (age,)): n for age, n in (("a", 99), ("b", 1))})

    block = fit_place({("a",): 5, ("b",): 95}, ages, "d1", 100)

    assert block.how is How.SIZE
    assert block.fit.factor(block.cells["a",]) == pytest.approx(1)


def test_who_did_not_say_a_group_has_the_mean_weight() -> None:
    block = fit_place({F: 30, M: 10, ("",): 10}, SEX, "d1", 1000)

    assert block.fit.factor(block.cells["",]) == pytest.approx(20)
    assert block.fit.factor(block.cells[F]) == pytest.approx(0.6 * 800 / 30)


def test_where_most_did_not_say_it_nobody_is_fitted_by_it() -> None:
    assert fit_place({F: 10, M: 10, ("",): 20}, SEX, "d1", 1000).how is How.SIZE


def test_districts_count_by_the_number_of_their_people() -> None:
    sizes = Population((), {("d1", ()): 900, ("d2", ()): 100})
    wave = {
        Asked("o1", district, f"{district}{okrug}"): [{mark: 20, "3": 4}]
        for district, mark in (("d1", "5"), ("d2", "1"))
        for okrug in "xyz"
    }

    found = rate_counted(wave, [Q], population=sizes).figures[ALL, "o1", Q].estimate

    assert found.mean == pytest.approx(0.9 * (20 * 5 + 12) / 24 + 0.1 * (20 + 12) / 24)


def test_a_district_that_is_not_counted_has_as_many_people_to_an_answer_as_the_others() -> None:
    people = {("d1", "o"): {(): 10}, ("d2", "o"): {(): 30}}
    fit = PlacesFit(people, Population((), {("d1", ()): 500}))

    assert fit.factor(("d2", "o")) == pytest.approx(50)


def test_counts_of_the_whole_region_tell_parts_alone() -> None:
    region = Population(("sex",), {("", F): 60, ("", M): 40})
    people = {("d1", "o"): {F: 10, M: 10}, ("d2", "o"): {F: 40, M: 10}}

    fit = PlacesFit(people, region)

    assert fit.factor(("d1", "o", "f")) == pytest.approx(1.2)
    assert fit.factor(("d2", "o", "f")) == pytest.approx(0.75)
    assert fit.bounds == pytest.approx((0.75, 2.0))


def test_a_figure_of_too_few_is_as_people_gave_it() -> None:
    few = {
        Asked("o1", "d1", "x", F): [marks(m2=8)], Asked("o1", "d1", "y", M): [marks(m4=12)],
    }  # fmt: skip

    plain, fitted = (rate_counted(few, [Q], population=one) for one in (None, SEX))

    cell = Cell(ALL, "o1", Q)
    assert fitted.figures[cell].estimate.mean == plain.figures[cell].estimate.mean
    assert fitted.figures[cell].estimate.se == pytest.approx(plain.figures[cell].estimate.se)


def test_without_a_population_nothing_is_other_than_it_was() -> None:
    found = rate_counted(official(TWO_OKRUGS), [Q])

    assert found.fit is None
    assert found.figures[ALL, "o1", Q].estimate.mean == pytest.approx((118 + 94) / 66)
