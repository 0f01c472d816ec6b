"""A newer version of the program: told in passing, fetched with one click, and a way back."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.settings import save_setting
from desktop.updates import asking, versions
from sync import VERSION
from sync.wish import pause
from tests.releases import LIBRARY, current, given_programs, given_region, install  # noqa: F401
from tests.ui.keys import press
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    settle,
    sign_in,
    words,
)
from ui.dialogs.update import UpdateDialog

NEWS = "There is a newer version of the program: 0.9.0."


@pytest.fixture
def by_line(profile, region, monkeypatch):
    """An address is set, at which the region's repository is read."""
    save_setting(profile.settings, "updates", "https://example.kz/dala")
    asked = []

    def look(profile, folder=None):
        asked.append(folder)
        return plain(None, folder or region.repository)

    def take(profile, folder=None, hear=lambda *_: None):
        return taken(None, folder or region.repository, hear)

    plain, taken = asking.look, asking.take
    monkeypatch.setattr(asking, "look", look)
    monkeypatch.setattr(asking, "take", take)
    return asked


@pytest.fixture
def program(qtbot, start, profile, programs):
    def begin():
        made = start(profile.folder)
        sign_in(qtbot, made)
        settle(qtbot, made)
        return made

    return begin


def dialog_of(qtbot, program):
    program.window.version_wanted.emit()
    settle(qtbot, program)
    return program.frame.findChildren(UpdateDialog)[-1]


def test_after_a_sync_a_newer_version_is_told_once_and_the_region_asked_once_a_day(
    qtbot, program, region, by_line
):
    region.offer("0.9.0")
    begun = program()
    qtbot.waitUntil(lambda: NEWS in words(begun), timeout=20_000)
    begun.frame.notices.clear()

    begun.exchanges.exchange()
    settle(qtbot, begun)
    begun.window.go("meetings")
    begun.window.go("today")

    assert by_line == [None]
    assert NEWS not in words(begun)


def test_who_follows_a_meeting_hears_of_it_afterwards(qtbot, program, region, by_line, programs):
    begun = program()  # there was none yet
    begun.window.go("meetings")
    region.offer("0.9.0")
    (programs.known / "timestamp.json").unlink()  # it is another day

    begun.exchanges.exchange()
    settle(qtbot, begun)
    assert NEWS not in words(begun)

    begun.window.go("today")
    assert NEWS in words(begun)


def test_without_an_address_nobody_is_asked(qtbot, program, region, monkeypatch):
    asked = []
    monkeypatch.setattr(asking, "look", lambda *said: asked.append(said))
    begun = program()
    settle(qtbot, begun)

    dialog = dialog_of(qtbot, begun)

    assert asked == []
    assert not dialog.look_button.isVisible()
    assert "on a stick" in dialog.words.text()


def test_one_click_installs_it_from_a_stick_and_another_goes_back(
    qtbot, program, region, programs, monkeypatch
):
    region.offer("0.9.0", schema=1)
    begun = program()
    dialog = dialog_of(qtbot, begun)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(region.repository))
    dialog.stick_button.click()
    settle(qtbot, begun)
    assert f"0.9.0 (1 MB). Yours is {VERSION}." in dialog.words.text()

    press(Qt.Key.Key_Return, widget=dialog.install_button)
    settle(qtbot, begun)

    assert dialog.headline.text() == "Version 0.9.0 is installed."
    assert current(programs) == "0.9.0"
    assert not dialog.bar.isVisible()
    dialog.accept()
    dialog = dialog_of(qtbot, begun)
    dialog.back_button.click()
    settle(qtbot, begun)
    assert dialog.headline.text() == f"Dala starts version {VERSION} from now on."


def looked_from_the_stick(qtbot, begun, region, monkeypatch):
    """The dialog, after it found 0.9.0 there, of which only what changed comes."""
    dialog = dialog_of(qtbot, begun)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(region.repository))
    dialog.stick_button.click()
    settle(qtbot, begun)
    return dialog


@pytest.fixture
def changed(region, programs):
    """0.8.0 is on this laptop, and 0.9.0 differs a little."""
    region.offer("0.8.0", library=LIBRARY)
    install(programs, region.repository, region.root)
    region.offer("0.9.0", library=LIBRARY + b"x")


def test_the_bytes_of_what_changed_are_told_and_it_alone_comes(
    qtbot, program, region, programs, changed, monkeypatch
):
    begun = program()
    dialog = looked_from_the_stick(qtbot, begun, region, monkeypatch)
    assert "Only what changed comes: 1 KB." in dialog.words.text()

    dialog.install_button.click()
    settle(qtbot, begun)

    assert dialog.headline.text() == "Version 0.9.0 is installed."
    assert "whole package" not in dialog.words.text()
    assert current(programs) == "0.9.0"


def test_that_the_whole_package_comes_instead_is_said_while_it_does_and_after(
    qtbot, program, region, programs, changed, monkeypatch
):
    region.delta().unlink()
    begun = program()
    dialog = looked_from_the_stick(qtbot, begun, region, monkeypatch)
    dialog.show_come(10, 31_400_000)
    assert "the whole package is taken: 31 MB" in dialog.words.text()

    dialog.install_button.click()
    settle(qtbot, begun)

    assert dialog.headline.text() == "Version 0.9.0 is installed."
    assert "the whole package is taken: 1 MB" in dialog.words.text()
    assert current(programs) == "0.9.0"


def test_what_is_wrong_is_said_and_the_way_out_is_open(
    qtbot, program, region, monkeypatch, tmp_path
):
    begun = program()
    dialog = dialog_of(qtbot, begun)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))

    dialog.stick_button.click()
    settle(qtbot, begun)

    assert "is no folder with updates" in dialog.problem.text()
    assert dialog.stick_button.isEnabled()
    assert not dialog.stop_button.isVisible()


def installing(qtbot, program, region, monkeypatch, take):
    """The program and its dialog, in which what a stick offers is being installed by `take`."""
    monkeypatch.setattr(asking, "take", take)  # before the dialog is made: it takes its own then
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(region.repository))
    begun = program()
    dialog = dialog_of(qtbot, begun)
    dialog.stick_button.click()
    settle(qtbot, begun)
    dialog.install_button.click()
    return begun, dialog


def test_stopping_keeps_the_version_one_has(qtbot, program, region, programs, monkeypatch):
    region.offer("0.9.0")
    plain, stopped = asking.take, Event()

    def take(*given):
        assert stopped.wait(20)  # else a quick thread would be done before
        return plain(*given)

    begun, dialog = installing(qtbot, program, region, monkeypatch, take)
    dialog.stop_button.click()
    stopped.set()
    settle(qtbot, begun)

    assert versions.running(versions.read_state(programs)) == VERSION
    assert dialog.install_button.isEnabled()
    assert dialog.problem.text() == ""


def test_stop_waits_for_no_line(qtbot, program, region, programs, monkeypatch):
    region.offer("0.9.0")
    # as a line that says nothing
    begun, dialog = installing(qtbot, program, region, monkeypatch, lambda *_: pause(600))
    dialog.stop_button.click()
    settle(qtbot, begun)

    assert dialog.install_button.isEnabled()
    assert dialog.problem.text() == ""


def test_it_is_told_again_on_another_day(qtbot, program, region, by_line, programs):
    region.offer("0.9.0")
    begun = program()
    qtbot.waitUntil(lambda: NEWS in words(begun), timeout=20_000)
    begun.frame.notices.clear()
    (programs.known / "timestamp.json").unlink()  # it is another day

    begun.exchanges.exchange()
    settle(qtbot, begun)

    assert NEWS in words(begun)
