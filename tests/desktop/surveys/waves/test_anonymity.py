"""A form that would say who answered cannot be asked by a wave, and says by which question."""

import pytest

from desktop.surveys.bundled import bundled_forms, rating_xform
from desktop.surveys.form import load_form
from desktop.surveys.waves.anonymity import telling
from desktop.surveys.xlsform import read_xlsform
from sync.records.survey import is_survey
from tests.desktop.surveys.test_xlsforms import workbook

pytestmark = pytest.mark.usefixtures("compiled_here")

WATER = ["select_one yes_no", "water", "Ауылда су бар ма?"]
CHOICES = [["list_name", "name", "label"], ["yes_no", "yes", "Иә"], ["yes_no", "no", "Жоқ"]]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["geopoint", "house", "Үйдің орны"], "place"),
        (["geotrace", "road", "Жол"], "place"),
        (["geoshape", "field", "Алқап"], "place"),
        (["image", "photo", "Фото"], "picture"),
        (["audio", "voice", "Дауыс"], "picture"),
        (["video", "film", "Бейне"], "picture"),
        (["file", "paper", "Қағаз"], "picture"),
        (["text", "who", "Аты-жөніңіз"], "who answers"),
        (["text", "q7", "Номер телефона"], "who answers"),
        (["integer", "phone", "Нөмір"], "who answers"),
    ],
    ids=str,
)
def test_it_is_told_by_form_check_as_a_warning_with_its_row(tmp_path, row, why):
    checked = read_xlsform(workbook(tmp_path, [WATER, row], choices=CHOICES))

    [told] = checked.telling
    assert checked.ok  # for records by name it may be used
    assert (told.sheet, told.row, told.stops) == ("survey", 3, False)
    assert why in told.text.words("en")
    assert f"“{row[2]}”" in told.text.words("en")


@pytest.mark.parametrize(
    "row",
    [WATER, ["text", "why", "Неге?"], ["note", "n", "Аты-жөніңіз жазылмайды"]],
    ids=str,
)
def test_other_questions_are_anonymous(tmp_path, row):
    assert read_xlsform(workbook(tmp_path, [row], choices=CHOICES)).telling == ()


def test_the_rating_that_comes_with_the_program_is_anonymous():
    assert [*telling(load_form(rating_xform()))] == []


@pytest.mark.parametrize("bundled", bundled_forms(), ids=lambda one: one.key)
def test_of_the_forms_that_come_along_those_of_surveys_are_anonymous(bundled):
    if is_survey({"use": bundled.use}):
        assert [*telling(load_form(bundled.xform()))] == []
