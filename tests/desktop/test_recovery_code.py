"""What people read off a sheet and type is the code, or it is said what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.recovery_code import ALPHABET, NoCode, groups, new_code, read_code

places = st.integers(0, 35)
letters = st.sampled_from(ALPHABET)
CODE = "9DHBZQS8SN0NA5V7GJRRDXZ49PNDCNNZQ1KW"  # one of them, so that each run tries the same


def test_it_has_160_bits_and_a_sum():
    assert len(CODE) == 36
    assert len(ALPHABET) ** 32 == 2**160
    assert new_code() != CODE


@given(st.sampled_from(["", " ", "-", " – ", "\n", "."]), st.booleans())
def test_case_and_grouping_do_not_matter(between, small):
    typed = between.join(groups(CODE))

    assert read_code(typed.lower() if small else typed) == CODE


@given(places, letters)
def test_one_wrong_letter_is_always_noticed(place, letter):
    typed = CODE[:place] + letter + CODE[place + 1 :]

    if typed == CODE:
        assert read_code(typed) == CODE
    else:
        with pytest.raises(NoCode):
            read_code(typed)


@given(places)
def test_a_letter_too_few_or_too_many_is_counted(place):
    for typed, count in ((CODE[:place] + CODE[place + 1 :], "35"), (CODE + "7", "37")):
        with pytest.raises(NoCode) as caught:
            read_code(typed)
        assert count in caught.value.words("en")


@given(st.text())
def test_anything_else_is_refused_in_words(typed):
    with pytest.raises(NoCode):
        read_code(typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("O", "0"), ("o", "0"), ("I", "1"), ("l", "1"), ("А", "A"), ("с", "C"),
                         ("Н", "H"), ("р", "P"), ("Х", "X"), ("у", "Y"), ("О", "0"), ("І", "1")],
)  # fmt: skip
def test_letters_that_look_alike_are_taken_for_those_that_are_meant(typed, meant):
    code = CODE
    while meant not in code:
        code = new_code()

    assert read_code(code.replace(meant, typed)) == code
