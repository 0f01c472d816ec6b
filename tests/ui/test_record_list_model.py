"""The rows of a list by pages, and how a record is told in one line."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from desktop.actions.listing import Listing
from desktop.actions.titles import tag
from sync.language import speak
from sync.places import load_pack
from sync.records import KINDS
from sync.records.base import fields
from tests.ui.desks import VILLAGE
from ui.models.lines import line
from ui.models.lines import lines as lines_of
from ui.models.record_list import KEPT, PAGE, RecordList


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


WORDS = ("Көктөбе көшесінде ауыз су жоқ", "Мектепке апаратын жол", "Көше шамдары жанбайды")


@pytest.fixture
def lines():
    return [told(essence=words) for words in WORDS]


def listing(lines):
    return Listing([line.id.hex for line in lines])


@pytest.fixture
def model(lines, qapp):
    model = RecordList()
    model.show_listing(listing(lines), {0: lines})
    return model


def titles(model):
    return [model.index(number).data() for number in range(model.rowCount())]


def many(count):
    return [f"{number:032x}" for number in range(count)]


def test_the_model_keeps_the_rules_of_qt(model, qtmodeltester):
    qtmodeltester.check(model)


def test_a_page_is_wanted_once_when_one_of_its_rows_is_looked_at(model):
    wanted = []
    model.wanted.connect(wanted.append)
    model.show_listing(Listing(many(1_000)), {})

    for row in (250, 251, 299, 300):
        assert model.index(row).data(model.LineRole) is None

    assert wanted == [2, 3]


def test_lines_that_come_are_shown_in_their_rows(model, lines, qtbot):
    shown = listing(lines)
    model.show_listing(shown, {})

    with qtbot.waitSignal(model.dataChanged) as changed:
        model.fill(shown, {0: lines})

    assert titles(model) == list(WORDS)
    assert [index.row() for index in changed.args[:2]] == [0, 2]


def test_lines_for_a_list_that_is_no_longer_shown_are_left(model, lines):
    before, wanted = listing(lines), []
    model.show_listing(Listing(many(3)), {})
    model.wanted.connect(wanted.append)

    model.fill(before, {0: lines})

    assert titles(model) == [None] * 3
    assert wanted == [0]


def test_until_a_page_comes_anew_its_rows_are_shown_as_they_were(model, lines):
    wanted = []
    assert titles(model) == list(WORDS)
    model.wanted.connect(wanted.append)

    model.show_listing(listing(lines[::-1]), {})

    assert titles(model) == list(WORDS[::-1])
    assert wanted == [0]


def test_a_page_that_was_only_scrolled_past_is_wanted_when_it_is_seen_again(model):
    wanted = []
    model.wanted.connect(wanted.append)
    model.show_listing(Listing(many(300)), {})
    model.index(0).data()

    model.pass_over([0])
    model.index(0).data()

    assert wanted == [0, 0]


def test_of_a_long_list_only_the_lines_seen_last_are_kept(model):
    one, ids = told(essence="Су"), many(KEPT + 5 * PAGE)
    shown = Listing(ids)
    model.show_listing(shown, {})
    for page in range(len(ids) // PAGE):
        some = [replace(one, id=UUID(hex=id)) for id in ids[page * PAGE : page * PAGE + PAGE]]
        model.fill(shown, {page: some})
    wanted = []
    model.wanted.connect(wanted.append)

    assert model.index(len(ids) - 1).data() == "Су"
    assert model.index(0).data() is None
    assert wanted == [0]


def test_records_are_found_again_by_their_ids(model, lines):
    model.show_listing(listing(lines[1:]), {})

    assert [model.row_of(line.id) for line in lines] == [-1, 0, 1]
    assert model.id_at(model.index(1)) == lines[2].id
    assert model.id_at(model.index(-1)) is None


def test_an_issue_has_a_tag_until_the_server_numbers_it():
    waits, numbered = row(), row(number="СЗ-2026-14")

    assert tag(waits) == "~" + waits["id"].hex[-5:].upper()
    assert tag(numbered) == "СЗ-2026-14"


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

    assert all(one.title for one in lines_of(rows, load_pack("turkistan")))
