"""Numbers far from those of the same place."""

import pytest

from desktop.surveys.quality.interviews import Interviews
from desktop.surveys.quality.outliers import limits, outliers


def wave(numbers, strata=()):
    names = ["a", "b"] * (len(numbers) // 2)
    return Interviews(interviewers=names, items={"income": numbers}, strata=strata)


USUAL = [str(n) for n in range(100, 120)]


def test_limits_are_those_of_the_textbook():
    numbers = [1.0, 2.0, 3.0, 4.0, 5.0]

    assert limits(numbers, "iqr", 1.5) == (-1, 7)  # quartiles 2 and 4
    low, high = limits(numbers, "sd", 2)
    assert (low, high) == (pytest.approx(3 - 2 * 2.5**0.5), pytest.approx(3 + 2 * 2.5**0.5))


def test_a_digit_too_many_is_named_with_the_number():
    (flag,) = outliers(wave([*USUAL, "1050", "110"]), "income")

    assert (flag.interviewer, flag.rows, flag.stands_out) == ("a", (20,), False)
    assert "1050" in str(flag.text)


def test_the_multiplier_is_honoured():
    data = wave([*USUAL, "134", "110"])

    assert list(outliers(data, "income")) == []
    assert [flag.rows for flag in outliers(data, "income", multiplier=1.5)] == [(20,)]
    assert [flag.rows for flag in outliers(data, "income", method="sd", multiplier=2)] == [(20,)]
    assert list(outliers(data, "income", method="sd", multiplier=4)) == []


def test_a_number_is_compared_with_its_own_place():
    cheap, dear = [str(n) for n in range(10, 30)], [str(n) for n in range(1010, 1030)]
    places = ["village"] * 20 + ["town"] * 20

    moved = [*cheap[:-1], "1015", *dear]

    assert list(outliers(wave(moved), "income")) == []
    assert [flag.rows for flag in outliers(wave(moved, places), "income")] == [(19,)]


def test_what_is_no_number_and_small_groups_are_let_be():
    assert list(outliers(wave(["much", "", "nan", "inf", *USUAL]), "income")) == []
    assert list(outliers(wave(["5"] * 7 + ["9"]), "income")) == []
