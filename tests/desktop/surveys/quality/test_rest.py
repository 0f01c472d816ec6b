"""One against the rest: who stands out, and that honest differences accuse nobody."""

import random

import pytest

from desktop.surveys.quality.rest import (
    discoveries,
    falling_short,
    holm,
    inflation,
    standing_out,
    unusual_scores,
)


def test_the_middle_interviewer_tells_how_different_they_are_anyway():
    chance = random.Random(1)
    fair = [(chance.gauss(0, 1) ** 2, 1) for _ in range(2_000)]

    assert inflation(fair) == pytest.approx(1, abs=0.1)
    assert inflation([(4 * x, df) for x, df in fair]) == pytest.approx(
        4 * inflation(fair), rel=0.1
    )
    assert inflation([*fair, *[(400.0, 1)] * 100]) < 1.3
    assert inflation([(0.01, 1)] * 10) == 1
    assert inflation([]) == 1


def test_holm_stops_at_the_first_that_is_not_significant():
    assert holm({"a": 0.01, "b": 0.04, "c": 0.02}) == {"a", "c", "b"}
    assert holm({"a": 0.01, "b": 0.03, "c": 0.03}) == {"a"}
    assert holm({"a": 0.02, "b": 0.02, "c": 0.03}) == set()


def test_discoveries_are_those_of_benjamini_and_hochberg():
    assert discoveries({"a": 0.01, "b": 0.03, "c": 0.03}) == {"a", "b", "c"}
    assert discoveries({"a": 0.02, "b": 0.2, "c": 0.3}) == set()


def many(counts, n=50):
    return {f"i{place}": (count, n) for place, count in enumerate(counts)}


def test_whose_share_is_far_above_the_rest_stands_out():
    assert standing_out(many([2, 1, 0, 3, 2, 1, 2, 0, 12])) == {"i8"}


def test_nobody_stands_out_where_all_have_many():
    assert standing_out(many([12, 14, 11, 13, 12, 15, 10, 12, 16])) == set()


def test_villages_that_differ_much_accuse_nobody():
    uneven = [0, 12, 30, 5, 22, 16, 2, 35, 9, 26]

    assert standing_out(many(uneven)) == set()


def test_what_nobody_else_has_is_not_taken_for_impossible():
    assert standing_out(many([1, *[0] * 39])) == set()


def test_one_more_than_others_have_is_tested_with_all_of_its_chance():
    assert standing_out(many([0] * 8 + [2] * 5 + [3])) == set()


def test_few_interviews_or_interviewers_are_not_compared():
    assert standing_out(many([0, 0, 0, 40])) == set()
    assert standing_out({**many([0] * 9), "new": (4, 4)}) == set()


def test_somebody_far_off_does_not_hide_the_second():
    assert standing_out(many([2, 1, 0, 3, 2, 1, 2, 0, 50, 14])) == {"i8", "i9"}


def test_who_falls_short_is_told_by_how_far_the_scores_scatter():
    usual = {f"i{n}": (n - 5) / 2 for n in range(11)}

    assert falling_short({**usual, "x": -9.0}) == {"x"}
    assert falling_short({**usual, "x": -4.0}) == set()  # within what villages do here
    assert falling_short({**usual, "x": 9.0}) == set()
    assert falling_short({name: one - 5 for name, one in usual.items()}) == set()
    assert falling_short({"a": 0.0, "b": 0.0, "x": -9.0}) == set()


def test_an_unusual_score_is_told_by_the_middle_ones():
    usual = {f"i{n}": 1 + n / 20 for n in range(10)}

    assert unusual_scores({**usual, "x": 6.0}) == {"x"}
    assert unusual_scores(usual) == set()
    assert unusual_scores({**{f"i{n}": 1 + n / 100 for n in range(6)}, "x": 1e9}) == set()
    assert unusual_scores({**{f"i{n}": 1.0 for n in range(10)}, "x": 6.0}) == set()
