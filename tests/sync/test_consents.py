"""A version of a text means one text for ever, in both languages that people read it in."""

import re
from unittest.mock import patch

import pytest

import resources
from sync import consents
from sync.language import LANGUAGES, speak
from sync.records import KINDS
from sync.vocabulary import choices, label

VERSIONS = [one.version for one in consents.published()]
PARTS = {"operator", "data", "purpose", "term", "shared", "withdrawal", "law", "agreed"}


@pytest.mark.parametrize("one", consents.published(), ids=VERSIONS)
def test_the_words_of_a_published_version_never_change(one):
    assert consents.sum_of(one.version) == one.sha256, "publish a new version instead"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_was_changed_in_any_language_is_noticed(language):
    one = consents.published()[0]
    word = consents.paragraphs(one.version, language)[-1]
    said = resources.text("consents", f"{one.version}.csv")

    with patch.object(resources, "text", lambda *_: said.replace(word, f"{word}!")):
        assert consents.sum_of(one.version) != one.sha256


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_says_all_that_the_law_asks_for_in_every_language(version):
    rows = resources.table("consents", f"{version}.csv")

    assert rows[0]["part"] == "title"
    assert {row["part"] for row in rows} >= PARTS
    for language in LANGUAGES:
        words = consents.paragraphs(version, language)
        assert len(set(words)) == len(rows)
        assert all(one == one.strip() != "" for one in words)


def test_a_version_is_chosen_and_told_by_its_number_and_day():
    assert [choice.key for choice in choices("consent_text")] == VERSIONS
    for one in consents.published():
        number = one.version.rpartition("_")[2]
        for language in LANGUAGES:
            name = label("consent_text", one.version, language)
            assert f"{one.on:%d.%m.%Y}" in name
            assert re.search(rf"\b{number}\b", name.replace(f"{one.on:%d.%m.%Y}", ""))


def test_every_kind_with_consent_names_texts_that_exist():
    series = {record.consent_texts for record in KINDS.values() if record.consent_field}

    assert series
    for one in series:
        assert consents.newest(one) in VERSIONS
    with pytest.raises(LookupError):
        consents.newest("nobody")


def test_of_two_versions_the_later_one_is_read():
    first, *_ = consents.published()
    second = consents.Published("applicant_2", first.series, first.on, "")

    with patch.object(consents, "published", lambda: (first, second)):
        assert consents.newest(first.series) == "applicant_2"


@pytest.mark.parametrize(("spoken", "read"), [("kk", "kk"), ("ru", "ru"), ("en", "kk")])
def test_nobody_consents_in_english(spoken, read):
    speak(spoken)

    assert consents.language_read() == read
    speak("kk")
