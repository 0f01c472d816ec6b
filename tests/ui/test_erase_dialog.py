"""Erasing from the screen: asked once, with a reason; nothing of it stays on the screen."""

import pytest
from PySide6.QtCore import Qt

from desktop.actions import drafts, erasure, records
from sync.erasure import erases
from sync.errors import UserError
from sync.language import LANGUAGES, tr
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import VILLAGE, record, seen_by, story
from tests.ui.keys import settle, show
from ui.dialogs.erase import EraseDialog
from ui.models.waiting import troubles, waiting_edits
from ui.screens.any_kind import AnyKindScreen
from ui.screens.review import ReviewScreen
from ui.translation import use_language
from ui.widgets.labels import PlainLabel

VISIT = {"visited_on": "2026-11-23", "village": VILLAGE, "topic": "acquaintance"}


@pytest.fixture
def leader(desk):
    return seen_by(desk, "leader")


@pytest.fixture
def screen(qtbot, leader, jobs):
    made = AnyKindScreen(leader, jobs, "visit")
    show(qtbot, made)
    settle(qtbot, jobs)
    return made


def opened(qtbot, jobs, screen, leader, **values):
    id = record(leader, "visit", VISIT | values)
    screen.reload()
    screen.open_record(id)
    settle(qtbot, jobs)
    return id


def dialog_of(screen):
    [found] = screen.editor.findChildren(EraseDialog)
    return found


def test_it_is_erased_when_a_reason_is_said(qtbot, jobs, leader, screen, said):
    id = opened(qtbot, jobs, screen, leader, outcome="Су жоқ")
    screen.editor.header.more.erase_action.trigger()
    dialog = dialog_of(screen)
    assert not dialog.erase_button.isEnabled()

    dialog.reasons["consent_withdrawn"].click()
    qtbot.mouseClick(dialog.erase_button, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)

    with pytest.raises(UserError):
        records.show(leader, id)
    assert said == [tr("It was erased.")]
    assert screen.list.model.rowCount() == 0
    assert screen.pages.currentWidget() is not screen.editor
    assert screen.editor.page is None
    assert screen.editor.form.values()["outcome"] in (None, "")


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_esc_and_enter_keep_the_record(qtbot, jobs, leader, screen, key):
    id = opened(qtbot, jobs, screen, leader)
    screen.editor.ask_to_erase()
    dialog = dialog_of(screen)
    dialog.reasons["request"].click()

    qtbot.keyClick(dialog, key)
    settle(qtbot, jobs)

    assert records.show(leader, id)["id"] == id


def test_what_was_being_typed_is_not_kept(qtbot, jobs, leader, screen):
    id = opened(qtbot, jobs, screen, leader)
    screen.editor.form.set_values({"outcome": "жаңа сөз"})
    screen.editor.form.edited.emit()
    screen.editor.keep()
    settle(qtbot, jobs)
    assert drafts.recall(leader, f"visit:{id}")

    screen.editor.ask_to_erase()
    dialog = dialog_of(screen)
    dialog.reasons["request"].click()
    dialog.erase_button.click()
    settle(qtbot, jobs)
    screen.editor.leave()
    settle(qtbot, jobs)

    assert drafts.recall(leader, f"visit:{id}") is None


def test_a_record_that_is_erased_elsewhere_leaves_the_screen(qtbot, jobs, leader, screen):
    id = opened(qtbot, jobs, screen, leader)

    jobs.recorded.emit(erasure.erase(leader, id, "request"))
    settle(qtbot, jobs)

    assert screen.editor.page is None
    assert screen.list.model.rowCount() == 0


def test_who_may_not_is_not_offered_it(qtbot, jobs, desk):
    screen = AnyKindScreen(desk, jobs, "visit")
    show(qtbot, screen)
    opened(qtbot, jobs, screen, desk)

    assert not screen.editor.header.more.erase_action.isVisible()


def test_a_new_record_is_not_offered_it(qtbot, jobs, screen):
    screen.begin()
    settle(qtbot, jobs)

    assert not screen.editor.header.more.erase_action.isVisible()


def test_the_review_queue_goes_on_without_it(qtbot, jobs, desk):
    coordinator = seen_by(desk, "coordinator")
    ids = [record(desk, "issue", values | {"review": "sent"}) for values in story()["issues"][:2]]
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)

    jobs.recorded.emit(erasure.erase(coordinator, ids[0], "request"))
    settle(qtbot, jobs)

    assert screen.queue.rowCount() == 1
    assert screen.case.id == ids[1]


def test_that_it_waits_to_be_sent_is_told_in_a_word(leader):
    id = record(leader, "visit", VISIT)
    [change] = erasure.erase(leader, id, "request")

    [line] = waiting_edits(leader)

    assert erases(change)
    assert (line.record, line.what) == (id, tr("erased"))
    assert troubles(leader) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_is_told_in_each_language(qtbot, language):
    use_language(language)
    dialog = EraseDialog("Су")
    qtbot.addWidget(dialog)

    words = {button.text() for button in dialog.reasons.values()}

    assert len(words) == 4
    assert dialog.erase_button.text() == tr("Erase for good", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_goes_is_said_however_tall_it_becomes(qtbot, language):
    use_language(language)
    dialog = EraseDialog(story()["issues"][0]["essence"] * 20)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)

    labels = [one for one in dialog.findChildren(PlainLabel) if one.wordWrap()]
    short = [one.text() for one in labels if one.height() < one.heightForWidth(one.width())]

    assert labels
    assert short == []
