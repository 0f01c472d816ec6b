"""Records come from a table on the page of their list: looked through, imported, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.actions import importing, records
from desktop.actions.listing import ALL
from sync.language import speak
from tests.desktop.imports.registers import HEADS, ROW, workbook
from tests.profiles import ISSUE
from tests.ui.desks import close, make_desk
from tests.ui.keys import press
from ui import messages
from ui.jobs import Jobs
from ui.screens.issues import IssuesScreen


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
def screen(qtbot, desk, jobs):
    speak("en")
    screen = IssuesScreen(desk, jobs)
    qtbot.addWidget(screen)
    screen.resize(1366, 740)
    screen.show()
    qtbot.waitUntil(lambda: not jobs.working())
    yield screen
    speak("kk")


@pytest.fixture
def path(tmp_path):
    rows = [(ROW[0], f"Су жоқ {n}", *ROW[2:]) for n in range(3)]
    return workbook(tmp_path / "a.xlsx", HEADS, *rows, ("31.02.2026", *ROW[1:]))


@pytest.fixture
def page(qtbot, screen, jobs, path, monkeypatch):
    """The page with the register looked through, as a person comes there."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier, screen.list.view)
    screen.importing.file_button.click()
    qtbot.waitUntil(lambda: screen.importing.found is not None and not jobs.working())
    return screen.importing


def test_a_register_is_looked_through_imported_and_taken_back(qtbot, screen, page, jobs, desk):
    assert page.counts.text() == "3 rows are new · 1 is not right"
    assert page.run_button.text() == "Import 3 rows"
    assert page.verdicts.verdicts.rowCount() == 1
    assert records.count_records(desk, "issue") == 0

    page.run_button.click()
    qtbot.waitUntil(lambda: page.undo_button.isVisible())
    qtbot.waitUntil(lambda: screen.list.model.listing.counts.get(ALL) == 3)
    assert not page.run_button.isVisible()
    assert page.counts.text() == "3 drafts were imported."

    page.undo_button.click()
    qtbot.waitUntil(lambda: records.count_records(desk, "issue") == 0)
    qtbot.waitUntil(lambda: page.run_button.isVisible() and page.run_button.isEnabled())
    assert page.run_button.text() == "Import 3 rows"


def test_columns_are_taken_as_the_person_says(qtbot, page, jobs):
    page.columns.inputs["Ауыл"].set_value("-")
    page.check_button.click()
    qtbot.waitUntil(lambda: not jobs.working())

    assert [head.target for head in page.found.headed.heads] == [
        "received_on",
        "essence",
        "category",
        "",
    ]
    assert all("village" not in one.change.fields for one in page.found.new)


def test_the_import_that_is_stopped_leaves_nothing(qtbot, page, jobs, desk, monkeypatch):
    write = importing.run

    def stopped(desk, found, tell):
        page.stop()
        return write(desk, found, tell)

    monkeypatch.setattr(importing, "run", stopped)
    page.run_button.click()
    qtbot.waitUntil(lambda: page.problem.isVisible())

    assert page.problem.text() == "Stopped. Nothing was imported."
    assert page.run_button.isEnabled()
    assert records.count_records(desk, "issue") == 0


def test_the_other_rows_and_the_empty_table_are_saved_where_the_person_says(
    qtbot, page, jobs, tmp_path, monkeypatch
):
    said = []
    messages.show_with(said.append)
    for button, name in ((page.wrong_button, "қате"), (page.blank_button, "үлгі")):
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), "")
        )
        button.click()
        qtbot.waitUntil(
            lambda name=name: (tmp_path / f"{name}.xlsx").exists() and not jobs.working()
        )
    messages.stop_showing(said.append)

    assert len(said) == 2


def test_rows_like_records_that_are_there_come_if_wanted(
    qtbot, screen, jobs, desk, page, tmp_path
):
    records.save(desk, "issue", {**ISSUE, "essence": "Су жоқ"})
    page.open(workbook(tmp_path / "b.xlsx", HEADS, ROW))
    qtbot.waitUntil(lambda: not jobs.working())
    assert not page.run_button.isEnabled()

    page.alike.click()
    qtbot.waitUntil(lambda: page.run_button.isEnabled())

    assert page.counts.text() == "1 row is new"


def test_what_is_no_table_is_told_on_the_page(qtbot, page, jobs, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04")

    page.open(path)
    qtbot.waitUntil(lambda: page.problem.isVisible())

    assert "is no table" in page.problem.text()


def test_esc_goes_back_to_the_list_and_the_words_follow_the_language(qtbot, screen, page):
    speak("ru")
    page.retranslate()
    assert page.hint.text()
    press(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, page)

    assert screen.pages.currentWidget() is not page
    speak("en")
