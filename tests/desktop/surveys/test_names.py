"""What tells of somebody in an open answer is found; places and offices are left."""

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy import texts
from desktop.surveys.names import BLACK, Span, blackened, find, screened
from tests.desktop.surveys.open_answers import Said, answers

SENTENCES = 1_500
RECALL, PRECISION = 0.95, 0.95
LONG = 65_536
SECONDS = 20  # for the longest text; it takes about one, and what is not linear takes hours

NAMED = {
    "Суды Асан аға жөндесін": "Суды ▇▇▇ аға жөндесін",
    "Айналайын Гүлнұр апай": "Айналайын ▇▇▇ апай",
    "Менің атым Айгүл Нұрланқызы": "Менің атым ▇▇▇",
    "көрші асан серікұлы жер алды": "көрші ▇▇▇ жер алды",
    "Сосед Иванов Пётр Сергеевич пьёт": "Сосед ▇▇▇ пьёт",
    "Директор школы Оспанова Г.К. берёт деньги": "Директор школы ▇▇▇. берёт деньги",
    "Мектеп директоры Г. К. Оспанова ақша алады": "Мектеп директоры ▇▇▇ ақша алады",
    "А.Б. Ахметов обещал": "▇▇▇ обещал",
    "Асанның үйі, Асанға, Асаннан; Оспановтың": "▇▇▇ үйі, ▇▇▇, ▇▇▇; ▇▇▇",
    "Асанның ауылы": "▇▇▇ ауылы",
    "звоните 8 701 123 45 67 или +7(747)1234567": "звоните ▇▇▇ или ▇▇▇",
    "87011234567": "▇▇▇",
    "ИИН 850101300123": "ИИН ▇▇▇",
    "ivan@mail.ru, @asan_s, wa.me/77011234567, https://t.me/asan": "▇▇▇, ▇▇▇, ▇▇▇, ▇▇▇",
    "карта 4400 4301 1234 5678": "карта ▇▇▇",
}
LEFT = (
    "Абай көшесінде су жоқ",
    "Төле би ауданы, Алпамыс батыр ауылы",
    "Бауыржан Момышұлы көшесінде шұңқыр",
    "На ул. Сейфуллина и на улице Момышұлы нет воды",
    "Школа имени Ахметова закрыта",
    "В селе Карнак нет газа",
    "Созақ ауданының әкімі",
    "Верховный Суд и депутаты Верховной Рады",
    "Ұлы Отан соғысы, Қазақстан Республикасы",
    "Арман көп, жұмыс жоқ. Әлі күтеміз",
    "Жол бюджеті 1 000 000 000 теңге, 87 000 000 000 тенге, 2026-2030",
    "прогулы, модули и формулы",
    "Бұлардың бәрі алынады",
    "V. Фото или видео",
    "615647000",
)


@pytest.mark.parametrize(("text", "black"), NAMED.items())
def test_who_is_named_is_black(text, black):
    assert blackened(text) == black


@pytest.mark.parametrize("text", LEFT)
def test_what_names_nobody_is_left(text):
    assert blackened(text) == text


def test_the_sort_of_each_is_told():
    found = find("Асан, 87011234567, 850101300123, a@b.kz, @asan_s")

    assert [span.sort for span in found] == ["person", "phone", "iin", "email", "account"]


def test_at_least_19_of_20_who_are_named_are_found_and_what_is_found_is_somebody():
    """Figures: docs/security.md, row 21. Names that no list has are among them."""
    recall, precision, told = measured(answers(SENTENCES, seed=1))

    assert told > SENTENCES / 2
    assert recall >= RECALL
    assert precision >= PRECISION


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_next_to_nobody_is_found_in_what_the_program_says(language):
    said = [
        text
        for message in texts.read(language)
        for text in (message.string if isinstance(message.string, tuple) else (message.string,))
    ]
    wrong = [text for text in said if find(text)]

    assert len(said) > 1_500
    assert [text for text in wrong if "+7 701 123" not in text] == []


ODD = st.text(
    st.sampled_from("АаӘәҰұыіңлГ.К -@+78(01)\n«»▇_’/") | st.characters(codec="utf-8"), max_size=60
)
PIECES = st.lists(
    st.sampled_from([word for text in (*NAMED, *LEFT) for word in text.split()] + [".", ","]),
    max_size=14,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(ODD | PIECES)
def test_black_stays_black_and_nothing_is_found_beside_it(text):
    black = blackened(text)

    assert find(black) == []
    assert blackened(black) == black
    spans = find(text)
    assert all(one.start < one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    "piece",
    [
        "Асан ",
        "а",
        "a@",
        "А.",
        "8 7",
        "1",
        ".",
        " ",
        "Оспанова Г.К. ",
        "a.b-",
        "улица Абай ",
        "ұлы",
        "А",
        "t.me/",
    ],
)
def test_a_long_answer_takes_no_longer_than_its_length(piece):
    text = (piece * (LONG // len(piece) + 1))[:LONG]
    began = time.process_time()
    blackened(text)

    assert time.process_time() - began < SECONDS


def test_how_long_a_name_was_is_not_told():
    assert blackened("Айгүл Нұрланқызы") == blackened("87011234567") == BLACK


def test_ids_and_choices_are_left():
    id = "6f1e2d3c-0000-4000-8000-850101300123"

    assert screened(id) == id
    assert screened(["water", "Асан келді", 5]) == ["water", "▇▇▇ келді", 5]
    assert screened(None) is None


def measured(said) -> tuple[float, float, int]:
    """(share of those told of who are found whole, share of what is found that tells, how many)."""
    told = whole = found = right = 0
    for one in said:
        spans = find(one.text)
        told += len(one.told)
        whole += sum(not _left(one, place, spans) for place in one.told)
        found += len(spans)
        right += sum(any(a < span.end and span.start < b for a, b in one.told) for span in spans)
    return whole / told, right / found, told


def _left(said: Said, place: tuple[int, int], spans: Sequence[Span]) -> str:
    """What can still be read of one who is told of."""
    letters = (at for at in range(*place) if said.text[at].isalnum())
    return "".join(
        said.text[at] for at in letters if not any(one.start <= at < one.end for one in spans)
    )
