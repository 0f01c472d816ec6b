"""One number, however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.phones import parse_phone, show_phone
from sync.errors import UserError
from sync.language import speak

national = st.from_regex(r"[67][0-9]{9}", fullmatch=True)


@pytest.fixture(autouse=True)
def given_english():
    """The words of the source are looked for."""
    speak("en")


@pytest.mark.parametrize(
    "typed",
    ["87011234567", "8 (701) 123-45-67", "+7 701 123 4567", "7.701.123.4567", "701 123 45 67"],
)
def test_every_habit_of_typing_gives_one_number(typed):
    assert parse_phone(typed) == "+77011234567"


def test_a_number_of_another_country_keeps_its_code():
    assert parse_phone("+998 71 123-45-67") == "+998711234567"
    assert show_phone("+998711234567") == "+998711234567"


def test_an_empty_field_stays_empty():
    assert parse_phone("  ") == ""


@pytest.mark.parametrize(
    "typed",
    ["123", "+7 701 123 456", "8701123456789", "call Aigul", "++77011234567", "٧٠١١٢٣٤٥٦٧"],
)
def test_what_is_no_number_is_refused_in_words(typed):
    with pytest.raises(UserError, match="phone number"):
        parse_phone(typed).encode()


@given(national)
def test_what_is_shown_can_be_typed_again(number):
    assert parse_phone(show_phone(f"+7{number}")) == f"+7{number}"


@given(st.text())
def test_any_other_text_is_shown_as_it_is_or_refused(text):
    try:
        stored = parse_phone(text)
    except UserError:
        return
    assert stored == "" or (stored[0] == "+" and stored[1:].isascii() and stored[1:].isdigit())
