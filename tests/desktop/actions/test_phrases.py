"""Phrases are found by what is typed, in any language; one's own are kept on the laptop."""

import pytest

from desktop.actions import phrases
from sync.language import LANGUAGES, speak
from sync.vocabulary import choices
from tests.pages import decrypted


def test_ones_own_are_kept_tidied_in_the_encrypted_file_and_once(lea):
    phrases.keep_own(lea, ["  Су   құбыры ауысты ", "", "Су құбыры ауысты", "Жол жөнделді"])

    assert phrases.own(lea) == ["Су құбыры ауысты", "Жол жөнделді"]
    assert "Жол жөнделді".encode() not in lea.store.path.read_bytes()
    assert "Жол жөнделді".encode() in decrypted(lea.store.path, lea.store._key)


def test_nothing_is_lost_by_too_many_or_too_long_ones_but_their_rest(lea):
    phrases.keep_own(lea, ["x" * 5_000, *(f"сөз {each}" for each in range(500))])

    kept = phrases.own(lea)
    assert (len(kept), len(kept[0])) == (phrases.MOST, phrases.LONGEST)


def test_ones_own_come_first_and_typing_narrows():
    mine = ["Су құбыры ауысты"]

    assert phrases.offered(mine)[0] == phrases.Phrase("Су құбыры ауысты", own=True)
    assert [one.own for one in phrases.offered(mine, "кубыр ауыс")] == [True]
    assert phrases.offered(mine, "жоқсөз") == []


@pytest.mark.parametrize(
    ("language", "word"), [("kk", "ұзартыл"), ("ru", "продлён"), ("en", "extended")]
)
def test_they_come_in_the_language_spoken(language, word):
    speak(language)

    every = phrases.offered([])
    assert len(every) == len(choices("phrase"))
    assert [one.text for one in every] == [one.words(language) for one in choices("phrase")]
    assert any(word in one.text for one in every)


def test_a_word_of_another_language_finds_the_phrase_in_that_one():
    speak("kk")

    [found] = phrases.offered([], "выехали подтвердилось рассказали")
    assert found.text.startswith("Мы выехали на место")


def test_there_are_enough_and_each_is_said_in_all_three():
    bundled = choices("phrase")

    assert 12 <= len(bundled) <= 20
    for language in LANGUAGES:
        assert len({one.words(language) for one in bundled}) == len(bundled)
