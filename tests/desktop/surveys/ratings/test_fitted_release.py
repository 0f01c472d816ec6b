"""Whoever has the plain figures, the fitted ones, the population and all weights finds nothing hidden."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from desktop.surveys.ratings import wave as waves_module
from desktop.surveys.ratings.drawn import Asked
from desktop.surveys.ratings.population import Population
from desktop.surveys.ratings.release import ALL, Cell, release
from desktop.surveys.ratings.wave import WaveFigures, rate_counted
from tests.fitted_attack import SEX, follows, grouped_waves, populations
from tests.rating_attack import QUESTIONS, WHOLE, Wave, by_other_names, count, times


def told(wave: Wave, found: WaveFigures, name: str) -> set[Cell]:
    cells = {cell for cell, figure in found.figures.items() if getattr(figure, name)}
    return by_other_names(cells, count(wave))


def found_out(wave: Wave, population: Population, name: str) -> set[Cell]:
    """Figures that are told nowhere, and follow from what is told of the plain and the fitted wave."""
    plain, fitted = (rate_counted(wave, QUESTIONS, WHOLE, one) for one in (None, population))
    assert fitted.fit is not None
    was, now = (told(wave, one, name) for one in (plain, fitted))
    assert now <= was
    plainly, _ = follows(wave, fitted.fit, was, now)
    _, alone = follows(wave, fitted.fit, set(), now)
    return (plainly - was) | (alone - now)


@settings(max_examples=12, deadline=None)
@given(grouped_waves(), populations())
@pytest.mark.parametrize("name", ["shown", "leaves"])
def test_no_hidden_figure_follows_from_plain_and_fitted_ones_together(
    name: str, wave: Wave, population: Population
) -> None:
    if wave:
        assert not found_out(wave, population, name)


def two_small_districts() -> Wave:
    """d1 and d2 are kept back together; what both gave follows from the plain figure of all."""
    people = {"d1": 2, "d2": 6, "d3": 40, "d4": 45}
    return {
        Asked("o1", district, f"{district}{okrug}", group): [times(many)] * 3
        for district, many in people.items()
        for okrug in "xy"
        for group in SEX
    }


UNLIKE = Population(
    ("sex",), {(f"d{at}", group): 1000 * at**2 for at in range(1, 5) for group in SEX}
)


def test_two_districts_that_are_kept_back_together_have_one_weight() -> None:
    wave = two_small_districts()

    fit = rate_counted(wave, QUESTIONS, WHOLE, UNLIKE).fit

    assert fit is not None
    assert fit.factor(("d1", "o1", "f")) == fit.factor(("d2", "o1", "m"))
    assert fit.factor(("d3", "o1", "f")) != fit.factor(("d4", "o1", "f"))
    assert not found_out(wave, UNLIKE, "shown")


def test_with_a_weight_of_its_own_each_would_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two figures of all, plain and fitted, are two equations: so the attack is worth its name."""
    monkeypatch.setattr(waves_module, "_kept_together", lambda *_: [])

    assert {cell.district for cell in found_out(two_small_districts(), UNLIKE, "shown")} == {
        "d1",
        "d2",
    }


def two_okrugs_apart() -> Wave:
    """Each official is rated in an okrug alone, so all together are two units: the plain mean is rough.
    Fitted, each of the two has the same people, whoever answered, and the mean of all is firm."""
    return {
        Asked(official, "d1", okrug, group): [times(25, low=low)] * 3
        for official, okrug, low in (("o1", "x", 1), ("o2", "y", 3))
        for group in SEX
    }


def test_what_is_kept_back_of_the_plain_figures_stays_so() -> None:
    plain, fitted = (
        rate_counted(two_okrugs_apart(), QUESTIONS, WHOLE, one) for one in (None, UNLIKE)
    )

    assert not plain.figures[ALL, ALL, WHOLE].leaves
    assert not fitted.figures[ALL, ALL, WHOLE].leaves
    assert not found_out(two_okrugs_apart(), UNLIKE, "leaves")


def test_else_it_would_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    rated = waves_module._rated
    monkeypatch.setattr(waves_module, "_rated", lambda *given: rated(*given[:4]))

    fitted = rate_counted(two_okrugs_apart(), QUESTIONS, WHOLE, UNLIKE)

    assert fitted.figures[ALL, ALL, WHOLE].leaves


def test_places_that_hang_together_by_different_questions_have_one_weight_too() -> None:
    """Of d2 few answered the one question, of d3 the other; d1 is few by both."""
    few, all_ = times(12, 48), times(60)
    wave = {
        Asked("o1", district, f"{district}x", group): marks
        for group in SEX
        for district, marks in (
            ("d1", [times(6)] * 2), ("d2", [few, all_]), ("d3", [all_, few]), ("d4", [all_] * 2),
        )
    }  # fmt: skip

    fit = rate_counted(wave, QUESTIONS[1:], population=UNLIKE).fit

    assert fit is not None
    one, two, three, four = (fit.factor((f"d{at}", "o1", "f")) for at in range(1, 5))
    assert one == two == three != four


def test_what_was_not_shown_before_is_not_shown_now() -> None:
    cell, whole = (Cell(district, "o1", WHOLE) for district in ("d3", ALL))
    plain = rate_counted(two_small_districts(), QUESTIONS, WHOLE)
    estimates = {one: figure.estimate for one, figure in plain.figures.items()}
    before = release(estimates, WHOLE)
    assert cell in before.shown

    now = release(estimates, WHOLE, replace(before, unseen=before.unseen | {cell}))

    assert cell not in now.shown
    assert now.estimates[cell].why is not None
    assert whole in now.shown
