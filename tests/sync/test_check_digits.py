from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.check_digits import LENGTH, MISTYPED, check_digit, doubt
from sync.language import speak

serial = st.integers(0, 9_999).map("{:04d}".format)
born = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def person(day, number, sex):
    """The first eleven digits of somebody's IIN."""
    century = {19: 3, 20: 5}[day.year // 100] + sex
    return f"{day:%y%m%d}{century}{number}"


def by_hand(first):
    """As the rule is told in words: place by place."""
    for shift in (0, 2):
        total = sum(int(first[at]) * ((at + shift) % 11 + 1) for at in range(11)) % 11
        if total != 10:
            return total
    return None


@given(st.text("0123456789", min_size=11, max_size=11))
def test_the_last_digit_is_that_of_the_rule_told_in_words(first):
    assert check_digit(first) == by_hand(first)


@given(born, serial, st.integers(0, 1), st.integers(0, 11), st.integers(1, 9))
def test_a_number_that_was_issued_is_taken_and_one_wrong_digit_is_noticed(
    day, number, sex, place, by
):
    first = person(day, number, sex)
    last = check_digit(first)
    if last is None:  # never issued
        assert all(doubt("iin", f"{first}{one}") for one in range(10))
        return
    whole = f"{first}{last}"
    wrong = whole[:place] + str((int(whole[place]) + by) % 10) + whole[place + 1 :]

    assert doubt("iin", f"{whole[:6]} {whole[6:]}") is None
    # the second weights hide some: the rule's, not ours
    assert doubt("iin", wrong) or check_digit(wrong[:11]) == int(wrong[11])


@pytest.mark.parametrize(
    ("check", "number", "words"),
    [
        ("bin", "180340021791", None),
        ("bin", " 1803-4002 1791 ", None),
        ("bin", "180340021792", MISTYPED),
        ("bin", "181340021791", MISTYPED),  # no thirteenth month
        ("bin", "180370021791", MISTYPED),  # no such sort of entity
        ("iin", "850230300128", MISTYPED),  # no 30 February
        ("iin", "12345", LENGTH),
        ("iin", "٨٥٠١٠١٣٠٠١٢٣", LENGTH),  # digits of another script
        ("iin", "", None),
    ],
)
def test_what_is_said_of_a_number(check, number, words):
    said = doubt(check, number)

    assert (said.text if said else None) == words


def test_it_is_said_in_kazakh():
    speak("kk")

    said = doubt("bin", "1")

    assert said is not None
    assert "он екі цифр" in said.words()
