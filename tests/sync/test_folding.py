"""Folding and order hold for any text, not only for the examples."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from sync.folding import fold, kazakh_key

LETTERS = [row["lower"] for row in resources.table("alphabet", "kazakh.csv")]
FOLDS = {row["char"]: row["fold"] for row in resources.table("alphabet", "fold.csv")}
LATIN = {"а": "a", "с": "c", "е": "e", "о": "o", "р": "p", "х": "x", "у": "y", "і": "i"}
RUSSIAN = {"ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х"}
kazakh = st.text(st.sampled_from([*LETTERS, *map(str.upper, LETTERS), " ", "-", "7"]))


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(kazakh)
def test_case_and_composition_do_not_matter(text):
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(kazakh, st.data())
def test_look_alike_typing_folds_to_the_same(text, data):
    def typed(letter):
        alike = {letter, RUSSIAN.get(letter, letter), LATIN.get(letter, letter)}
        return data.draw(st.sampled_from(sorted(alike)))

    assert fold("".join(map(typed, text.lower()))) == fold(text)


@pytest.mark.parametrize("char", FOLDS)
def test_every_row_of_the_table_is_obeyed(char):
    assert fold(char) == FOLDS[char]
    assert fold(f"А{char.upper()}я") == f"а{FOLDS[char]}я"


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Қазақстан", "казакстан"),
        ("өтініш", "өтiнiш"),  # Latin i, as in the published laws
        ("Елка", "ёлка"),
        ("Шәуілдір", "ШӘУIЛДIР"),
        ("Жібек жолы", "жибек жоли"),
    ],
)
def test_what_people_type_is_found(stored, typed):
    assert fold(stored) == fold(typed)


def test_different_words_stay_different():
    assert fold("Арыс") != fold("Абай")


def test_the_order_is_that_of_the_alphabet():
    backwards = LETTERS[::-1]

    assert "".join(LETTERS) == "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    assert sorted(backwards, key=kazakh_key) == LETTERS
    assert sorted(map(str.upper, backwards), key=kazakh_key) == [*map(str.upper, LETTERS)]


@given(st.lists(st.text(st.sampled_from(LETTERS))))
def test_words_are_ordered_letter_by_letter(words):
    expected = sorted(words, key=lambda word: [LETTERS.index(letter) for letter in word])

    assert sorted(words, key=kazakh_key) == expected


def test_spaces_signs_numbers_letters_come_in_this_order():
    ordered = ["", "А б", "А-б", "А 2", "Аб", "Ая", "Арыс", "Arys", "Ωμέγα"]
    expected = ["", "А 2", "А б", "А-б", "Аб", "Арыс", "Ая", "Arys", "Ωμέγα"]

    assert sorted(ordered, key=kazakh_key) == expected


def test_numbers_are_ordered_by_value():
    names = ["Бірлік 10", "Бірлік 5", "Бірлік 05", "Бірлік", "Бірлік 7"]

    assert sorted(names, key=kazakh_key) == [
        *("Бірлік", "Бірлік 05", "Бірлік 5", "Бірлік 7", "Бірлік 10")
    ]


def test_case_decides_only_between_equal_words():
    assert sorted(["абай", "Абзал", "Абай", "абзал"], key=kazakh_key) == [
        *("Абай", "абай", "Абзал", "абзал")
    ]


@given(st.lists(st.text(), unique_by=lambda text: unicodedata.normalize("NFC", text)))
def test_the_order_is_total_and_the_key_can_be_stored(texts):
    keys = sorted(map(kazakh_key, texts))

    assert all(one < other for one, other in pairwise(keys))
    assert all(key.encode() for key in keys)  # no lone surrogates
