"""Ctrl+Z takes the last command back and Ctrl+Shift+Z does it again, from anywhere but a field."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.actions import drafts, erasure, records
from sync.language import speak
from tests.profiles import ISSUE
from tests.ui.at_work import given_desk, given_jobs, given_said  # noqa: F401
from tests.ui.desks import record, seen_by
from tests.ui.keys import press, settle, show, write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    sign_in,
    words,
)
from tests.ui.started import settle as settled
from ui import messages
from ui.main_window import MainWindow
from ui.screens import Screen
from ui.screens.issues import IssuesScreen
from ui.undoing import Undoing, redo, undo

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def english():
    speak("en")
    yield
    speak("kk")


@pytest.fixture
def window(qtbot, desk, jobs):
    row = Screen("issues", "issues", "Issues", lambda *_: None, kinds=("issue",))
    window = MainWindow((row,), lambda _: IssuesScreen(desk, jobs))
    undoing = Undoing(jobs, window)
    undoing.begin(window.tell_steps)
    window.undo_wanted.connect(partial(undo, desk, jobs))
    window.redo_wanted.connect(partial(redo, desk, jobs))
    show(qtbot, window)
    window.go("issues", into=True)
    settle(qtbot, jobs)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.sidebar.items["issues"].setFocus()  # in no field
    yield window
    undoing.rest()


@pytest.fixture
def issue(qtbot, desk, jobs, window):
    id = record(desk, "issue", ISSUE)
    jobs.write(lambda: records.save(desk, "issue", {"essence": "Су бар"}, id))
    settle(qtbot, jobs)
    return id


@pytest.fixture
def shown():
    """The messages themselves, with their buttons."""
    every = []
    messages.show_with(every.append)
    yield every
    messages.stop_showing(every.append)


def essence(desk, id):
    return records.show(desk, id)["essence"]


def test_the_keys_undo_and_redo_and_say_what(qtbot, desk, jobs, window, issue, said):
    tag = f"Issue ~{issue.hex[-5:].upper()}"
    assert window.status.undo_button.toolTip().endswith("(Ctrl+Z)")
    assert window.actions_by_key["undo"].text() == f"Undo: changed “Essence” of {tag}"

    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    settle(qtbot, jobs)

    assert essence(desk, issue) == ISSUE["essence"]
    assert said[-1] == f"Undone: changed “Essence” of {tag}"
    assert not window.status.undo_button.isVisible()
    assert window.actions_by_key["redo"].text() == f"Redo: changed “Essence” of {tag}"

    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    settle(qtbot, jobs)

    assert essence(desk, issue) == "Су бар"
    assert window.status.undo_button.isVisible()


def test_a_button_at_the_foot_of_the_window_undoes(qtbot, desk, jobs, window, issue):
    assert window.status.undo_button.isVisible()

    window.status.undo_button.click()
    settle(qtbot, jobs)

    assert essence(desk, issue) == ISSUE["essence"]


def test_in_a_field_ctrl_z_belongs_to_the_field(qtbot, desk, jobs, window, issue):
    screen = window.pages.currentWidget()
    screen.list.search.setFocus()
    write("су")
    assert isinstance(window.focusWidget(), QLineEdit)

    press(Qt.Key.Key_Z, CTRL, window.window().windowHandle())
    settle(qtbot, jobs)

    assert screen.list.search.text() == ""
    assert essence(desk, issue) == "Су бар"


def test_what_is_still_being_written_is_what_is_undone(qtbot, desk, jobs, window, issue):
    jobs.write(lambda: records.save(desk, "issue", {"state": "in_work"}, issue))
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    settle(qtbot, jobs)

    assert records.show(desk, issue)["state"] is None
    assert essence(desk, issue) == "Су бар"


def test_with_nothing_to_undo_it_says_so(qtbot, jobs, window, said):
    for key, words_said in ((CTRL, "nothing to undo"), (CTRL | SHIFT, "nothing to do again")):
        qtbot.keyClick(window, Qt.Key.Key_Z, key)
        settle(qtbot, jobs)
        assert words_said in said[-1]


def test_what_is_left_as_it_is_is_said(qtbot, desk, jobs, window, issue, said):
    records.save(seen_by(desk, "leader"), "issue", {"essence": "Басқаша"}, issue)

    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    settle(qtbot, jobs)

    assert essence(desk, issue) == "Басқаша"
    assert said[-1].startswith("Not all was set back.")
    assert "changed since" in said[-1]


def test_what_was_erased_is_named_and_nothing_of_it_is_kept(
    qtbot, desk, jobs, window, issue, said
):
    leader = seen_by(desk, "leader")
    jobs.write(lambda: erasure.erase(leader, issue, "request"))
    settle(qtbot, jobs)
    assert window.actions_by_key["undo"].text() == "Cannot be undone: erased a record"

    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    settle(qtbot, jobs)

    assert said[-1] == "Cannot be undone: erased a record"
    assert jobs.steps.to_undo is None


def test_a_record_is_removed_from_its_page_and_brought_back(qtbot, desk, jobs, window, issue):
    screen = window.pages.currentWidget()
    screen.open_record(issue)
    settle(qtbot, jobs)

    screen.editor.header.more.remove_action.trigger()
    settle(qtbot, jobs)
    assert records.show(desk, issue)["removed"]
    assert screen.editor.page is None

    window.status.undo_button.click()
    settle(qtbot, jobs)
    assert not records.show(desk, issue)["removed"]
    assert screen.list.model.row_of(issue) == 0


def test_the_button_of_a_message_takes_back_what_the_message_told_of(
    qtbot, desk, jobs, window, issue, shown
):
    screen = window.pages.currentWidget()
    screen.open_record(issue)
    settle(qtbot, jobs)
    screen.editor.remove()
    settle(qtbot, jobs)
    removed = shown[-1]
    other = record(desk, "issue", ISSUE)
    jobs.write(lambda: records.save(desk, "issue", {"essence": "Жол жоқ"}, other))
    settle(qtbot, jobs)

    removed.action.run()
    settle(qtbot, jobs)
    assert not records.show(desk, issue)["removed"]
    assert essence(desk, other) == "Жол жоқ"

    removed.action.run()  # once more: it is taken back already
    settle(qtbot, jobs)
    assert shown[-1].words == "There is nothing to undo."
    assert essence(desk, other) == "Жол жоқ"


def test_a_draft_that_is_kept_is_no_command(qtbot, desk, jobs, window, issue):
    before = jobs.steps.to_undo
    jobs.read(window, lambda: drafts.keep(desk, "issue:new", {"essence": "Жол"}), lambda _: None)
    settle(qtbot, jobs)

    assert jobs.steps.to_undo is before


def test_the_words_of_the_button_are_told_in_the_language_spoken(qtbot, window, issue):
    assert window.status.undo_button.accessibleName().startswith("Undo")

    speak("ru")
    window.retranslate()

    assert window.status.undo_button.accessibleName().startswith("Отменить")


def test_locking_forgets_what_could_be_undone(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    program.jobs.write(lambda: records.save(program.desk, "issue", ISSUE))
    settled(qtbot, program)
    assert program.window.status.undo_button.isVisible()

    program.lock()
    settled(qtbot, program)

    assert program.jobs.steps.to_undo is None


def test_what_is_still_written_while_it_is_locked_is_kept_for_nobody(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    settled(qtbot, program)
    desk = program.desk
    program.jobs.write(lambda: records.save(desk, "issue", ISSUE))

    program.lock()
    settled(qtbot, program)

    assert program.jobs.steps.to_undo is None


def test_the_message_of_a_save_takes_that_save_back(qtbot, desk, jobs, window, issue, shown):
    screen = window.pages.currentWidget()
    screen.open_record(issue)
    settle(qtbot, jobs)
    screen.editor.form.fields["essence"].set_value("Су тағы жоқ")
    screen.editor.save()
    settle(qtbot, jobs)
    saved = shown[-1]
    jobs.write(
        lambda: records.save(desk, "issue", {"category": "roads"}, issue)
    )  # and then another
    settle(qtbot, jobs)

    assert (saved.words, saved.action.words) == ("Saved here.", "Undo")
    saved.action.run()
    settle(qtbot, jobs)

    assert essence(desk, issue) == "Су бар"
    assert records.show(desk, issue)["category"] == "roads"


def test_a_save_that_changes_nothing_offers_to_take_nothing_back(
    qtbot, jobs, window, issue, shown
):
    screen = window.pages.currentWidget()
    screen.open_record(issue)
    settle(qtbot, jobs)

    screen.editor.save()
    settle(qtbot, jobs)

    assert (shown[-1].words, shown[-1].action) == ("Saved here.", None)
