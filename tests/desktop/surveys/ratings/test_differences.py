"""What can be told apart, and what only seems to differ."""

from random import Random

import pytest

from desktop.surveys.ratings.design import Design
from desktop.surveys.ratings.differences import change, ranks
from desktop.surveys.ratings.estimates import whole
from desktop.surveys.ratings.margins import Margin
from desktop.surveys.ratings.sample import Row, tally


def answers(mean: float, n: int, domain: str = "", **more: object) -> list[Row]:
    return [Row(mean + (place % 3 - 1), domain=domain, **more) for place in range(n)]


def test_domains_that_cannot_be_told_apart_are_one_group() -> None:
    rows = [*answers(4, 60, "a"), *answers(3.9, 60, "b"), *answers(2, 60, "c")]

    found = ranks(Design(tally(rows)), ["a", "b", "c"])

    assert [(r.domain, r.best, r.worst, r.group) for r in found] == [
        ("a", 1, 2, 1),
        ("b", 1, 2, 1),
        ("c", 3, 3, 2),
    ]


def test_a_chain_of_likenesses_is_one_group_though_its_ends_differ() -> None:
    rows = [*answers(4, 60, "a"), *answers(3.75, 60, "b"), *answers(3.5, 60, "c")]

    found = ranks(Design(tally(rows)), ["a", "b", "c"])

    assert [(r.best, r.worst, r.group) for r in found] == [(1, 2, 1), (1, 3, 1), (2, 3, 1)]


def test_a_rough_figure_above_joins_what_a_firm_one_between_would_part() -> None:
    rows = [*answers(4.1, 6, "rough"), *answers(4, 300, "firm"), *answers(3.6, 300, "low")]

    found = ranks(Design(tally(rows)), ["rough", "firm", "low"])

    assert [(r.domain, r.best, r.group) for r in found] == [
        ("rough", 1, 1),
        ("firm", 1, 1),
        ("low", 2, 1),  # worse than the firm one, and yet perhaps not than the rough one
    ]


def test_many_comparisons_ask_for_more_than_one_does() -> None:
    near = [*answers(4, 60, "a"), *answers(3.65, 60, "b")]  # t = 2.3
    others = [row for i in range(8) for row in answers(3.8, 60, f"x{i}")]
    names = ["a", "b", *(f"x{i}" for i in range(8))]

    assert ranks(Design(tally(near)), ["a", "b"])[1].best == 2
    found = {one.domain: one for one in ranks(Design(tally(near + others)), names)}
    assert found["b"].best == 1
    assert {one.group for one in found.values()} == {1}


def test_what_is_told_apart_already_does_not_weigh_on_the_rest() -> None:
    rows = [*answers(4, 60, "a"), *answers(3.65, 60, "b"), *answers(1, 60, "c")]  # p = 0.021

    found = ranks(Design(tally(rows)), ["a", "b", "c"])

    assert [(r.domain, r.group) for r in found] == [("a", 1), ("b", 2), ("c", 3)]


def test_places_that_like_both_do_not_make_them_differ() -> None:
    chance = Random(3)
    rows = []
    for psu in range(12):
        liking = chance.gauss(0, 1.5)
        for name, mean in (("a", 4.0), ("b", 3.5)):
            rows += answers(mean + liking, 9, name, psu=str(psu))

    design = Design(tally(rows))
    apart = ranks(design, ["a", "b"])

    a, b = design.score("a"), design.score("b")
    assert abs(a.mean - b.mean) < 2 * design.variance(a.totals) ** 0.5  # by itself it is rough
    assert [one.group for one in apart] == [1, 2]


def test_a_change_between_two_samples_has_the_interval_of_welch() -> None:
    before, after = [answers(mean, n) for mean, n in ((3.0, 30), (3.5, 60))]

    found = change(Design(tally(before)), Design(tally(after)))

    parts = [30 / 29 * (20 / 30) / 30, 60 / 59 * (40 / 60) / 60]
    assert found.value == pytest.approx(0.5)
    assert found.se == pytest.approx(sum(parts) ** 0.5)
    assert found.df == pytest.approx(sum(parts) ** 2 / (parts[0] ** 2 / 29 + parts[1] ** 2 / 59))
    assert (found.low + found.high) / 2 == pytest.approx(0.5)


def test_the_same_places_asked_twice_tell_a_change_better() -> None:
    chance = Random(4)
    places = [(str(psu), chance.gauss(3, 1)) for psu in range(15)]
    before = [row for psu, mean in places for row in answers(mean, 9, psu=psu)]
    after = [row for psu, mean in places for row in answers(mean + 0.2, 9, psu=psu)]
    elsewhere = [row for psu, mean in places for row in answers(mean + 0.2, 9, psu=psu + "x")]
    waves = [Design(tally(rows)) for rows in (before, after, elsewhere)]

    again, apart = change(waves[0], waves[1]), change(waves[0], waves[2])

    assert again.se < 1e-9
    assert again.value == pytest.approx(apart.value)
    assert apart.se == pytest.approx(2**0.5 * whole(waves[0]).se)


def test_a_change_of_a_domain_that_one_wave_lacks_cannot_be_told() -> None:
    before, after = Design(tally(answers(3, 30, "a"))), Design(tally(answers(3, 30, "b")))

    assert change(before, after, "a") is None


def test_each_wave_is_fitted_to_the_census_by_itself() -> None:
    margin = Margin("sex", {"f": 500, "m": 500})
    before = [*answers(2, 45, cells=("f",)), *answers(4, 15, cells=("m",))]
    after = [*answers(2, 15, cells=("f",)), *answers(4, 45, cells=("m",))]

    found = change(Design(tally(before), [margin]), Design(tally(after), [margin]))

    assert found.value == pytest.approx(0)
