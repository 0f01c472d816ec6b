"""Tails and scores against printed tables, exact fractions, and textbook formulas."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.surveys.quality.chance import (
    chi_square_tail,
    counts_statistic,
    mean_score,
    score,
    share_tails,
)


@pytest.mark.parametrize(
    ("x", "df", "tail"),
    [
        (3.841459, 1, 0.05),
        (5.991465, 2, 0.05),
        (7.814728, 3, 0.05),
        (18.307038, 10, 0.05),
        (24.995790, 15, 0.05),
        (29.588298, 10, 0.001),
        (0, 4, 1),
    ],
)
def test_tails_of_chi_square_are_those_of_the_printed_tables(x, df, tail):
    assert chi_square_tail(x, df) == pytest.approx(tail, rel=1e-3)


@given(st.integers(1, 60), st.data(), st.fractions(min_value="1/50", max_value="49/50"))
def test_tails_of_a_share_are_binomial(n, data, share):
    count = data.draw(st.integers(0, n))
    exact = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]

    more, tie = share_tails(count, n, float(share))

    assert more == pytest.approx(float(sum(exact[count + 1 :])), rel=1e-9, abs=1e-15)
    assert tie == pytest.approx(float(exact[count]), rel=1e-9, abs=1e-15)


def test_a_score_is_the_normal_one_and_never_infinite():
    assert score(0.025) == pytest.approx(1.959964, abs=1e-5)
    assert 30 < score(0.0) < 40
    assert -9 < score(1.0) < -7


def test_two_means_are_compared_as_welch_does():
    own, rest = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [4.0, 5.0, 6.0, 7.0, 8.0, 9.0]

    found = mean_score(own, rest)

    # t = −3/√(3.5/6 + 3.5/6) = −2.7775, df 10: two-sided p = 0.01956, a normal score of −2.335
    assert found == pytest.approx(-2.335, abs=0.01)
    assert mean_score(rest, own) == -found
    assert mean_score([2.0, 2.0], [2.0, 2.0]) == 0


def test_unequal_variances_are_not_pooled():
    small, wide = [0.0, 10.0, -10.0, 1.0, -1.0], [3.0 + n / 1000 for n in range(200)]

    # t = −3.0995/√(202/4/5) = −0.975 with 4 degrees of freedom: p = 0.385, a score of −0.87
    assert mean_score(small, wide) == pytest.approx(-0.87, abs=0.02)


def test_two_rows_of_counts_give_pearsons_statistic():
    statistic, df = counts_statistic({"a": 10, "b": 20}, {"a": 30, "b": 20})

    # ad − bc = 10·20 − 20·30, n (ad − bc)²/(30·50·40·40)
    assert statistic == pytest.approx(80 * (200 - 600) ** 2 / (30 * 50 * 40 * 40))
    assert df == 1


def test_rare_answers_count_as_one():
    own = {"yes": 30, "no": 20, "x": 1}
    rest = {"yes": 300, "no": 200, "y": 2, "z": 1}

    statistic, df = counts_statistic(own, rest)

    assert (statistic, df) == (pytest.approx(0), 1)  # x, y and z together are too few to tell
    assert counts_statistic({"yes": 50}, {"yes": 500}) == (0, 0)
