"""Ctrl+H shows who changed what of the record on the page, and puts an earlier value back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.actions import erasure, records
from sync.change import now
from sync.client import earlier
from sync.client.facts import remember
from sync.language import speak
from tests.filled_forms import fill_in
from tests.profiles import ISSUE
from tests.ui.at_work import given_desk, given_jobs, given_said  # noqa: F401
from tests.ui.desks import record, seen_by, story
from tests.ui.keys import settle, show
from ui.dialogs import history as dialogs
from ui.dialogs.history import HistoryDialog
from ui.models.history import told_history
from ui.screens.issues import IssuesScreen
from ui.undoing import undo

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def english():
    speak("en")
    yield
    speak("kk")


@pytest.fixture
def issue(desk):
    id = record(desk, "issue", ISSUE)
    records.save(desk, "issue", {"essence": "Су бар", "category": "roads"}, id)
    records.save(seen_by(desk, "leader"), "issue", {"state": "in_work"}, id)
    return id


@pytest.fixture
def screen(qtbot, desk, jobs, issue):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    screen.open_record(issue)
    settle(qtbot, jobs)
    yield screen
    for dialog in screen.findChildren(HistoryDialog):
        dialog.close()


def opened(qtbot, jobs, screen):
    screen.editor.header.more.history_action.trigger()
    settle(qtbot, jobs)
    [dialog] = screen.findChildren(HistoryDialog)
    return dialog


def test_the_keys_open_it_for_a_record_that_is_saved(qtbot, jobs, screen):
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    qtbot.keyClick(screen, Qt.Key.Key_H, CTRL)
    settle(qtbot, jobs)

    [dialog] = screen.findChildren(HistoryDialog)
    assert dialog.isVisible()
    assert dialog.heading.text().startswith("Issue ~")


def test_it_is_told_in_words(desk, issue):
    told = told_history(desk, "issue", issue)

    newest, before, made = told.events
    assert (newest.what, newest.who) == ("Changed", "n.tursynbek")
    assert [(one.label, one.before, one.after) for one in newest.lines] == [
        ("State", "—", "In work")
    ]
    assert before.who == "Айгүл Бейсенова"
    assert ("Essence", ISSUE["essence"], "Су бар") in [
        (one.label, one.before, one.after) for one in before.lines
    ]
    assert (made.what, made.lines) == ("Recorded", ())
    assert told.others


def test_a_value_is_put_back_by_a_button_and_that_is_undone(
    qtbot, desk, jobs, screen, issue, said
):
    dialog = opened(qtbot, jobs, screen)
    [button] = [one for one in dialog.buttons if "Essence" in one.accessibleName()]

    button.click()
    settle(qtbot, jobs)
    assert records.show(desk, issue)["essence"] == ISSUE["essence"]
    assert said[-1] == "The earlier value stands there again."
    assert len(dialog._told.events) == 4

    undo(desk, jobs)
    settle(qtbot, jobs)
    assert records.show(desk, issue)["essence"] == "Су бар"


def test_added_parts_are_told_with_their_words(desk):
    meeting = record(desk, "meeting", story()["meeting"])
    for text in ("Құбырды ауыстыру", "а" * 300, ""):
        records.save(desk, "decision", {"text": text}, parent=meeting)

    told = [one.what for one in told_history(desk, "meeting", meeting).events]

    assert "Added: Decision “Құбырды ауыстыру”" in told
    assert f"Added: Decision “{'а' * 119}…”" in told
    assert "Added: Decision" in told


def test_a_part_without_words_of_its_own_is_told_by_what_was_chosen_and_by_no_key(desk, issue):
    records.save(desk, "step", {"type": "call", "done_on": "2026-11-24"}, parent=issue)

    told = [one.what for one in told_history(desk, "issue", issue).events]

    assert "Added: Step “Call”" in told


def test_who_reads_only_is_offered_nothing(desk, issue):
    told = told_history(seen_by(desk, "analyst"), "issue", issue)

    assert all(line.back is None for event in told.events for line in event.lines)


def test_a_value_that_stands_there_is_not_offered(desk, issue):
    records.save(desk, "issue", {"essence": ISSUE["essence"]}, issue)

    told = told_history(desk, "issue", issue)

    essences = [line for event in told.events for line in event.lines if line.label == "Essence"]
    assert [line.back is not None for line in essences] == [True, False]


def test_answers_of_a_form_are_told_in_words(desk):
    id = fill_in(desk)
    records.save(desk, "filled_form", {"answers": {"/data/size": "5"}}, id)

    [line] = [one for one in told_history(desk, "filled_form", id).events[0].lines if one.back]

    assert line.before.endswith("2")
    assert line.after.endswith("5")


def test_it_says_from_which_day_it_knows(qtbot, desk, jobs, screen):
    dialog = opened(qtbot, jobs, screen)
    assert not dialog.since.isVisible()
    since = now() + timedelta(days=2)
    with desk.store.begin() as session:
        remember(session, earlier.SINCE, since)

    jobs.write(lambda: records.save(desk, "issue", {"state": "closed"}, screen.editor.page.id))
    settle(qtbot, jobs)

    assert dialog.since.isVisible()
    assert since.astimezone().strftime("%d.%m.%Y") in dialog.since.text()


def test_of_many_events_the_newest_are_shown_first(qtbot, jobs, screen, monkeypatch):
    monkeypatch.setattr(dialogs, "AT_ONCE", 1)
    dialog = opened(qtbot, jobs, screen)
    assert dialog._events.count() - 1 == 1
    assert dialog.more_button.isVisible()

    dialog.show_more()
    dialog.show_more()

    assert dialog._events.count() - 1 == 3
    assert not dialog.more_button.isVisible()


def test_it_closes_when_the_record_is_erased(qtbot, desk, jobs, screen, issue):
    dialog = opened(qtbot, jobs, screen)
    closed = []
    dialog.finished.connect(closed.append)

    jobs.write(lambda: erasure.erase(seen_by(desk, "leader"), issue, "request"))
    settle(qtbot, jobs)

    assert closed


def test_a_new_record_has_none(qtbot, jobs, screen, said):
    screen.begin()
    settle(qtbot, jobs)

    screen.editor.show_history()
    settle(qtbot, jobs)

    assert screen.findChildren(HistoryDialog) == []
    assert said == []
