import time
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from sync.folding import fold
from sync.language import speak
from sync.places import load_pack
from sync.records import KINDS
from sync.records.base import fields
from tests.ui.desks import VILLAGE
from ui.models.lines import Teller, line, tag
from ui.models.record_list import ALL, UNSENT, RecordList


@pytest.fixture(autouse=True)
def kazakh():
    speak("kk")
    yield
    speak("kk")


def row(kind="issue", **values):
    empty = {field.name: None for field in fields(KINDS[kind])}
    system = {"id": uuid4(), "kind": kind, "review": "draft", "unsent": False, "conflicts": {}}
    return {**empty, **system, **values}


def told(**values):
    return line(row(**values), load_pack("turkistan"))


@pytest.fixture
def model(qapp, qtmodeltester):
    model = RecordList()
    model.show_lines(
        [
            told(essence="Көктөбе көшесінде ауыз су жоқ", village=VILLAGE, unsent=True),
            told(essence="Мектепке апаратын жол", category="roads", review="sent"),
            told(essence="Көше шамдары жанбайды", review="returned"),
        ]
    )
    qtmodeltester.check(model)
    return model


def titles(model):
    return [model.index(number).data() for number in range(model.rowCount())]


def test_words_typed_on_a_russian_keyboard_find_kazakh_ones(model):
    model.search("коктобе су")

    assert titles(model) == ["Көктөбе көшесінде ауыз су жоқ"]


def test_a_record_is_found_by_its_village_and_its_category(model):
    model.search("созак")
    by_village = titles(model)
    model.search("жол")

    assert by_village == ["Көктөбе көшесінде ауыз су жоқ"]
    assert titles(model) == ["Мектепке апаратын жол"]


def test_a_state_filter_leaves_what_its_count_says(model):
    counts = model.counts()
    for state in (ALL, UNSENT, "draft", "sent", "returned"):
        model.keep_state(state)
        assert model.rowCount() == counts[state]
    assert counts[ALL] == 3


def test_new_lines_keep_the_filter_and_records_are_found_again(model):
    model.keep_state("draft")
    other = told(essence="Жаңа", review="draft")

    model.show_lines([other, told(essence="Басқа", review="sent")])

    assert titles(model) == ["Жаңа"]
    assert model.row_of(other.id) == 0
    assert model.row_of(uuid4()) == -1


def test_fifty_thousand_lines_are_filtered_while_one_types(qapp):
    known = told(essence="Көктөбе көшесінде ауыз су жоқ, тұрғындар тасып отыр", village=VILLAGE)
    model = RecordList()
    model.show_lines([replace(known, id=uuid4()) for _ in range(50_000)])
    started = time.perf_counter()

    model.search("коктобе")

    assert model.rowCount() == 50_000
    assert time.perf_counter() - started < 10.0  # measured 0.02 s


def test_an_issue_has_a_tag_until_the_server_numbers_it():
    waits, numbered = row(), row(number="СЗ-2026-14")

    assert tag(waits) == "~" + waits["id"].hex[:5].upper()
    assert tag(numbered) == "СЗ-2026-14"
    assert fold(tag(waits)) in told(id=waits["id"]).found_by


def test_the_first_line_of_a_long_text_is_the_title():
    assert told(essence="\n  Су жоқ \nҮш айдан бері").title == "Су жоқ"
    assert told().title != ""


def test_a_line_says_where_of_what_sort_and_when():
    shown = told(
        kind="meeting", type="dialogue", village=VILLAGE, title="Су", held_on=date(2026, 11, 23)
    )

    assert shown.below == "Созақ ауылы, Созақ ауылдық округі · Диалогтық алаң"
    assert shown.when == date(2026, 11, 23)


def test_every_kind_can_be_told():
    rows = [row(kind, edited=1, revision=0) for kind in KINDS]

    assert all(one.title for one in Teller(load_pack("turkistan")).lines(rows))


def test_only_rows_that_changed_are_told_again():
    teller = Teller(load_pack("turkistan"))
    one, other = row(edited=1, revision=0), row(edited=1, revision=0)
    before = teller.lines([one, other])

    after = teller.lines([one | {"edited": 2, "essence": "Жаңа"}, other])

    assert after[1] is before[1]
    assert after[0].title == "Жаңа"


def test_lines_that_changed_come_first_and_removed_ones_go(model):
    first, second, third = (model.id_at(model.index(n)) for n in range(3))
    changed = told(id=third, essence="Өзгерді")

    model.change_lines({third: changed, second: None})

    assert [model.id_at(model.index(n)) for n in range(model.rowCount())] == [third, first]
    assert titles(model)[0] == "Өзгерді"
