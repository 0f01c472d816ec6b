"""In the window: a second place, check and repair, a laptop that begins from a copy of another."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop import keys, second_place
from desktop.actions import attachments, records, restored
from desktop.backups import list_backups
from desktop.settings import save_setting
from sync.errors import Stopped
from sync.language import LANGUAGES
from sync.records.visit import Visit
from tests.profiles import CHEAP, ISSUE, PASSWORD, VISIT
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

OTHER = "жаңа құпия сөз"


@pytest.fixture
def program(qtbot, start, profile):
    made = start(profile.folder)
    sign_in(qtbot, made)
    settle(qtbot, made)
    return made


@pytest.fixture
def stick(tmp_path, monkeypatch):
    made = tmp_path / "stick"
    made.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made))
    return made


@pytest.fixture
def dialog(qtbot, program):
    return shown(qtbot, program)


def shown(qtbot, program):
    qtbot.mouseClick(program.window._tools["copies"], Qt.MouseButton.LeftButton)
    settle(qtbot, program)
    [found] = [one for one in program.frame.findChildren(CopiesDialog) if one.isVisible()]
    return found


def photo(program, tmp_path):
    file = tmp_path / "photo.txt"
    file.write_text("Су", encoding="utf-8")
    issue = records.save(program.desk, "issue", ISSUE)[0].record
    sha256 = attachments.attach(program.desk, issue, file)[0].fields["sha256"]
    return program.desk.photos._path(sha256)


def test_a_place_that_is_chosen_is_filled_at_once(qtbot, program, dialog, stick, profile):
    assert not dialog.place.fill_button.isVisible()

    dialog.place.choose_button.click()
    settle(qtbot, program)

    assert "today" in dialog.place.words.text()
    assert "holds your work as it is now" in dialog.words.text()
    assert len(second_place.find_backups(stick)) == 1
    dialog.place.give_up_button.click()
    settle(qtbot, program)
    assert not dialog.place.fill_button.isVisible()
    assert second_place.second_place(profile) is None


def test_a_stick_that_is_not_in_is_said_and_its_button_rests(
    qtbot, program, dialog, stick, profile
):
    dialog.place.choose_button.click()
    settle(qtbot, program)
    dialog.close()
    shutil.rmtree(second_place.second_place(profile).own)

    dialog = shown(qtbot, program)

    assert "not there now" in dialog.place.words.text()
    assert not dialog.place.fill_button.isEnabled()


def test_a_folder_that_will_not_do_is_said(qtbot, program, dialog, profile, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(profile.folder))

    dialog.place.choose_button.click()
    settle(qtbot, program)

    assert "where your work lies" in dialog.problem.text()
    assert dialog.problem.isVisible()


def test_who_puts_in_no_stick_for_a_week_is_reminded_once(qtbot, program, profile, stick):
    second_place.choose_place(profile, stick)
    shutil.rmtree(second_place.second_place(profile).own)
    old = datetime.now(UTC) - timedelta(days=8)
    save_setting(profile.settings, second_place.HOLDS, old.strftime(second_place.STAMP))

    for _ in range(2):
        program.copies.make_if_due()
        settle(qtbot, program)

    assert [one for one in words(program) if "For a week" in one] == [
        "For a week nothing was copied to the second place. Put the stick in: the rest happens by itself."
    ]


def test_a_stick_that_fails_is_said_and_the_copy_here_is_made(
    qtbot, program, profile, stick, monkeypatch
):
    def pulled_out(*_):
        raise OSError("gone")

    second_place.choose_place(profile, stick)
    monkeypatch.setattr(second_place, "copy_bytes", pulled_out)

    program.copies.make_if_due()
    settle(qtbot, program)

    assert len(list_backups(profile.copies)) == 1
    assert ["did not take the whole copy" in one for one in words(program)] == [True]


def test_the_work_that_ends_leaves_a_copy_and_a_locked_one_closes_at_once(qtbot, program, profile):
    records.save(program.desk, "visit", VISIT)
    program.lock()
    settle(qtbot, program)
    assert list_backups(profile.copies) == []
    sign_in(qtbot, program)

    program.frame.close()

    assert [one.about.records for one in list_backups(profile.copies)] == [1]


def test_sound_work_is_said_to_be_sound(qtbot, program, dialog):
    dialog.check_button.click()
    settle(qtbot, program)

    assert dialog.words.text().startswith("All is sound")


def test_a_photo_that_cannot_be_had_back_is_said(qtbot, program, tmp_path):
    photo(program, tmp_path).unlink()
    dialog = shown(qtbot, program)

    dialog.check_button.click()
    assert not dialog.make_button.isEnabled()
    settle(qtbot, program)

    assert "no copy has it" in dialog.problem.text()
    assert dialog.make_button.isEnabled()


def test_a_damaged_file_is_said_and_the_newest_copy_offered(qtbot, program, dialog, profile):
    for _ in range(50):
        records.save(program.desk, "visit", VISIT)
    dialog.make_button.click()
    settle(qtbot, program)
    program.desk.store.forget(rewrite=False)
    content = bytearray(profile.store.read_bytes())
    content[-1000] ^= 1
    profile.store.write_bytes(content)

    dialog.check_button.click()
    settle(qtbot, program)

    assert "is damaged" in dialog.problem.text()
    assert dialog.rows[0].isChecked()
    assert dialog.restore_button.isEnabled()


def test_a_long_check_says_how_far_it_is_and_can_be_stopped(qtbot, program, dialog, tmp_path):
    photo(program, tmp_path)
    dialog.show_progress(120, 800)
    assert dialog.how_far.text() == "120 of 800 photos and files"
    with qtbot.waitSignal(dialog.stop_wanted):
        qtbot.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    far = program.copies._begin(dialog)
    dialog.stop_button.click()

    with pytest.raises(Stopped):
        far.tell(1, 2)


def test_closing_the_list_stops_what_it_asked_for(qtbot, program, dialog):
    far = program.copies._begin(dialog)

    dialog.close()

    with pytest.raises(Stopped):
        far.tell(1, 2)


def test_a_new_laptop_goes_on_from_the_copy_of_a_broken_one_by_its_recovery_sheet(
    qtbot, start, profile, stick, tmp_path, monkeypatch, program
):
    monkeypatch.setitem(keys.recover.__kwdefaults__, "cost", CHEAP)
    code = keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)
    records.save(program.desk, "visit", VISIT)
    dialog = shown(qtbot, program)
    dialog.place.choose_button.click()
    settle(qtbot, program)
    program.frame.close()
    new = start(tmp_path / "new")
    qtbot.waitUntil(lambda: isinstance(page(new), SignIn))

    page(new).copies_button.click()
    settle(qtbot, new)
    [dialog] = new.frame.findChildren(CopiesDialog)
    dialog.folder_button.click()
    settle(qtbot, new)
    dialog.rows[0].click()
    dialog.restore_button.click()
    [asking] = dialog.findChildren(RestoreDialog)
    asking.go_button.click()
    assert asking.rows["code"].problem.text() == "Fill this in."
    write("AAAAA-AAAAA", asking.code)
    write(OTHER, asking.following)
    asking.go_button.click()
    settle(qtbot, new)
    assert asking.rows["code"].problem.text()
    asking.code.setText(code)
    asking.go_button.click()
    qtbot.waitUntil(lambda: new.desk is not None, timeout=20_000)
    settle(qtbot, new)

    with new.desk.store() as session:
        assert session.query(Visit).one().people == 4
    assert restored.since(new.desk) is not None
    [sheet] = [
        one
        for one in new.frame.findChildren(QDialog)
        if one.isVisible() and not isinstance(one, CopiesDialog)
    ]
    assert "recovery" in sheet.windowTitle().lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_and_keys_are_enough(qtbot, program, stick, language):
    use_language(language)
    dialog = shown(qtbot, program)
    dialog.place.choose_button.setFocus()
    press(Qt.Key.Key_Space, widget=dialog.place.choose_button)
    settle(qtbot, program)
    dialog.rows and dialog.rows[0].click()

    for label in dialog.findChildren(PlainLabel):
        if label.wordWrap() and label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())
