"""What the reporter takes home: typed anyhow it is understood, and a slip of the pen is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.recovery_code import ALPHABET, NoCode
from desktop.reports.code import CODE, NUMBER, Reporter, new_reporter, read_reporter, spelled

CODES = st.text(ALPHABET, min_size=CODE, max_size=CODE)


@given(CODES)
def test_what_is_printed_is_understood_in_small_letters_and_without_the_lines(code):
    reporter = Reporter(code)
    number = spelled(reporter.number).lower().replace("-", " ")

    again = read_reporter(number, spelled(code).lower())

    assert again == reporter
    assert (again.box, again.keys.public) == (reporter.box, reporter.keys.public)


@given(CODES, st.integers(0, NUMBER + CODE - 1), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_told(code, at, letter):
    reporter = Reporter(code)
    typed = list(reporter.number + code)
    if typed[at] == letter:
        return
    typed[at] = letter
    with pytest.raises(NoCode) as caught:
        read_reporter("".join(typed[:NUMBER]), "".join(typed[NUMBER:]))

    assert "not right" in caught.value.words("en")


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_is_answered_in_words(number, code):
    with pytest.raises(NoCode):
        read_reporter(number, code)


def test_letters_that_a_kazakh_keyboard_has_in_their_place_are_understood():
    reporter = Reporter("AKMH" * 5)

    assert read_reporter(reporter.number, "АКМН" * 5) == reporter


def test_no_two_reporters_have_a_box_a_number_or_keys_in_common():
    made = [new_reporter() for _ in range(1_000)]

    assert len({one.box for one in made}) == 1_000
    assert len({one.keys.seed for one in made}) == 1_000
    assert len({one.number for one in made}) == 1_000


def test_a_reporter_is_not_written_into_a_log():
    reporter = new_reporter()

    assert reporter.code not in repr(reporter)
