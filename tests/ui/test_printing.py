"""A record is printed from its page: asked for once, in a language of its own, noted, nothing opened."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.actions import papers, records
from desktop.actions.exporting import exports
from sync.language import speak
from tests.documents import pages_of, words_of
from tests.papers import VISITOR, meeting
from tests.profiles import ISSUE
from tests.ui.desks import close, make_desk, record
from tests.ui.keys import press
from ui.dialogs.paper import PaperDialog
from ui.jobs import Jobs
from ui.screens.any_kind import AnyKindScreen
from ui.screens.issues import IssuesScreen
from ui.screens.meetings import MeetingsScreen

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "desk")
    yield desk
    close(desk)


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    qtbot.waitUntil(lambda: not jobs.working())
    jobs.close()


@pytest.fixture
def shown(qtbot, desk, jobs):
    """Show a screen, perhaps with a record that is open."""
    speak("en")

    def show(screen, id=None):
        qtbot.addWidget(screen)
        screen.show()
        if id is not None:
            screen.open_record(id)
            qtbot.waitUntil(lambda: screen.editor.page is not None)
        return screen

    yield show
    speak("kk")


def dialog_of(qtbot, screen):
    qtbot.waitUntil(lambda: screen.findChildren(PaperDialog) != [])
    [dialog] = screen.findChildren(PaperDialog)
    return dialog


def test_ctrl_p_makes_the_minutes_in_the_language_that_is_chosen(
    qtbot, shown, desk, jobs, tmp_path, monkeypatch
):
    id = meeting(desk)
    screen = shown(MeetingsScreen(desk, jobs), id)
    proposed = []

    def choose(_parent, _title, name, _files):
        proposed.append(name)
        return str(tmp_path / "out"), "PDF (*.pdf)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)

    press(Qt.Key.Key_P, CONTROL, screen.list.view)
    dialog = dialog_of(qtbot, screen)
    assert dialog.language() == "en"
    dialog.languages["kk"].click()
    dialog.save_button.click()
    qtbot.waitUntil((tmp_path / "out.pdf").exists)

    assert [Path(name).name for name in proposed] == [
        f"Хаттама {id.hex[-5:].upper()} 05.11.2026.pdf"
    ]
    [page] = pages_of((tmp_path / "out.pdf").read_bytes())
    assert "ХАТТАМА" in page
    assert "Қуаныш Серікұлы" not in page
    assert [one.format for one in exports(desk)] == ["pdf"]


def test_who_asked_is_in_the_paper_only_with_a_purpose(qtbot, shown, desk, jobs, tmp_path):
    screen = shown(MeetingsScreen(desk, jobs), meeting(desk))
    screen.editor.header.print_button.click()
    dialog = dialog_of(qtbot, screen)

    assert dialog.names.text() == "Asked by"
    dialog.personal.click()
    assert not dialog.save_button.isEnabled()
    dialog.purposes["answer"].click()
    dialog.save(tmp_path / "out.docx")
    qtbot.waitUntil((tmp_path / "out.docx").exists)

    assert any("Қуаныш Серікұлы" in line for line in words_of(tmp_path / "out.docx"))


def test_what_is_typed_is_saved_before_it_is_printed(qtbot, shown, desk, jobs, tmp_path):
    id = record(desk, "issue", ISSUE)
    screen = shown(IssuesScreen(desk, jobs), id)
    screen.editor.form.set_values({"essence": "Екі аптадан бері су жоқ"})
    qtbot.waitUntil(screen.editor.dirty)

    screen.print_record()
    dialog_of(qtbot, screen).save(tmp_path / "out.docx")
    qtbot.waitUntil((tmp_path / "out.docx").exists)

    assert "Екі аптадан бері су жоқ" in words_of(tmp_path / "out.docx")
    assert records.show(desk, id)["essence"] == "Екі аптадан бері су жоқ"


def test_a_record_that_is_not_saved_yet_has_nothing_to_print(qtbot, shown, desk, jobs):
    screen = shown(IssuesScreen(desk, jobs))
    screen.begin()
    qtbot.waitUntil(lambda: screen.editor.page is not None)

    screen.print_record()

    assert screen.editor.header.print_button.isHidden()
    assert screen.findChildren(PaperDialog) == []


def test_the_register_is_asked_for_by_its_days(qtbot, shown, desk, jobs, tmp_path):
    record(desk, "reception", VISITOR)
    screen = shown(AnyKindScreen(desk, jobs, "reception"))
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 1)
    assert screen.list.print_button.isVisible()

    press(Qt.Key.Key_P, CONTROL | SHIFT, screen.list.view)
    dialog = dialog_of(qtbot, screen)
    first, last = dialog.period()
    assert (first.day, last) == (1, date.today())  # noqa: DTZ011
    dialog.first.set_value("жоқ")
    dialog.ask_where()
    assert "both days" in dialog.problem.text()
    dialog.first.set_value(date(2026, 11, 1))
    dialog.last.set_value(date(2026, 11, 30))
    dialog.save(tmp_path / "out.docx")
    qtbot.waitUntil((tmp_path / "out.docx").exists)

    assert "In all: 1 visitor" in words_of(tmp_path / "out.docx")


def test_lists_of_other_kinds_have_no_register(qtbot, shown, desk, jobs):
    screen = shown(IssuesScreen(desk, jobs))

    screen.print_register()

    assert screen.list.print_button.isHidden()
    assert screen.findChildren(PaperDialog) == []


def test_what_does_not_work_is_said_in_the_dialog(qtbot, shown, desk, jobs, tmp_path):
    screen = shown(MeetingsScreen(desk, jobs), meeting(desk))
    screen.print_record()
    dialog = dialog_of(qtbot, screen)
    dialog.save(tmp_path / "none" / "out.pdf")
    qtbot.waitUntil(dialog.problem.isVisible)

    assert "no folder" in dialog.problem.text()
    assert papers.FORMATS == ("docx", "pdf")
    dialog.reject()
