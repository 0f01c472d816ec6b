"""Several records are chosen in a list, what becomes of them is shown, then done and undone as one."""

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from desktop.actions import bulk, records, review
from desktop.actions.bulk import Wish
from sync.errors import UserError
from sync.language import speak
from tests.profiles import ISSUE
from tests.ui.at_work import given_desk, given_jobs, given_said  # noqa: F401
from tests.ui.desks import record, seen_by
from tests.ui.keys import press, settle, show
from ui.bulk import ask_bulk
from ui.dialogs.bulk import BulkDialog
from ui.screens.issues import IssuesScreen
from ui.screens.review import ReviewScreen
from ui.undoing import undo

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def english():
    speak("en")
    yield
    speak("kk")


@pytest.fixture
def issues(desk):
    return [record(desk, "issue", ISSUE | {"essence": f"Су жоқ {n}"}) for n in range(4)]


@pytest.fixture
def screen(qtbot, desk, jobs, issues):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.list.view.setFocus()
    yield screen
    for dialog in screen.findChildren(BulkDialog):
        dialog.reject()


@pytest.fixture
def dialog(qtbot, jobs, screen):
    """Of all four."""
    press(Qt.Key.Key_A, CTRL, screen.list.view)
    qtbot.wait(0)
    qtbot.keyClick(screen, Qt.Key.Key_B, CTRL)
    settle(qtbot, jobs)
    [dialog] = screen.findChildren(BulkDialog)
    return dialog


def set_state(qtbot, jobs, dialog, value="in_work"):
    dialog.add_field("state")
    dialog.fields["state"].set_value(value)
    dialog.fields["state"].edited.emit()
    looked(qtbot, jobs, dialog)


def looked(qtbot, jobs, dialog):
    qtbot.waitUntil(lambda: not dialog._soon.isActive())
    settle(qtbot, jobs)


def states(desk, ids, name="state"):
    return [records.show(desk, id)[name] for id in ids]


def test_all_are_chosen_by_a_key_and_a_bar_tells_how_many(qtbot, screen):
    assert not screen.list.several.isVisible()

    press(Qt.Key.Key_A, CTRL, screen.list.view)

    assert screen.list.several.isVisible()
    assert screen.list.several.words.text() == "4 chosen"


def test_shift_and_down_choose_more_and_the_record_that_is_open_changes_nothing_of_it(
    qtbot, jobs, screen
):
    view = screen.list.view
    view.setCurrentIndex(screen.list.model.index(0))
    settle(qtbot, jobs)
    press(Qt.Key.Key_Down, SHIFT, view)
    press(Qt.Key.Key_Down, SHIFT, view)
    qtbot.waitUntil(lambda: not screen._soon.isActive())
    settle(qtbot, jobs)

    assert screen.editor.page.id == screen.list.current()
    assert len(screen.list.chosen_ids(10)) == 3


def test_those_that_are_chosen_stay_so_when_the_list_comes_anew(qtbot, desk, jobs, screen, issues):
    view, model = screen.list.view, screen.list.model
    for row in (0, 2):
        view.selectionModel().select(model.index(row), QItemSelectionModel.SelectionFlag.Select)
    before = set(screen.list.chosen_ids(10))
    other = next(id for id in issues if id not in before)

    jobs.write(lambda: records.save(desk, "issue", {"state": "closed"}, other))
    settle(qtbot, jobs)

    assert len(before) == 2
    assert set(screen.list.chosen_ids(10)) == before


def test_it_is_shown_what_becomes_of_each_before_anything_is_done(
    qtbot, desk, jobs, dialog, issues
):
    records.save(desk, "issue", {"state": "in_work"}, issues[0])
    assert not dialog.run_button.isEnabled()

    set_state(qtbot, jobs, dialog)

    assert dialog.summary.text() == "3 records change. 1 stands so already."
    words = [dialog.table.text(row, 2) for row in dialog.table._rows]
    assert words == ["State: — → In work"] * 3 + ["Stays: It stands so already."]
    assert dialog.run_button.text() == "Change 3 records"
    assert states(desk, issues) == ["in_work", None, None, None]


def test_why_some_cannot_be_changed_is_told_above_and_first(qtbot, desk, jobs, dialog, issues):
    records.save(desk, "issue", {"category": None}, issues[0])
    dialog.move_input.set_value("send")
    dialog.move_input.changed.emit()
    looked(qtbot, jobs, dialog)

    assert dialog.summary.text() == "3 records change. 1 cannot be changed."
    assert dialog.reasons.text() == "1: Before it can be sent, please fill in: Category."
    assert "Category" in dialog.table.text(dialog.table._rows[0], 2)


def test_they_are_changed_and_undone_as_one(qtbot, desk, jobs, dialog, issues, said):
    set_state(qtbot, jobs, dialog)

    dialog.run_button.click()
    settle(qtbot, jobs)
    assert states(desk, issues) == ["in_work"] * 4
    assert said[-1] == "4 records were changed."

    undo(desk, jobs)
    settle(qtbot, jobs)
    assert states(desk, issues) == [None] * 4
    assert said[-1] == "Undone: changed 4 records"


