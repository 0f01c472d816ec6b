"""The coordinator's forms: a workbook with a mistake, mended, tried in two languages, published."""

from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from sqlalchemy import func, select

from desktop.actions import answers, forms
from desktop.surveys import xlsform
from desktop.surveys.bundled import rating_xform
from desktop.surveys.compiler import compile_workbook
from sync.records.base import Base
from tests.gallery_forms import workbook
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk
from tests.ui.keys import press, settle, show
from tests.ui.survey_waves import start_wave
from ui.screens.forms import FormsPage
from ui.translation import use_language
from ui.undoing import undo
from ui.widgets.labels import PlainLabel


@pytest.fixture(name="desk")
def given_desk(tmp_path):
    desk = make_desk(tmp_path, "coordinator")
    yield desk
    close(desk)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Workbooks are compiled here: the process of their own, which takes seconds, has its tests."""
    monkeypatch.setattr(
        xlsform, "_work", lambda path, *_: compile_workbook(path.read_bytes(), path)
    )


@pytest.fixture
def page(qtbot, desk, jobs):
    use_language("en")
    page = FormsPage(desk, jobs)
    show(qtbot, page)
    settle(qtbot, jobs)
    return page


def words(widget):
    QCoreApplication.processEvents()  # what was put into a layout is shown only then
    return [label.text() for label in widget.findChildren(PlainLabel) if label.isVisible()]


def rows(desk):
    """How many rows each table of the file has."""
    with desk.store() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }


def read(qtbot, jobs, page, path):
    page.read(path)
    settle(qtbot, jobs)
    return page.reading


def test_an_empty_shelf_says_what_to_do_and_offers_the_forms_of_the_program(page):
    assert any("No form is published yet" in said for said in words(page.shelf))
    assert ("take", "rating") in page.shelf.buttons


def test_a_mistake_is_told_with_its_place_and_can_be_copied(qtbot, jobs, page, tmp_path, said):
    reading = read(qtbot, jobs, page, workbook(tmp_path / "needs.xlsx", mended=False))

    assert reading.verdict.words == "1 error · 1 remark"
    assert reading.table.hasFocus()
    assert not reading.publish_card.isVisible()
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, reading.table)
    reading.copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Error · survey, row 3, relevant · There is no question “watr”")


def test_what_is_wrong_is_said_in_the_language_spoken_now(qtbot, jobs, page, tmp_path):
    reading = read(qtbot, jobs, page, workbook(tmp_path / "needs.xlsx", mended=False))

    use_language("ru")

    assert reading.verdict.words == "1 ошибка · 1 замечание"
    assert "строка 3" in reading.table.verdicts.index(0, 1).data()
    assert reading.again_button.text() == "Прочитать файл снова"


def test_a_file_that_is_no_form_is_told_and_leaves_the_way_open(qtbot, jobs, page, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"garbage")

    reading = read(qtbot, jobs, page, tmp_path / "a.xlsx")

    assert "not an Excel workbook" in reading.table.verdicts.index(0, 2).data()
    press(Qt.Key.Key_Escape)
    settle(qtbot, jobs)
    assert page.shelf.isVisible()


def test_reading_can_be_stopped(qtbot, jobs, page, tmp_path, said, monkeypatch):
    begun = Event()

    def work(path, patience, tell):
        begun.set()
        while True:  # until it is stopped
            tell(0, 10)

    monkeypatch.setattr(xlsform, "_work", work)
    page.read(workbook(tmp_path / "needs.xlsx", mended=True))
    qtbot.waitUntil(begun.is_set)
    assert page.reading.stop_button.isVisible()

    press(Qt.Key.Key_Escape)
    settle(qtbot, jobs)

    assert page.shelf.isVisible()
    assert said == []


def test_a_mended_form_is_read_again_tried_and_published(qtbot, desk, jobs, page, tmp_path, said):
    path = workbook(tmp_path / "needs.xlsx", mended=False)
    read(qtbot, jobs, page, path)

    workbook(path, mended=True)
    press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier, page)
    page.read_again()
    settle(qtbot, jobs)

    assert page.reading.verdict.words.startswith("The form can be used")
    assert any("6 of 6 questions" in each for each in words(page.reading.tried))
    assert page.reading.publish_card.name.value() == "Ауыл қажеттіліктері"
    page.reading.publish_card.button.click()
    settle(qtbot, jobs)
    [one] = forms.list_forms(desk)
    assert (one.name, one.version, one.languages) == ("Ауыл қажеттіліктері", "1", ("kk", "ru"))
    assert any("is published" in each for each in said)
    assert page.shelf.isVisible()


def test_a_new_version_says_what_changed_and_whom_it_concerns(qtbot, desk, jobs, page, tmp_path):
    read(qtbot, jobs, page, workbook(tmp_path / "a.xlsx", mended=True))
    page.reading.publish_card.button.click()
    settle(qtbot, jobs)

    more = workbook(tmp_path / "a.xlsx", mended=True, version="2", more=True)
    told = words(read(qtbot, jobs, page, more).publish_card)

    assert "What changes from version 1" in told
    assert "• New question: “Не істеу керек?”" in told
    assert any("cannot be compared" in each for each in told)


def test_a_trial_asks_in_all_languages_and_keeps_nothing(qtbot, desk, jobs, page, tmp_path, said):
    reading = read(qtbot, jobs, page, workbook(tmp_path / "needs.xlsx", mended=True, photo=False))
    before = rows(desk)

    reading.trial_button.click()
    trial = page.trial
    assert "Nothing is kept" in trial.words.text()
    press(Qt.Key.Key_1, widget=trial.asking)
    kazakh = trial.asking.question.label.text()
    trial.asking.next_language()
    assert (kazakh, trial.asking.question.label.text()) == (
        "Ауылда ауыз су бар ма?",
        "Есть ли в селе питьевая вода?",
    )
    trial.made_up.click()
    assert trial.asking.frame.next_button.text() == "Finish"  # nothing is saved
    assert not trial.asking.frame.throw_button.isVisible()
    press(Qt.Key.Key_Return, widget=trial.asking)
    settle(qtbot, jobs)

    assert "Nothing of it was kept" in said[-1]
    assert page.reading.isVisible()
    assert page.reading.trial_button.hasFocus()
    settle(qtbot, jobs)
    assert rows(desk) == before


def test_a_form_in_use_offers_no_taking_away_but_can_be_tried(qtbot, desk, jobs, page):
    wave, _ = start_wave(desk)
    page.reload()
    settle(qtbot, jobs)
    [one] = forms.list_forms(desk)

    assert ("away", one.id) not in page.shelf.buttons
    page.shelf.buttons["try", one.id].click()
    settle(qtbot, jobs)
    assert page.trial.isVisible()
    page.trial.end_button.click()

    assert page.shelf.isVisible()
    assert answers.of_wave(desk, wave) == []


def test_a_form_that_nobody_uses_is_taken_away_and_brought_back(qtbot, desk, jobs, page):
    forms.publish(desk, rating_xform(), name="Рейтинг", version="1")
    page.reload()
    settle(qtbot, jobs)
    [one] = forms.list_forms(desk)

    page.shelf.buttons["away", one.id].click()
    settle(qtbot, jobs)
    assert forms.list_forms(desk) == []
    undo(desk, jobs)
    settle(qtbot, jobs)

    assert [each.id for each in forms.list_forms(desk)] == [one.id]


def test_a_form_of_the_program_is_taken_as_it_is_and_once(qtbot, desk, jobs, page, said):
    page.shelf.buttons["take", "rating"].click()
    settle(qtbot, jobs)

    page.reading.publish_card.button.click()
    page.reading.publish_card.button.click()
    settle(qtbot, jobs)

    assert len(said) == 1

    [one] = forms.list_forms(desk)
    assert forms.xform_of(desk, one.id) == rating_xform()


def test_what_is_refused_is_said_and_the_form_stays_on_the_screen(qtbot, jobs, page, said):
    page.shelf.buttons["take", "rating"].click()
    settle(qtbot, jobs)
    page.reading.publish_card.name.set_value("  ")

    page.reading.publish_card.button.click()
    settle(qtbot, jobs)

    assert said == ["Give the form a name, by which people know it."]
    assert page.reading.isVisible()
