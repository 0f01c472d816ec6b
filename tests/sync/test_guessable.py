"""Passwords that others would try first."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from sync.enrolment import SHORTEST_PASSWORD
from sync.errors import Refused
from sync.guessable import COMMON, LOCAL, forms, is_guessable, require_unguessable

AIGUL = ("aigul", "Айгүл Серікқызы")


@pytest.mark.parametrize(
    "password",
    [
        "password", "Password1", "iloveyou", "qwertyuiop", "1q2w3e4r5t",  # the most used
        "12345678", "19870412", "87011234567", "870412300123",  # a row, a day, a telephone, an IIN
        "aaaaaaaa", "abababab", "abcdefgh", "87654321", "абвгдежз",  # hardly anything
        "қазақстан1991", "Түркістан!", "туркестан", "пароль2024", "құпиясөз", "Шымкент777",
        "зфыыцщкв", "ghbdtn2024", "RFPF[CNFY1", "йцукенгш",  # with the other keyboard
        "Aigul1987", "айгүл-1987", "серікқызы", "айгүлсерікқызы", "AIGUL___",
    ],
)  # fmt: skip
def test_what_others_would_try_first_is_refused(password):
    with pytest.raises(Refused, match="ең алдымен"):
        require_unguessable(password, *AIGUL)


@pytest.mark.parametrize(
    "password",
    ["тоғыз жолдың торабы", "correct horse battery staple", "ескі диірмен 4 ат", "kT7-wq0pZ",
     "айгүл диірменге барды", "pa55 after word", "жусан иісі"],
)  # fmt: skip
def test_a_row_of_words_is_taken_and_nothing_is_asked_of_its_characters(password):
    require_unguessable(password, *AIGUL)


def test_a_name_is_only_refused_to_whose_it_is():
    assert is_guessable("серікқызы77", AIGUL)
    assert not is_guessable("серікқызы77", ("berik", "Берік Тоқтаров"))


def test_short_names_forbid_nothing():
    assert not is_guessable("ли бежит домой", ("li", "Ли Ан"))


@given(st.text(min_size=SHORTEST_PASSWORD, max_size=40), st.text(max_size=20))
def test_any_text_is_judged(password, about):
    assert is_guessable(password, (about,)) in (True, False)


@given(
    st.text(st.characters(categories=("Ll", "Lu"))), st.sampled_from(["", "1", "2024", "!!", "_7"])
)
def test_a_name_with_digits_or_signs_around_it_is_still_that_name(name, around):
    word = unicodedata.normalize("NFC", name.casefold())
    letters = re.fullmatch(r"[^\W\d_]{4,}", word)

    assert not letters or is_guessable(around + word + around, (name,))


def test_three_thousand_of_the_most_used_are_known_and_none_can_be_read():
    lines = resources.text(*COMMON).split()

    assert len(set(lines)) == len(lines) == 3_000
    assert all(re.fullmatch("[0-9a-f]{16}", line) for line in lines)
    assert lines == sorted(lines)


def test_words_of_here_are_written_as_they_are_compared():
    words = resources.text(*LOCAL).split()

    assert len(set(words)) == len(words)
    assert all(word == word.casefold() and word.isalpha() for word in words)


def test_the_other_keyboard_is_told_key_by_key():
    assert forms("Ғылым")[1:] == ("5sksv", "ғылым")
    assert "привет" in forms("ghbdtn")
    assert "password" in forms("ЗФЫЫЦЩКВ")


def test_a_letter_may_be_composed_or_not():
    assert is_guessable("бәи\u0306терек7")
