import pytest

from sync import language
from sync.errors import UserError
from sync.vocabulary import Term


@pytest.fixture(autouse=True)
def english():
    before = language.spoken()
    language.speak("en")
    yield
    language.speak(before)


def test_an_unknown_language_is_taken_as_kazakh():
    language.speak("de")

    assert language.spoken() == "kk"


def test_a_missing_name_falls_back_to_kazakh():
    assert language.named({"kk": "Су", "ru": ""}, "ru") == "Су"


def test_an_error_names_its_terms_in_the_language_it_is_shown_in():
    error = UserError("It stands at “{state}”.", state=Term("review_state", "approved"))

    assert "approved" in error.words("en").casefold()
    assert error.words("kk") != error.words("en")


def test_a_text_with_braces_but_no_values_is_left_alone():
    assert language.tr("{not a value}") == "{not a value}"


@pytest.mark.parametrize(("spoken", "said"), [("kk", "«су»"), ("ru", "«су»"), ("en", "“су”")])
def test_words_are_quoted_as_the_language_does(spoken, said):
    language.speak(spoken)

    assert language.quoted("су") == said
