"""A long text that tells of political views: one line reminds, and nothing is forbidden."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from sync.language import speak
from sync.places import load_pack
from sync.records.base import field_map
from sync.records.issue import Issue
from sync.records.notes import Comment
from tests.ui.desks import SOZAQ
from ui.widgets.form_field import FormField

VIEWS, WATER = "Ол билікке қарсы, оппозицияны қолдайды.", "Ауылда су жоқ."


@pytest.fixture(params=[(Issue, "essence"), (Comment, "text")], ids=["essence", "comment"])
def field(request, qtbot):
    record, name = request.param
    made = FormField(field_map(record)[name], load_pack("turkistan"), SOZAQ)
    qtbot.addWidget(made)
    return made


def test_the_line_comes_with_the_words_and_goes_with_them(field):
    field.input.setPlainText(VIEWS)
    assert not field.reminder.isHidden()
    assert field.reminder.text()

    field.input.setPlainText(WATER)
    assert field.reminder.isHidden()


def test_what_was_typed_stays_and_nothing_is_wrong(field):
    field.input.setPlainText(VIEWS)

    assert field.value() == VIEWS
    assert field.problem.isHidden()


def test_a_text_that_is_opened_is_looked_at_too(field):
    field.set_value(VIEWS)
    assert not field.reminder.isHidden()


def test_the_place_of_a_meeting_is_no_free_text(qtbot):
    made = FormField(field_map(Issue)["address"], load_pack("turkistan"), SOZAQ)
    qtbot.addWidget(made)
    made.set_value(VIEWS)

    assert made.reminder.isHidden()


def test_the_line_is_said_in_the_language_spoken_now(field):
    field.input.setPlainText(VIEWS)
    speak("ru")
    QApplication.sendEvent(field, QEvent(QEvent.Type.LanguageChange))

    assert field.reminder.text().startswith("Политические взгляды")
