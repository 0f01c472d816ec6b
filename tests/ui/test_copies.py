"""Copies of the work in the window: made by themselves and on demand, and one put in its place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop import backups, repair
from desktop.actions import records, restored
from desktop.actions.exchange import state
from desktop.backups import ASIDE, list_backups
from desktop.store_failures import full
from sync.language import LANGUAGES
from sync.records.visit import Visit
from tests.profiles import PASSWORD, VISIT
from tests.ui.keys import press, write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    page,
    settle,
    sign_in,
    words,
)
from ui.dialogs.copies import CopiesDialog
from ui.dialogs.restore_copy import RestoreDialog
from ui.screens.sign_in import SignIn
from ui.translation import use_language
from ui.widgets.labels import PlainLabel


@pytest.fixture
def program(qtbot, start, profile):
    made = start(profile.folder)
    sign_in(qtbot, made)
    settle(qtbot, made)
    return made


def dialog_of(program):
    [found] = program.frame.findChildren(CopiesDialog)
    return found


def shown(qtbot, program):
    qtbot.mouseClick(program.window._tools["copies"], Qt.MouseButton.LeftButton)
    settle(qtbot, program)
    return dialog_of(program)


def restore(qtbot, program, dialog, number=0, password=PASSWORD):
    dialog.rows[number].click()
    dialog.restore_button.click()
    [asking] = program.frame.findChildren(RestoreDialog)
    write(password, asking.password)
    asking.go_button.click()
    settle(qtbot, program)
    return asking


def people(desk):
    with desk.store() as session:
        return sorted(row.people for row in session.query(Visit))


def visit(program, people):
    records.save(program.desk, "visit", {**VISIT, "people": people})


def test_a_copy_makes_itself_when_it_is_due(qtbot, program, profile):
    program.copies.make_if_due()
    settle(qtbot, program)
    program.copies.make_if_due()
    settle(qtbot, program)

    assert len(list_backups(profile.copies)) == 1
    assert program.copies.timer.isActive()
    program.lock()
    assert not program.copies.timer.isActive()


def test_a_copy_that_cannot_be_made_is_said_once_and_the_work_goes_on(qtbot, program, monkeypatch):
    def fails(*_):
        raise full("the copies")

    monkeypatch.setattr(backups, "make_backup", fails)
    for _ in range(2):
        program.copies.make_if_due()
        settle(qtbot, program)

    [said] = words(program)
    assert said.startswith("No copy of your work could be made. There is no room")


def test_without_a_copy_it_is_said_when_there_will_be_one(qtbot, program):
    dialog = shown(qtbot, program)

    assert dialog.rows == []
    assert any("every hour" in label.text() for label in dialog.findChildren(PlainLabel))
    assert not dialog.restore_button.isEnabled()


def test_a_copy_is_put_in_the_place_of_the_work_and_synced_when_the_person_says_so(
    qtbot, program, profile
):
    visit(program, 1)
    dialog = shown(qtbot, program)
    dialog.make_button.click()
    settle(qtbot, program)
    visit(program, 2)

    asking = restore(qtbot, program, dialog, password="another password")
    assert "Wrong password" in asking.rows["password"].problem.text()
    asking.password.setText(PASSWORD)
    asking.go_button.click()
    qtbot.waitUntil(lambda: program.desk is not None and program.window is not None)
    settle(qtbot, program)

    assert people(program.desk) == [1]
    assert [one.sort for one in list_backups(profile.copies)].count(ASIDE) == 1
    [notice] = program.frame.notices.shown
    assert "restored from a copy" in notice.message.words
    notice.message.action.run()
    settle(qtbot, program)
    assert restored.since(program.desk) is None


def spoiled(qtbot, program, profile):
    """Work with a copy, and more after it; locked, and the file is damaged meanwhile."""
    visit(program, 1)
    dialog = shown(qtbot, program)
    dialog.make_button.click()
    settle(qtbot, program)
    visit(program, 2)
    program.lock()
    settle(qtbot, program)
    profile.store.write_bytes(b"spoiled" * 1000)


def test_a_file_that_cannot_be_read_is_mended_by_signing_in_and_that_is_said(
    qtbot, program, profile
):
    spoiled(qtbot, program, profile)

    sign_in(qtbot, program)

    assert people(program.desk) == [1, 2]
    [notice] = program.frame.notices.shown
    said = notice.message.words
    assert "was damaged and is put aside" in said
    assert "1 edit recorded since is back from the journal" in said
    assert "Look at it, then sync" in said
    assert notice.message.stays
    assert state(program.desk).waiting == 2  # not before the person has looked
    notice.message.action.run()
    settle(qtbot, program)
    assert restored.since(program.desk) is None
    assert state(program.desk).waiting == 0


def test_what_was_mended_is_said_once_and_asked_until_it_is_synced(qtbot, program, profile):
    spoiled(qtbot, program, profile)
    sign_in(qtbot, program)
    program.lock()
    settle(qtbot, program)

    sign_in(qtbot, program)

    [notice] = program.frame.notices.shown
    assert "is back from the journal" in notice.message.words
    assert notice.message.action.words == "Sync now"


def test_where_the_server_refuses_this_laptop_what_was_mended_is_said_all_the_same(
    qtbot, program, profile, monkeypatch
):
    spoiled(qtbot, program, profile)
    monkeypatch.setattr(program.exchanges, "start", lambda: None)

    sign_in(qtbot, program)

    assert any("is back from the journal" in one for one in words(program))


def test_damage_that_shows_at_work_is_said_and_mended_at_the_next_start(
    qtbot, program, profile, monkeypatch
):
    visit(program, 1)
    dialog = shown(qtbot, program)
    dialog.make_button.click()
    settle(qtbot, program)
    visit(program, 2)
    with monkeypatch.context() as disk:
        disk.setattr(repair, "check", lambda *_: ["HMAC verification failed"])
        dialog.check_button.click()
        settle(qtbot, program)
    assert "start the program again" in dialog.problem.text()
    program.lock()
    settle(qtbot, program)
    content = bytearray(profile.store.read_bytes())
    content[-3000] ^= 1  # a page that opening does not read
    profile.store.write_bytes(content)

    sign_in(qtbot, program)

    assert people(program.desk) == [1, 2]
    assert "was damaged and is put aside" in words(program)[0]


def test_where_this_laptop_has_no_copy_one_from_elsewhere_is_chosen_on_the_sign_in_page(
    qtbot, program, profile, tmp_path, monkeypatch
):
    spoiled(qtbot, program, profile)
    profile.copies.rename(tmp_path / "usb")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "usb"))
    form = page(program)
    assert not form.copies_button.isVisible()

    sign_in(qtbot, program)
    assert isinstance(page(program), SignIn)
    assert form.copies_button.isVisible()
    qtbot.mouseClick(form.copies_button, Qt.MouseButton.LeftButton)
    settle(qtbot, program)
    [dialog] = [one for one in program.frame.findChildren(CopiesDialog) if one.isVisible()]
    assert not dialog.make_button.isVisible()
    dialog.folder_button.click()
    settle(qtbot, program)
    restore(qtbot, program, dialog)
    qtbot.waitUntil(lambda: program.desk is not None)
    settle(qtbot, program)

    assert people(program.desk) == [1, 2]


def test_copies_elsewhere_are_looked_at_too(qtbot, program, profile, tmp_path, monkeypatch):
    backups.make_backup(profile, program.desk, backups.datetime.now(backups.UTC), tmp_path / "usb")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "usb"))
    dialog = shown(qtbot, program)

    dialog.folder_button.click()
    settle(qtbot, program)

    assert len(dialog.rows) == 1


def test_a_locked_window_takes_the_list_away(qtbot, program):
    dialog = shown(qtbot, program)

    program.lock()

    assert not dialog.isVisible()
    settle(qtbot, program)


def test_tab_leads_from_the_list_to_what_may_be_done_with_it(qtbot, program):
    dialog = shown(qtbot, program)
    for _ in range(2):
        dialog.make_button.click()
        settle(qtbot, program)
    qtbot.waitUntil(dialog.rows[0].isVisible)  # the list was drawn anew
    dialog.rows[0].setFocus()
    dialog.rows[0].click()
    order = [dialog.rows[0]]
    for _ in range(2):
        press(Qt.Key.Key_Tab, widget=order[-1])
        order.append(dialog.focusWidget())

    assert order == [dialog.rows[0], dialog.restore_button, dialog.close_button]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_worked_by_keys_and_nothing_is_cut(qtbot, program, language):
    visit(program, 1)
    dialog = shown(qtbot, program)
    dialog.make_button.click()
    settle(qtbot, program)
    use_language(language)

    dialog.rows[0].setFocus()
    press(Qt.Key.Key_Space, widget=dialog.rows[0])

    assert dialog.restore_button.isEnabled()
    for label in dialog.findChildren(PlainLabel):
        if label.wordWrap() and label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())
