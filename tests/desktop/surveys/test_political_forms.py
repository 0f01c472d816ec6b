"""A form that asks who answers may not ask about political views: refused where it comes in."""

import pytest

from desktop import forms
from desktop.surveys.bundled import bundled_forms
from desktop.surveys.form import load_form
from desktop.surveys.political import cells_of, refused
from desktop.surveys.xlsform import read_xlsform
from sync.records.survey import Form
from tests.desktop.surveys.test_xlsforms import workbook

pytestmark = pytest.mark.usefixtures("compiled_here")

WHO = ["text", "who", "Аты-жөніңіз"]
WATER = ["text", "water", "Ауылда су бар ма?"]
VOTE = ["text", "last_time", "За кого вы голосовали?"]


def test_it_is_told_by_sheet_row_column_and_words(tmp_path):
    checked = read_xlsform(workbook(tmp_path, [WHO, WATER, VOTE]))

    assert not checked.ok
    [message] = checked.messages
    assert (message.sheet, message.row, message.column) == ("survey", 4, "label")
    assert "(голосовали)" in message.text.words("en")
    assert "“Аты-жөніңіз”" in message.text.words("en")


def test_a_choice_is_found_on_its_sheet(tmp_path):
    path = workbook(
        tmp_path,
        [WHO, ["select_one why", "why", "Почему?"]],
        choices=[
            ["list_name", "name", "label"],
            ["why", "a", "Дорога"],
            ["why", "b", "Оппозиция"],
        ],
    )

    [message] = read_xlsform(path).messages

    assert (message.sheet, message.row, message.column) == ("choices", 3, "label")


def test_the_name_of_a_question_tells_as_much_as_its_label(tmp_path):
    checked = read_xlsform(
        workbook(tmp_path, [["text", "phone", "Нөмір"], ["text", "political_views", "Пікір"]])
    )

    [message] = checked.messages
    assert (message.row, message.column) == (3, "name")


@pytest.mark.parametrize("rows", [[WATER, VOTE], [WHO, WATER]], ids=["nobody", "nothing"])
def test_other_forms_are_taken(tmp_path, rows):
    assert read_xlsform(workbook(tmp_path, rows)).ok


def test_a_note_that_promises_to_ask_no_names_names_nobody(tmp_path):
    note = ["note", "n", "Аты-жөніңіз бен телефоныңыз жазылмайды"]

    assert read_xlsform(workbook(tmp_path, [note, VOTE])).ok


@pytest.mark.parametrize("bundled", bundled_forms(), ids=lambda one: one.key)
def test_the_own_forms_are_taken(bundled):
    assert refused(cells_of(load_form(bundled.xform()))) == []
    assert forms.check(Form, {"name": "a", "xform": bundled.xform()}) == {}


def test_such_a_form_cannot_be_saved_by_another_way(tmp_path):
    named = read_xlsform(workbook(tmp_path, [WHO, VOTE])).xform
    anonymous = read_xlsform(workbook(tmp_path, [WATER, VOTE], "other.xlsx")).xform

    assert list(forms.check(Form, {"name": "a", "xform": named})) == ["xform"]
    assert forms.check(Form, {"name": "a", "xform": anonymous}) == {}
    assert forms.check(Form, {"name": "a", "xform": "no form"}) == {}


def test_a_named_form_may_not_ask_for_views_though_it_asks_for_no_name(tmp_path):
    xform = read_xlsform(workbook(tmp_path, [WATER, VOTE])).xform

    problems = forms.check(Form, {"name": "a", "xform": xform, "use": "named"})

    assert "filled in by name" in problems["xform"].words("en")
    assert "голосовали" in problems["xform"].words("en")
    water = read_xlsform(workbook(tmp_path, [WATER], "water.xlsx")).xform
    assert forms.check(Form, {"name": "a", "xform": water, "use": "named"}) == {}
