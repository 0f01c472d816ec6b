"""A list and what is open: side by side where there is room, else one at a time."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView, QVBoxLayout, QWidget

from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, story
from tests.ui.keys import press, settle, show
from ui import theme
from ui.screens import screens_for
from ui.widgets.two_panes import TwoPanes


@pytest.fixture
def panes(qtbot):
    view = QListView()
    view.setModel(QStringListModel(["Су", "Жол"], view))
    view.setMinimumWidth(300)
    left, right = QWidget(), QLabel("Су жоқ")
    QVBoxLayout(left).addWidget(view)
    whole = QWidget()
    made = TwoPanes(whole, left, right)
    around = QVBoxLayout(whole)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(made)
    show(qtbot, whole)
    whole.resize(1000, 500)
    yield made, left, right, view
    theme.enlarge(1.0)


def test_with_room_both_are_seen_whatever_one_turns_to(panes):
    made, left, right, _ = panes
    for number in (0, 1):
        made.turn_to(number)
        assert left.isVisible()
        assert right.isVisible()
    assert not made.buttons[0].isVisible()


def test_in_a_narrow_window_a_row_leads_to_what_is_open_and_a_button_back(qtbot, panes):
    made, left, right, view = panes
    made.window().resize(600, 500)
    assert (left.isVisible(), right.isVisible()) == (True, False)

    place = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (left.isVisible(), right.isVisible()) == (False, True)
    assert made.buttons[1].isChecked()

    made.buttons[0].click()
    assert (left.isVisible(), right.isVisible()) == (True, False)

    made.window().resize(1000, 500)
    assert (left.isVisible(), right.isVisible()) == (True, True)


def test_words_that_come_while_one_types_take_the_list_away_no_more(panes):
    made, left, right, _ = panes
    made.window().resize(730, 500)
    assert left.isVisible()

    right.setMinimumWidth(500)  # «not saved yet» stands there now
    QApplication.processEvents()
    assert left.isVisible()

    made.turn_to(1)  # another record is opened
    assert not left.isVisible()


def test_larger_words_need_more_room(panes):
    made, *_ = panes
    assert not made.narrow
    theme.enlarge(2.0)
    made.window().resize(1010, 500)
    assert made.narrow


def test_a_record_is_worked_on_by_keys_where_it_has_the_window_alone(qtbot, desk, jobs, said):
    record(desk, "issue", story()["issues"][0])
    [issues] = [one for one in screens_for("activist") if one.key == "issues"]
    screen = issues.build(desk, jobs)
    show(qtbot, screen)
    screen.resize(600, 600)
    settle(qtbot, jobs)
    screen.list.view.setFocus()
    press(Qt.Key.Key_Down, widget=screen.list.view)
    assert screen.list.isVisible()  # walking through the list stays in it

    press(Qt.Key.Key_Return, widget=screen.list.view)
    settle(qtbot, jobs)
    assert screen.pages.isVisible()
    assert not screen.list.isVisible()
    assert screen.editor.form.isAncestorOf(screen.focusWidget())

    press(Qt.Key.Key_Escape, widget=screen)
    assert screen.list.isVisible()
    assert screen.list.view.hasFocus()
    screen.hide()
    settle(qtbot, jobs)
    screen.deleteLater()


def test_what_is_said_of_saving_takes_no_room_from_the_list(qtbot, desk, jobs):
    """“Not saved yet” is longer than “Saved here”: the list went away while one typed."""
    screen = next(one for one in screens_for("activist") if one.key == "issues").build(desk, jobs)
    show(qtbot, screen)
    screen.open_record(record(desk, "issue", story()["issues"][0]))
    settle(qtbot, jobs)
    shorter = _least(screen.editor.header, "Сақталды")

    longer = _least(screen.editor.header, "Әлі сақталмаған; терген мәтініңіз жоғалмайды " * 5)

    assert longer == shorter


def _least(header, words):
    header.below.setText(words)
    header.layout().invalidate()
    header.layout().activate()
    return header.layout().minimumSize().width()