def test_what_is_typed_after_the_preview_must_be_looked_through_first(qtbot, jobs, dialog):
    set_state(qtbot, jobs, dialog)
    assert dialog.run_button.isEnabled()

    dialog.move_input.set_value("send")
    dialog.move_input.changed.emit()
    assert not dialog.run_button.isEnabled()

    looked(qtbot, jobs, dialog)
    assert dialog.run_button.isEnabled()
    assert "Review: Draft → Sent" in dialog.table.text(dialog.table._rows[0], 2)


def test_some_are_left_out(qtbot, desk, jobs, dialog, issues):
    set_state(qtbot, jobs, dialog)
    dialog.view.selectRow(0)

    dialog.out_button.click()
    looked(qtbot, jobs, dialog)

    assert dialog.heading.text() == "3 records are chosen"
    dialog.run_button.click()
    settle(qtbot, jobs)
    assert states(desk, issues).count("in_work") == 3


def test_a_change_of_several_fields_is_kept_and_taken_again(qtbot, desk, jobs, dialog, screen):
    set_state(qtbot, jobs, dialog)
    dialog.add_field("due_on")
    dialog.fields["due_on"].set_value(date(2026, 12, 24))
    dialog.comment_input.set_value("Жолданды")
    dialog.name_input.set_value("Суға")
    dialog.keep_button.click()
    settle(qtbot, jobs)
    dialog.reject()
    assert [one.name for one in bulk.saved(desk, "issue")] == ["Суға"]

    again = ask_bulk(desk, jobs, [("issue", id) for id in screen.list.chosen_ids(9)], screen)
    settle(qtbot, jobs)
    again.saved_input.set_value("Суға")
    again.saved_input.changed.emit()

    assert again.wish() == Wish({"state": "in_work", "due_on": "2026-12-24"}, "", "Жолданды")


def test_a_field_is_dropped_again(qtbot, jobs, dialog):
    set_state(qtbot, jobs, dialog)
    dialog.add_field("due_on")

    dialog._drop("state", dialog._rows["state"])
    assert list(dialog.fields) == ["due_on"]

    assert dialog.wish().empty


def test_what_went_wrong_is_said_and_can_be_tried_again(qtbot, desk, jobs, dialog, monkeypatch):
    set_state(qtbot, jobs, dialog)

    def full(*_):
        raise UserError("The disk is full.")

    monkeypatch.setattr(bulk, "run", full)
    dialog.run_button.click()
    settle(qtbot, jobs)

    assert dialog.problem.text() == "The disk is full."
    assert dialog.inputs.isEnabled()


def test_closing_it_stops_what_runs_and_nothing_is_written(
    qtbot, desk, jobs, dialog, issues, monkeypatch
):
    set_state(qtbot, jobs, dialog)
    begun, go_on, run = Event(), Event(), bulk.run

    def slow(desk, plan, tell):
        begun.set()
        go_on.wait(10)
        return run(desk, plan, tell)

    monkeypatch.setattr(bulk, "run", slow)
    dialog.run_button.click()
    assert begun.wait(10)
    dialog.stop_button.click()
    go_on.set()
    settle(qtbot, jobs)

    assert states(desk, issues) == [None] * 4


def test_nothing_chosen_and_too_many_are_said(qtbot, desk, jobs, screen, said, monkeypatch):
    assert ask_bulk(desk, jobs, [], screen) is None
    monkeypatch.setattr("ui.bulk.MOST", 1)
    assert ask_bulk(desk, jobs, [("issue", id) for id in range(2)], screen) is None
    assert ask_bulk(seen_by(desk, "analyst"), jobs, [("issue", 1)], screen) is None

    assert said[0].startswith("Choose records first")
    assert said[1] == "Choose at most 1 record at once."
    assert said[2] == "Your role may read this, but not change it."


def test_the_coordinator_approves_what_waits_at_once_and_takes_it_back(
    qtbot, desk, jobs, issues, said
):
    for id in issues[:3]:
        review.decide(desk, id, review.Decision.SEND)
    coordinator = seen_by(desk, "coordinator")
    queue = ReviewScreen(coordinator, jobs)
    show(qtbot, queue)
    settle(qtbot, jobs)

    queue.left.together_button.click()
    [dialog] = queue.findChildren(BulkDialog)
    dialog.move_input.set_value("approve")
    dialog.move_input.changed.emit()
    looked(qtbot, jobs, dialog)
    assert dialog.summary.text() == "3 records change."
    dialog.run_button.click()
    settle(qtbot, jobs)
    assert states(desk, issues, "review") == ["approved"] * 3 + ["draft"]
    assert queue.queue.rowCount() == 0

    queue.undo()
    settle(qtbot, jobs)
    assert queue.queue.rowCount() == 3
    assert said[-1] == "Undone: approved 3 records"


def test_one_alone_in_the_queue_is_not_several(qtbot, desk, jobs, issues):
    review.decide(desk, issues[0], review.Decision.SEND)
    queue = ReviewScreen(seen_by(desk, "coordinator"), jobs)
    show(qtbot, queue)
    settle(qtbot, jobs)

    assert queue.left.together_button.isHidden()


def test_what_it_is_for_comes_first_and_the_way_out_last(dialog):
    assert dialog.run_button.x() < dialog.stop_button.x()
