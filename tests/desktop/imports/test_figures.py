"""Numbers, money, yes and no."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.imports.figures import read_answer, read_money, read_number, read_whole
from sync.errors import UserError


@pytest.mark.parametrize(
    ("cell", "sum"),
    [
        ("1 250 000", 1_250_000),
        ("1\u00a0250\u202f000,00 ₸", 1_250_000),
        ("1.250.000 тг.", 1_250_000),
        ("1,250,000 теңге", 1_250_000),
        ("12,5 млн тг", 12_500_000),
        ("0.7 млрд", 700_000_000),
        ("35 мың теңге", 35_000),
        (1_250_000.0, 1_250_000),
        ("1250000.0", 1_250_000),
    ],
)
def test_a_sum_is_read_however_it_is_written(cell, sum):
    assert read_money(cell) == sum


@pytest.mark.parametrize("cell", ["12.345", "1,250"])
def test_a_thousand_or_a_part_is_not_guessed_at(cell):
    for read in (read_whole, read_money):
        with pytest.raises(UserError, match="may be thousands"):
            read(cell)


@pytest.mark.parametrize("cell", ["1,5", 1.5, "1250000,50 тг", "1,2345678 млн", "көп", "", True])
def test_nothing_is_rounded_and_nothing_invented(cell):
    for read in (read_whole, read_money):
        with pytest.raises(UserError):
            read(cell)


@given(st.integers(0, 10**15), st.sampled_from([" ", "\u00a0", "\u202f", "'", ""]))
def test_each_number_comes_back_with_any_gap(number, gap):
    written = f"{number:,}".replace(",", gap)

    assert read_whole(written) == number
    assert read_money(f"{written} ₸") == number


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans()))
def test_no_cell_breaks_it(cell):
    for read in (read_whole, read_money, read_number, read_answer):
        with suppress(UserError):
            assert isinstance(read(cell), int | float)


def test_yes_and_no_are_known_in_three_languages():
    assert all(map(read_answer, ("Иә", "да", "Yes", 1, "+", True)))
    assert not any(map(read_answer, ("Жоқ", "нет", "No", 0, "-", False)))
    with pytest.raises(UserError, match="neither"):
        read_answer("мүмкін")
