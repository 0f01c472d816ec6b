"""Whoever looks at every view of a wave, and reads every file that left, finds no hidden figure."""

import pytest
from hypothesis import given, settings

from desktop.surveys.ratings.drawn import Asked
from desktop.surveys.ratings.publishing import SMALLEST_CELL
from desktop.surveys.ratings.release import ALL, Cell
from desktop.surveys.ratings.wave import changed, rate_counted
from tests.rating_attack import (
    QUESTIONS,
    WHOLE,
    Wave,
    attack,
    by_other_names,
    count,
    times,
    waves,
)


@settings(max_examples=60, deadline=None)
@given(waves())
@pytest.mark.parametrize("name", ["shown", "leaves"])
def test_from_all_views_together_no_hidden_figure_follows(name: str, wave: Wave) -> None:
    found, people = rate_counted(wave, QUESTIONS, WHOLE), count(wave)
    told = {cell for cell, figure in found.figures.items() if getattr(figure, name)}

    assert not attack(wave, by_other_names(told, people))


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


def test_what_follows_only_from_several_totals_together_is_kept_back_too() -> None:
    """All but o1, less all but o1 in d2, were the two people who were asked of o2 in d1."""
    people = {
        ("o0", "d2"): 2, ("o1", "d0"): 4, ("o1", "d1"): 6, ("o1", "d2"): 45,
        ("o2", "d1"): 2, ("o2", "d2"): 9,
    }  # fmt: skip
    wave: Wave = {Asked(o, d, d + "x"): [times(many)] * 3 for (o, d), many in people.items()}

    found = rate_counted(wave, QUESTIONS, WHOLE).figures

    assert not attack(wave, {cell for cell, one in found.items() if one.shown})


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
