"""What docs/kazakh.md asks of Kazakh texts, as far as a script can see it."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import texts

ROOT = Path(__file__).parent.parent
RESOURCES = ROOT / "resources"
LETTER = "[а-яёәғқңөұүһі]"
VALUE = r"(?<!\{)\{[a-z_]+\}(?!\})"  # what the program fills in
NUMBER = r"\{(?:n|count|days|most|rows|total|sent|taken|left|files|here|years|done|planned)\}"

# After a value of which nobody knows whether it is «Созақ» or «Келес», «5» or «6».
ENDINGS = (
    "ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|ны|ні|ды|ді|ты|ті|да|де|та|те|нда|нде|"
    "дан|ден|тан|тен|нан|нен|мен|бен|пен|ы|і|сы|сі|н|ін|ын|іне|ына|інде|ында|інен|ынан|"
    "лар|лер|дар|дер|тар|тер|дағы|дегі|тағы|тегі|дық|дік|тық|тік|лық|лік|шы|ші|ыншы|"
    "інші"
)
GLUED = re.compile(
    rf"{VALUE}(?::\d\d)?»?(?:[-‑](?:{ENDINGS})\b|{LETTER})|%[-‑]{LETTER}", re.IGNORECASE
)
UNGOVERNED = re.compile(rf"{VALUE}»? (?:дейін|бастап)\b")  # {day} күніне дейін
PLURAL = re.compile(
    rf"(?:{NUMBER}|(?<![\w.,-])\d+) (?!компьютер|принтер|пәтер){LETTER}+(?:лар|лер|дар|дер|тар|тер)"
    r"(?:ы|і)?(?:н?[ыіағгқкдтн][а-яіңғқ]{0,2})?\b"
)
QUOTES = re.compile("[“”„‟]")
DASH = re.compile(rf"(?<!Ауыл) – (?!ел бесігі)(?<!{'}'} – )")
ASKED = re.compile(r"ң[ыі]з…?\Z")

# An older word, and the one that all texts have: one thing, one word.
RETIRED = {
    "жедел топ": "оперативтік топ",
    "жедел тоб": "оперативтік тоб",
    "құпия сөз": "пароль",
    "паролді": "парольді",
    "жеке дерек": "дербес дерек",
    "тіркелгі(?!з)": "есептік жазба",
    "деректер қор": "дерекқор",
    "батырма": "түйме",
    "команда": "пәрмен",
    "бума": "қалта",
    "фотосурет": "фото",
    "төлқұжат": "паспорт",
    "телнұсқа": "қайталанған",
    "таразыла": "салмақта",
    "бағыттауыш": "көрсеткі",
    "жабық хабарлама": "құпия хабарлама",
    "адалдық офицер": "адалдық жөніндегі уәкіл",
    "жасырын сауалнама": "анонимді сауалнама",
    "атаусыз": "анонимді",
    "кілт қоймасы": "кілттер қоймасы",
    "біржола өшір": "біржола жою",
    "байланған ноутбук": "тіркелген ноутбук",
    "жүргізетін адам": "жауапты адам",
    "пікірталас": "пікірсайыс",
    "файл атауы": "файл аты",
    "қарама-қарсылық": "контраст",
}
# Latin words that only the Kazakh text needs.
KNOWN = {"shift", "ctrl", "alt", "delete", "enter", "backspace", "wi", "fi", "xml"}
# Sentences without a point that speak to the person and are no command.
SPOKEN = {
    "To know",
    "The words are on the server; open to fetch",
    "on paper and in files that somebody printed or saved: collect them",
    "Your name on this computer",
    "Your key",
    "Welcome back",
    "Type a part of the name",
    "Type or paste latitude and longitude",
    "A guess: please look",
    "Please look over the answers",
}


def catalogue() -> Iterator[tuple[str, str]]:
    """English and Kazakh of every text of the program, each form of it."""
    for message in texts.read("kk"):
        if message.id:
            english = message.id if isinstance(message.id, str) else message.id[0]
            yield from ((english, form) for form in texts.forms(message.string))


def papers() -> Iterator[tuple[str, str]]:
    """File and text of what is Kazakh beside the catalogue.

    Texts of consent are not among them: what was published stays word for word.
    """
    for path in sorted((RESOURCES / "help" / "kk").glob("*.md")):
        yield path.name, path.read_text(encoding="utf-8")
    for folder in ("vocabularies", "breach", "calendar", "seed"):
        for path in sorted((RESOURCES / folder).glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                yield from (
                    (path.name, row["kk"]) for row in csv.DictReader(file) if row.get("kk")
                )


def everything() -> list[tuple[str, str]]:
    return [*catalogue(), *papers()]


def found(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in everything() if pattern.search(text)]


def test_no_ending_hangs_on_what_the_program_fills_in():
    assert found(GLUED) == []


def test_what_asks_for_a_case_has_a_word_that_bears_it():
    """«{day} дейін» becomes «29.11.2026 дейін»; «{day} күніне дейін» can be read."""
    assert found(UNGOVERNED) == []


def test_nothing_is_plural_after_a_number():
    assert found(PLURAL) == []


def test_quotes_are_those_of_kazakh():
    assert found(QUOTES) == []


def test_a_dash_is_long_but_in_names_and_spans():
    assert found(DASH) == []


def test_one_thing_has_one_word():
    old = [
        (name, re.search(word, text, re.IGNORECASE)[0], new)
        for name, text in everything()
        for word, new in RETIRED.items()
        if re.search(rf"\b{word}", text, re.IGNORECASE)
    ]

    assert old == []


def test_latin_words_are_those_of_the_english_text():
    """A Latin «a», «c» or «i» that stands alone looks Kazakh, and is not found."""
    strange = [
        (english, word)
        for english, text in catalogue()
        for word in re.findall(r"[A-Za-z]+", re.sub(VALUE, " ", text))
        if word.lower() not in KNOWN and word.lower() not in english.lower()
    ]

    assert strange == []


def test_a_command_is_named_by_its_deed():
    """«Сақтау», not «Сақтаңыз»: a whole sentence asks the person, a button names what it does."""
    asked = [english for english, text in catalogue() if ASKED.search(text)]

    assert sorted(set(asked) - SPOKEN) == []


@pytest.mark.parametrize(
    ("pattern", "wrong", "right"),
    [
        (GLUED, "{n}-тен аз", "{n} дегеннен аз"),
        (GLUED, "«{name}»-ға жіберілді", "«{name}» алушыға жіберілді"),
        (GLUED, "{name}ға жіберілді", "{n}-жол"),
        (GLUED, "{morning}:00-ге дейін", "{count} парақтың {number}-парағы"),
        (GLUED, "жауаптардың {own} %-ы", "жауаптардың {own} пайызы, басқаларда {rest} %"),
        (UNGOVERNED, "{day} дейін", "{day} күніне дейін"),
        (PLURAL, "{n} жазбалар", "{n} жазба"),
        (PLURAL, "5 фотоларды қосу", "{n} компьютер"),
        (QUOTES, "“Бүгін”", "«Бүгін»"),
        (DASH, "Жол – сан", "«Ауыл – ел бесігі», {low} – {high}"),
        (ASKED, "Облыстан сұраңыз…", "Облыстан сұрау…"),
    ],
)
def test_each_rule_sees_its_fault(pattern, wrong, right):
    assert pattern.search(wrong)
    assert not pattern.search(right)
