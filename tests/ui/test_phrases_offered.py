"""Two colons in a text of a record offer phrases, by keys alone; nowhere else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import phrases
from tests.ui.at_work import given_desk, given_jobs, given_kazakh  # noqa: F401
from tests.ui.desks import record, story
from tests.ui.keys import press, settle, show, write
from ui.dialogs.phrases import PhrasesDialog
from ui.screens.issues import IssuesScreen
from ui.screens.meetings import MeetingsScreen
from ui.widgets.text_inputs import LongText

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot, desk, jobs):
    phrases.keep_own(desk, ["Су құбыры ауыстырылды"])
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    screen.begin()
    settle(qtbot, jobs)
    return screen


def field(screen, name):
    return screen.editor.form.fields[name].input


def popup(screen):
    return screen.editor.phrases.popup


def rows(screen):
    listed = popup(screen).list
    return [listed.item(at).text() for at in range(listed.count())]


def shown(screen):
    return popup(screen) is not None and popup(screen).isVisible()


@pytest.mark.parametrize("name", ["essence", "address"])
def test_two_colons_letters_and_enter_write_a_phrase_where_one_types(qtbot, jobs, screen, name):
    text = field(screen, name)
    text.setFocus()
    write("Бұл: ")
    assert not shown(screen)
    write("::")
    settle(qtbot, jobs)
    assert shown(screen)
    assert rows(screen)[0] == "Су құбыры ауыстырылды"
    assert len(rows(screen)) == 1 + 18 + 1

    write("кубыр")
    assert rows(screen)[:-1] == ["Су құбыры ауыстырылды"]
    press(KEY.Key_Return)

    assert text.value() == "Бұл: Су құбыры ауыстырылды"
    assert text.hasFocus()
    assert not shown(screen)
    press(KEY.Key_Z, CTRL)
    assert text.value() == "Бұл: ::кубыр"


def test_arrows_choose_and_go_round(qtbot, jobs, screen):
    text = field(screen, "essence")
    text.setFocus()
    write("::")
    settle(qtbot, jobs)
    second = rows(screen)[1]
    press(KEY.Key_Up)
    press(KEY.Key_Down)
    press(KEY.Key_Down)
    assert text.accessibleDescription() == second
    press(KEY.Key_Tab)

    assert text.value() == second
    assert text.hasFocus()


def test_esc_leaves_what_was_typed_and_asks_no_more_until_the_next_colons(qtbot, jobs, screen):
    text = field(screen, "essence")
    text.setFocus()
    write("12::3")
    settle(qtbot, jobs)
    press(KEY.Key_Escape)
    write("0")

    assert not shown(screen)
    assert text.value() == "12::30"
    assert text.hasFocus()
    write(" ::")
    assert shown(screen)


def test_another_field_closes_the_list(qtbot, jobs, screen):
    field(screen, "essence").setFocus()
    write("::")
    settle(qtbot, jobs)

    field(screen, "address").setFocus()

    assert not shown(screen)


def test_a_persons_name_is_offered_none(qtbot, jobs, screen):
    screen.editor.form.set_values({"consent_way": "signed"})
    field(screen, "applicant").setFocus()
    write("::")
    settle(qtbot, jobs)

    assert not shown(screen)


def test_parts_that_come_later_have_them_too(qtbot, desk, jobs):
    screen = MeetingsScreen(desk, jobs)
    show(qtbot, screen)
    screen.open_record(record(desk, "meeting", story()["meeting"]))
    settle(qtbot, jobs)
    screen.decisions.add()
    settle(qtbot, jobs)
    text = screen.decisions.findChildren(LongText)[-1]
    text.setFocus()
    write("::")
    settle(qtbot, jobs)

    assert shown(screen)


def test_a_text_outside_a_record_has_none(qtbot, jobs, screen):
    """As the answers of a survey are: they are on no page of a record."""
    other = QWidget()
    text = LongText()
    QVBoxLayout(other).addWidget(text)
    show(qtbot, other)
    text.setFocus()
    write("::")
    settle(qtbot, jobs)

    assert not shown(screen)


def test_the_last_row_opens_ones_own_to_be_edited_and_closing_keeps_them(
    qtbot, desk, jobs, screen
):
    text = field(screen, "essence")
    text.setFocus()
    write("::")
    settle(qtbot, jobs)
    press(KEY.Key_Up)
    press(KEY.Key_Return)
    settle(qtbot, jobs)
    dialog = screen.window().findChild(PhrasesDialog)
    assert dialog.texts.value() == "Су құбыры ауыстырылды"
    assert text.value() is None

    dialog.texts.set_value("Бірінші\nЕкінші")
    dialog.reject()
    settle(qtbot, jobs)

    assert phrases.own(desk) == ["Бірінші", "Екінші"]


def test_a_window_too_low_has_the_list_above_the_cursor(qtbot, jobs, screen):
    screen.resize(1200, 420)
    text = field(screen, "address")
    text.setFocus()
    screen.editor.form.focus_field("address")
    write("::")
    settle(qtbot, jobs)

    inside = screen.rect().contains(popup(screen).geometry())
    assert inside


def test_another_page_offers_them_by_itself(qtbot, desk, jobs, screen):
    other = IssuesScreen(desk, jobs)
    show(qtbot, other)
    other.begin()
    settle(qtbot, jobs)
    field(other, "essence").setFocus()
    write("::")
    settle(qtbot, jobs)

    assert shown(other)
    assert not shown(screen)
