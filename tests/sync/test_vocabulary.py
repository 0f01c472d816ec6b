"""Vocabularies are data that people read: every row is whole and spelt in one script."""

import re

import pytest

import resources
from sync import vocabulary
from sync.records import KINDS
from sync.records.base import fields
from sync.records.states import ReviewState

NAMES = sorted(
    entry.name.removesuffix(".csv")
    for entry in resources.entry("vocabularies").iterdir()
    if entry.name.endswith(".csv")
)
BOTH_SCRIPTS = re.compile(r"(?i)[a-z][а-яёәғқңөұүһі]|[а-яёәғқңөұүһі][a-z]")
OF_KAZAKH = re.compile(r"(?i)[әғқңөұүһі]")


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_a_key_and_three_names(name):
    rows = resources.table("vocabularies", f"{name}.csv")

    assert rows
    for row in rows:
        assert list(row) == ["key", "kk", "ru", "en"]
        assert all(value == value.strip() != "" for value in row.values()), row
        assert re.fullmatch("[a-z0-9_-]+", row["key"])


@pytest.mark.parametrize("name", NAMES)
def test_keys_and_names_are_unique_within_a_vocabulary(name):
    rows = resources.table("vocabularies", f"{name}.csv")

    for column in ("key", "kk", "ru", "en"):
        assert len({row[column] for row in rows}) == len(rows), column


@pytest.mark.parametrize("name", NAMES)
def test_no_word_mixes_cyrillic_and_latin_letters(name):
    for row in resources.table("vocabularies", f"{name}.csv"):
        for language in ("kk", "ru", "en"):
            assert not BOTH_SCRIPTS.search(row[language]), row
        assert not OF_KAZAKH.search(row["ru"] + row["en"]), row
        assert not re.search("(?i)[а-яё]", row["en"]), row


@pytest.mark.parametrize("name", NAMES)
def test_names_begin_with_a_capital(name):
    for choice in vocabulary.choices(name):
        for words in choice.names.values():
            assert words[0].isdigit() or words[0].isupper()


def test_every_list_that_a_field_asks_for_exists():
    asked = {field.choices for kind in KINDS.values() for field in fields(kind) if field.choices}

    assert asked <= set(NAMES)


def test_review_states_are_those_the_code_decides_by():
    keys = [choice.key for choice in vocabulary.choices("review_state")]

    assert keys == list(ReviewState)


def test_a_key_is_shown_in_the_language_asked_for():
    shown = [vocabulary.label("meeting_type", "debate", code) for code in ("kk", "ru", "en")]

    assert shown == ["Пікірсайыс", "Дебаты", "Debate"]


def test_a_key_from_a_newer_program_is_shown_as_it_is():
    assert vocabulary.label("urgency", "life_threatening", "kk") == "life_threatening"


def test_an_unknown_vocabulary_is_a_bug():
    with pytest.raises(FileNotFoundError):
        vocabulary.choices("no_such_list")
