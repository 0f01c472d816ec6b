"""A list is put in order by its button and by keys; the order stays with a view, and until the next start."""

import pytest
from PySide6.QtCore import Qt

from desktop.actions import views
from desktop.actions.listing import Wish
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record
from tests.ui.keys import press, settle, show
from ui.screens.issues import IssuesScreen

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
DAYS = ("2026-12-30", "2026-12-01", None)


@pytest.fixture
def issues(desk):
    return [record(desk, "issue", {"essence": f"Су {day}", "due_on": day}) for day in DAYS]


@pytest.fixture
def build(qtbot, desk, jobs, issues):
    def build():
        screen = IssuesScreen(desk, jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        screen.list.search.setFocus()
        return screen

    return build


def listed(screen, issues):
    return [issues.index(screen.list.model.id_at(screen.list.model.index(row))) for row in
            range(screen.list.model.rowCount())]  # fmt: skip


def entries(screen):
    menu = screen.list.order_button._entries
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


def test_a_key_opens_the_menu_and_the_same_field_again_turns_it(qtbot, jobs, build, issues):
    screen = build()
    assert listed(screen, issues) == [2, 1, 0]
    assert screen.list.ordered.isHidden()

    press(Qt.Key.Key_O, CONTROL_SHIFT, screen.list.search)
    assert screen.list.order_button._entries.isVisible()
    screen.list.order_button._entries.hide()
    [due] = [one for words, one in entries(screen).items() if "мерзім" in words.lower()]
    words = due.text()
    due.trigger()
    settle(qtbot, jobs)
    assert listed(screen, issues) == [0, 1, 2]
    assert screen.list.ordered.text() == f"Реті: {words}: ең кешінен"

    entries(screen)[f"{words}: ең кешінен"].trigger()
    settle(qtbot, jobs)
    assert listed(screen, issues) == [1, 0, 2]
    assert screen.list.order_button.accessibleName() == f"Реті: {words}: ең ертесінен"

    entries(screen)["Соңғы өзгерісі бойынша"].trigger()
    settle(qtbot, jobs)
    assert listed(screen, issues) == [2, 1, 0]
    assert screen.list.ordered.isHidden()


def test_an_order_is_saved_as_a_view_and_comes_back_with_it(qtbot, desk, jobs, build, issues):
    screen = build()
    screen.list.order_button.choose("due_on")
    settle(qtbot, jobs)
    press(Qt.Key.Key_S, CONTROL_SHIFT, screen.list.search)
    assert screen.views.name.text().endswith(": ең кешінен")
    screen.views.name.setText("Мерзімі")
    press(Qt.Key.Key_Return, widget=screen.views.name)
    settle(qtbot, jobs)
    assert views.read_views(desk, "issue") == [views.View("Мерзімі", Wish(order="-due_on"))]
    assert screen.views.chips["Мерзімі"].isChecked()

    screen.list.order_button.choose("")
    settle(qtbot, jobs)
    assert not screen.views.chips["Мерзімі"].isChecked()
    screen.views.chips["Мерзімі"].click()
    settle(qtbot, jobs)

    assert screen.list.order_button.order == "-due_on"
    assert listed(screen, issues) == [0, 1, 2]


def test_the_order_is_there_after_a_restart_and_one_that_is_not_known_is_left(
    qtbot, jobs, build, issues
):
    screen = build()
    screen.list.order_button.choose("due_on")
    settle(qtbot, jobs)
    again = build()

    assert listed(again, issues) == [0, 1, 2]
    again.list.order_button.show_order("applicant")
    assert again.list.order_button.order == ""


def test_where_there_is_nothing_there_is_no_order_and_nothing_to_be_chosen(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    assert screen.list.order_button.isHidden()
    assert screen.pages.currentWidget().sentence.text() == ""
    press(Qt.Key.Key_O, CONTROL_SHIFT, screen.list.search)
    assert not screen.list.order_button._entries.isVisible()

    record(desk, "issue", {"essence": "Су жоқ"})
    screen.reload()
    settle(qtbot, jobs)
    assert screen.list.order_button.isVisible()
    assert screen.pages.currentWidget().sentence.text()


def test_it_stands_beside_the_first_filters_however_many_rows_they_need(build):
    screen = build()
    button, chips = screen.list.order_button, screen.list.chips.values()
    seen = [chip for chip in chips if chip.isVisible()]

    assert len({chip.y() for chip in seen}) > 1
    assert button.y() == min(chip.y() for chip in seen)
    assert button.x() >= max(chip.geometry().right() for chip in seen)
