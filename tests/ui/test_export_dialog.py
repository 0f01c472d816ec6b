"""A list leaves as a file from its screen: asked for once, noted, and nothing opened afterwards."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.actions import records
from desktop.actions.exporting import exports
from desktop.actions.listing import Wish
from desktop.exports import tables
from sync.language import speak
from tests.profiles import ISSUE
from tests.ui.desks import close, make_desk
from tests.ui.keys import press, show
from ui import messages
from ui.dialogs.export import ExportDialog
from ui.exports import ask_export
from ui.jobs import Jobs
from ui.screens.issues import IssuesScreen
from ui.screens.sync_state import SyncScreen
from ui.widgets.labels import PlainLabel


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "desk")
    for essence in ("Су жоқ", "Жарық жоқ"):
        records.save(desk, "issue", {**ISSUE, "essence": essence})
    yield desk
    close(desk)


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    qtbot.waitUntil(lambda: not jobs.working())
    jobs.close()


@pytest.fixture
def screen(qtbot, desk, jobs):
    speak("en")
    screen = IssuesScreen(desk, jobs)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 2)
    yield screen
    speak("kk")


@pytest.fixture
def said():
    told = []
    messages.show_with(told.append)
    yield told
    messages.stop_showing(told.append)


def test_ctrl_e_saves_the_list_as_it_is_filtered(qtbot, screen, desk, jobs, tmp_path, monkeypatch):
    screen.list.search.setText("жарық")
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 1)
    asked = []
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda *told: (asked.append(told), (str(tmp_path / "out 29.11"), ""))[1],
    )

    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier, screen.list.view)
    [dialog] = screen.findChildren(ExportDialog)
    assert dialog.focusWidget() is dialog.save_button  # not “Cancel”
    dialog.formats["CSV (*.csv)"].click()  # seen before the file dialog, which has this one only
    dialog.save_button.click()
    qtbot.waitUntil(lambda: (tmp_path / "out 29.11.csv").exists())

    [(_, _, proposed, offered)] = asked
    assert proposed.endswith(".csv")
    assert offered == "CSV (*.csv)"
    text = (tmp_path / "out 29.11.csv").read_text("utf-8-sig")
    assert "Жарық жоқ" in text
    assert "Су жоқ" not in text


def test_personal_data_need_a_purpose_first(qtbot, screen, desk, jobs, tmp_path):
    dialog = ask_export(desk, jobs, "issue", Wish(), screen)

    dialog.personal.click()
    assert not dialog.save_button.isEnabled()
    dialog.purposes["answer"].click()
    assert dialog.save_button.isEnabled()
    dialog.save(tmp_path / "out.xlsx")
    qtbot.waitUntil(lambda: len(exports(desk)) == 1)

    assert [(one.personal, one.purpose) for one in exports(desk)] == [(True, "answer")]


def test_a_purpose_without_personal_data_is_not_noted(qtbot, screen, desk, jobs):
    dialog = ask_export(desk, jobs, "issue", Wish(), screen)
    dialog.personal.click()
    dialog.purposes["answer"].click()
    dialog.personal.click()

    assert dialog.purpose() == ""
    assert dialog.save_button.isEnabled()


def test_what_does_not_work_is_said_in_the_dialog_and_can_be_tried_again(
    qtbot, screen, desk, jobs, tmp_path
):
    dialog = ask_export(desk, jobs, "issue", Wish(), screen)
    dialog.save(tmp_path / "none" / "out.csv")
    qtbot.waitUntil(dialog.problem.isVisible)

    assert "no folder" in dialog.problem.text()
    assert dialog.save_button.isEnabled()
    assert exports(desk) == []


def test_who_closes_the_dialog_stops_the_work_and_nothing_is_left(
    qtbot, screen, desk, jobs, tmp_path, said
):
    dialog = ask_export(desk, jobs, "issue", Wish(), screen)
    dialog.reject()
    dialog.wanted.emit(Path(tmp_path / "out.csv"), False, "")
    qtbot.waitUntil(lambda: not jobs.working())

    assert not (tmp_path / "out.csv").exists()
    assert exports(desk) == []
    assert said == []


def test_how_far_it_is_is_shown(qtbot, screen, desk, jobs, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "STEP", 1)
    dialog = ask_export(desk, jobs, "issue", Wish(), screen)
    dialog.show_progress(200, 3_000)

    assert dialog.how_far.isVisible()
    assert dialog.how_far.text() == "200 of 3000 records"
    dialog.show_progress(8_500, 23_120)
    assert dialog.how_far.text() == "8500 of 23\u00a0120 records"
    dialog.reject()


@pytest.fixture
def ask_all(qtbot, desk, jobs):
    """The question about everything, asked by a key on the screen Sync."""
    speak("en")
    sync = SyncScreen(desk, jobs)
    show(qtbot, sync)
    sync.button.setFocus()
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier, sync.button)
    qtbot.waitUntil(lambda: bool(sync.findChildren(ExportDialog)))
    yield sync.findChildren(ExportDialog)[0]
    speak("kk")


def test_everything_leaves_as_one_archive_after_it_is_said_what_goes(
    qtbot, desk, jobs, ask_all, tmp_path, said
):
    words = " ".join(label.text() for label in ask_all.findChildren(PlainLabel))
    assert "2 records. All that you may read" in words
    assert "not encrypted" in words

    ask_all.save(tmp_path / "all.zip")
    qtbot.waitUntil(lambda: len(exports(desk)) == 1)
    qtbot.waitUntil(lambda: bool(said))

    assert zipfile.ZipFile(tmp_path / "all.zip").testzip() is None
    assert (exports(desk)[0].kind, exports(desk)[0].rows) == ("profile", 2)
    assert exports(desk)[0].id in said[0].words


def test_people_leave_with_everything_only_for_a_purpose(qtbot, desk, jobs, ask_all, tmp_path):
    ask_all.personal.click()
    assert not ask_all.save_button.isEnabled()

    ask_all.purposes["own_data"].click()
    ask_all.save(tmp_path / "all.zip")
    qtbot.waitUntil(lambda: len(exports(desk)) == 1)

    assert (exports(desk)[0].personal, exports(desk)[0].purpose) == (True, "own_data")


def test_who_closes_the_question_about_everything_stops_it(qtbot, desk, jobs, ask_all, tmp_path):
    ask_all.reject()
    ask_all.wanted.emit(tmp_path / "all.zip", False, "")
    qtbot.waitUntil(lambda: not jobs.working())

    assert not list(tmp_path.glob("*.zip*"))
    assert exports(desk) == []
