"""Political views are known by words: in questions that ask for them, and not in honest ones.

Planted and honest questions were used to make the rules; those of unseen.csv were written after
the rules had been changed for the last time, and tell how far they reach.
"""

import csv
import time
from pathlib import Path

import pytest

from sync.language import LANGUAGES, tr
from sync.political import naming, political
from sync.records import KINDS
from sync.records.base import fields
from sync.vocabulary import choices
from tests.sync.test_vocabulary import NAMES

QUESTIONS = Path(__file__).parent.parent / "political"
RECALL, FALSE_ALARMS = 0.95, 0.02
ALLOWED = {  # of nobody who is asked, or works here
    ("official_body", "party"),  # to which body an official belongs, whose office is rated
    ("ballot", "election"),  # to which vote a survey is linked: the law then asks for its passport
    ("ballot", "referendum"),
    ("holiday", "first_president_day"),  # a day off until 2021
}
ALLOWED_FIELDS = {("wave", "polling_day"), ("wave", "notice_number")}  # of that vote


def read(name):
    with (QUESTIONS / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


PLANTED, HONEST, UNSEEN = read("planted"), read("honest"), read("unseen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_questions_about_political_views_hardly_one_is_missed(language):
    asked = [row["question"] for row in PLANTED if row["language"] == language]
    missed = [question for question in asked if not political(question)]

    assert len(asked) >= 66
    assert len(missed) <= (1 - RECALL) * len(asked), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_an_honest_question_is_taken_for_one(language):
    asked = [row["question"] for row in HONEST if row["language"] == language]
    taken = [question for question in asked if political(question)]

    assert len(asked) >= 66
    assert len(taken) <= FALSE_ALARMS * len(asked), taken


def test_the_rules_reach_to_questions_that_were_not_looked_at_when_they_were_made():
    political_ones = [row["question"] for row in UNSEEN if row["political"] == "yes"]
    others = [row["question"] for row in UNSEEN if row["political"] == "no"]

    assert sum(not political(one) for one in political_ones) <= (1 - RECALL) * len(political_ones)
    assert sum(bool(political(one)) for one in others) <= FALSE_ALARMS * len(others)


def test_no_question_is_counted_twice():
    asked = [row["question"] for row in (*PLANTED, *HONEST, *UNSEEN)]

    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Членом какой партии вы являетесь?", ("партии",)),
        ("СОҢҒЫ САЙЛАУДА КІМГЕ ДАУЫС БЕРДІҢІЗ", ("ДАУЫС",)),
        ("Сонгы сайлауда кимге дауыс бердиниз", ("дауыс",)),  # on a Russian keyboard
        ("Дoверяете ли вы прeзиденту?", ("Дoверяете", "прeзиденту")),  # Latin o and e
        ("Дауыс зорайтқыш бар ма?", ()),
        ("", ()),
    ],
)
def test_the_words_are_told_as_they_stand_there(text, words):
    assert political(text) == words


def test_no_kind_of_record_has_a_field_for_political_views():
    asked = {
        (kind.kind, field.name)
        for kind in KINDS.values()
        for field in fields(kind)
        for language in LANGUAGES
        for words in (field.name, field.label, tr(field.label, language), tr(field.hint, language))
        if words and political(words.replace("_", " "))
    }

    assert asked == ALLOWED_FIELDS


def test_no_list_offers_political_views_to_choose_from():
    offered = {
        (name, choice.key)
        for name in NAMES
        for choice in choices(name)
        for words in (choice.key.replace("_", " "), *choice.names.values())
        if political(words)
    }

    assert offered == ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        *("Ваше имя", "ФИО респондента", "Как вас зовут?", "Номер телефона", "ИИН", "Ваш адрес"),
        *("Аты-жөніңіз", "Телефоныңыз", "ЖСН", "Мекенжайыңыз", "Отбасы тегі"),
        *("Your name", "Name of the respondent", "Surname", "Phone number", "Home address"),
        *("respondent_name", "phone", "fio", "iin"),
    ],
)
def test_a_question_that_asks_who_answers_is_known(text):
    assert naming(text)


@pytest.mark.parametrize(
    "text",
    [
        "Name of the village",
        "Есть ли в селе телефонная связь?",
        "Ауыл мектебі",
        "Сколько вам лет?",
    ],
)
def test_a_question_that_asks_nobodys_name_is_left_alone(text):
    assert not naming(text)


def test_a_text_is_looked_through_between_two_keys():
    text = "Ауылда су жоқ, жол жөнделмеген, тұрғындар әкімдікке хат жазды. " * 32
    political(text)  # the rules are read
    begun = time.thread_time()
    political(text)

    assert time.thread_time() - begun < 0.1  # 2 ms are usual
