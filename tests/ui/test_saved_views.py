"""A filter and words are saved under a name, come back by a key, and say how many records fit."""

import pytest
from PySide6.QtCore import Qt

from desktop.actions import views
from desktop.actions.listing import Wish
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record
from tests.ui.keys import press, settle, show, write
from ui import messages
from ui.screens.issues import IssuesScreen

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def build(qtbot, desk, jobs):
    def build():
        screen = IssuesScreen(desk, jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        screen.list.search.setFocus()
        return screen

    return build


@pytest.fixture
def screen(desk, build):
    for essence in ("Су жоқ", "Су лас", "Жол бұзылған"):
        record(desk, "issue", {"essence": essence})
    return build()


def save(qtbot, jobs, screen, words, name=""):
    """Search, save the view by keys, under the name that is proposed or another one."""
    screen.list.search.setText(words)
    press(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier, screen.list.search)
    if name:
        write(name, screen.views.name)
    press(Qt.Key.Key_Return, widget=screen.views.name)
    settle(qtbot, jobs)


def told(qtbot, screen, *words):
    qtbot.waitUntil(lambda: [chip.text() for chip in screen.views.chips.values()] == [*words])


def test_a_search_is_saved_by_keys_and_says_how_many_fit(qtbot, desk, jobs, screen):
    save(qtbot, jobs, screen, "су")

    told(qtbot, screen, "су 2")
    assert screen.views.chips["су"].isChecked()
    assert views.read_views(desk, "issue") == [views.View("су", Wish("", "су"))]

    record(desk, "issue", {"essence": "Су тасыды"})
    screen.reload()
    told(qtbot, screen, "су 3")


def test_a_saved_view_comes_back_by_its_key_after_a_restart(qtbot, jobs, build, screen):
    save(qtbot, jobs, screen, "су")
    save(qtbot, jobs, screen, "жол", "Көше")
    again = build()

    press(Qt.Key.Key_1, ALT, again.list.search)
    settle(qtbot, jobs)
    assert again.list.search.text() == "су"
    assert again.list.model.rowCount() == 2

    press(Qt.Key.Key_2, ALT, again.list.search)
    settle(qtbot, jobs)
    assert again.list.model.rowCount() == 1
    again.views.chips["су"].click()
    again.views.chips["Көше"].click()
    settle(qtbot, jobs)
    assert [chip.isChecked() for chip in again.views.chips.values()] == [False, True]

    press(Qt.Key.Key_9, ALT, again.list.search)
    assert again.list.search.text() == "жол"


def test_a_filter_is_saved_with_the_words(qtbot, desk, jobs, screen):
    screen.list.keep_state("draft")
    save(qtbot, jobs, screen, "су")

    [view] = views.read_views(desk, "issue")
    assert view.wish == Wish("draft", "су")
    assert view.name.endswith(" · су")


def test_a_view_is_renamed_where_it_stands(qtbot, desk, jobs, screen):
    save(qtbot, jobs, screen, "су")

    press(Qt.Key.Key_F2, widget=screen.views.chips["су"])
    assert screen.views.name.text() == "су"
    screen.views.name.setText("Ауыз су")
    press(Qt.Key.Key_Return, widget=screen.views.name)
    settle(qtbot, jobs)

    assert [one.name for one in views.read_views(desk, "issue")] == ["Ауыз су"]
    told(qtbot, screen, "Ауыз су 2")


def test_a_view_that_is_deleted_comes_back_by_one_button(qtbot, desk, jobs, screen):
    shown = []
    messages.show_with(shown.append)
    save(qtbot, jobs, screen, "су")
    save(qtbot, jobs, screen, "жол")

    press(Qt.Key.Key_Delete, widget=screen.views.chips["су"])
    settle(qtbot, jobs)
    assert [one.name for one in views.read_views(desk, "issue")] == ["жол"]
    assert "су" in shown[-1].words

    shown[-1].action.run()
    settle(qtbot, jobs)
    messages.stop_showing(shown.append)
    assert [one.name for one in views.read_views(desk, "issue")] == ["су", "жол"]
    assert list(screen.views.chips) == ["су", "жол"]


def test_esc_leaves_the_name_and_nothing_is_saved(qtbot, desk, jobs, screen):
    screen.list.search.setText("су")
    press(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier, screen.list.search)
    press(Qt.Key.Key_Escape, widget=screen.views.name)
    settle(qtbot, jobs)

    assert not screen.views.name.isVisible()
    assert screen.views.save_button.isVisible()
    assert views.read_views(desk, "issue") == []


def test_what_shows_all_or_is_saved_already_is_not_offered_to_be_saved(qtbot, jobs, screen):
    assert not screen.views.save_button.isVisible()
    press(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier, screen.list.search)
    assert not screen.views.name.isVisible()

    save(qtbot, jobs, screen, "су")
    assert not screen.views.save_button.isVisible()
    assert screen.views.rename_button.isVisible()


def test_another_ones_name_is_refused_in_words_and_can_be_mended(qtbot, desk, jobs, screen, said):
    save(qtbot, jobs, screen, "су")
    save(qtbot, jobs, screen, "жол")
    screen.views.begin("жол")
    screen.views.name.setText("су")
    press(Qt.Key.Key_Return, widget=screen.views.name)

    assert screen.views.name.isVisible()
    assert len(said) == 1
    assert len(views.read_views(desk, "issue")) == 2
