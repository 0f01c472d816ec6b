"""A survey is run without a programmer: from a workbook with a mistake to the first question in a village.

By keys and buttons, on real laptops with a real server between them.
"""

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from desktop.actions import directory, exchange, forms, records
from desktop.profile import close_desk, open_desk
from desktop.surveys import xlsform
from desktop.surveys.compiler import compile_workbook
from sync.places import load_pack
from tests.gallery_forms import workbook
from tests.profiles import PASSWORD, cheaply, line, new_profile
from tests.servers import SOZAQ, regional
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import press, settle, show, write
from tests.ui.survey_waves import OKRUG
from ui.screens.directory import FORMS, WAVES, DirectoryScreen
from ui.screens.surveys import SurveysScreen

CTRL, ENTER, ESC = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return, Qt.Key.Key_Escape
TODAY = date.today()  # noqa: DTZ011  # the day of the place


@pytest.fixture
def laptops(tmp_path):
    """A coordinator's and an activist's, at one server."""
    server_folder = tmp_path / "server"
    server_folder.mkdir()
    desks = []
    with (
        regional(f"sqlite:///{server_folder}/server.db", server_folder) as server,
        cheaply(load_pack("turkistan")),
    ):
        for login, role in (("dauren", "coordinator"), ("aidana", "activist")):
            profile = new_profile(tmp_path / login, server, login, role)
            desks.append(open_desk(profile, PASSWORD, http=line(server)))
        yield desks
        for desk in desks:
            close_desk(desk)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Workbooks are compiled here: the process of their own has its tests."""
    monkeypatch.setattr(
        xlsform, "_work", lambda path, *_: compile_workbook(path.read_bytes(), path)
    )


def begin(qtbot, jobs, screen):
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


def mend(path):
    """What the coordinator does in Excel. Photos would tell who was asked: the question goes."""
    return workbook(path, mended=True, photo=False)


def test_a_survey_is_run_without_a_programmer(qtbot, jobs, laptops, tmp_path, said):
    coordinator, activist = laptops
    path = workbook(tmp_path / "needs.xlsx", mended=False, photo=False)
    screen = begin(qtbot, jobs, DirectoryScreen(coordinator, jobs))

    # where the mistake is
    page = screen.page(FORMS)
    page.read(path)
    settle(qtbot, jobs)
    assert page.reading.table.hasFocus()
    assert "3" in page.reading.table.verdicts.index(0, 1).data()
    assert "watr" in page.reading.table.verdicts.index(0, 2).data()

    # mended, and tried in both languages
    mend(path)
    press(Qt.Key.Key_R, CTRL)
    settle(qtbot, jobs)
    assert page.reading.trial_button.hasFocus()
    press(ENTER)
    settle(qtbot, jobs)
    asked = [page.trial.asking.question.label.text()]
    press(Qt.Key.Key_F6)
    asked.append(page.trial.asking.question.label.text())
    assert asked == ["Ауылда ауыз су бар ма?", "Есть ли в селе питьевая вода?"]
    press(Qt.Key.Key_1)
    press(ESC)
    settle(qtbot, jobs)

    # published
    page.reading.publish_card.button.setFocus()
    press(ENTER)
    settle(qtbot, jobs)
    [form] = forms.list_forms(coordinator)

    # a wave with cells
    screen.go(WAVES)
    settle(qtbot, jobs)
    waves = screen.page(WAVES)
    waves.setFocus()
    press(Qt.Key.Key_N, CTRL)
    settle(qtbot, jobs)
    write("Ауыл қажеттіліктері")
    for name, value in (
        ("form", str(form.id)),
        ("starts_on", TODAY),
        ("ends_on", TODAY + timedelta(days=9)),
        ("districts", [SOZAQ]),
        ("target", 20),
    ):
        waves.form.fields[name].set_value(value)
    settle(qtbot, jobs)
    cells = waves.form.cells
    assert dict(cells.by.adder.choices()).keys() == {"/data/sex"}
    cells.by.setFocus()
    write("жыны")
    press(ENTER)
    QCoreApplication.processEvents()
    for row in range(2):
        cells.model.setData(cells.model.index(row, 1), "10")
    press(Qt.Key.Key_S, CTRL, waves.form.fields["title"].input)
    settle(qtbot, jobs)
    [wave] = records.list_records(coordinator, "wave")
    assert sorted(wave["quotas"]) == ["*|female=10", "*|male=10"]

    # the activist's laptop has it by an exchange, and begins
    for desk in (coordinator, activist):
        exchange.exchange(desk)
    surveys = begin(qtbot, jobs, SurveysScreen(activist, jobs))
    surveys.buttons[wave["id"]].setFocus()
    press(ENTER)
    settle(qtbot, jobs)
    surveys.interview.start_page.okrug_input.set_value(OKRUG)
    surveys.interview.setFocus()
    press(ENTER)
    settle(qtbot, jobs)
    assert surveys.interview.walk.step().node.label == "Ауылда ауыз су бар ма?"


def test_a_mended_form_does_not_change_a_wave_that_runs(qtbot, jobs, laptops, tmp_path):
    coordinator, activist = laptops
    [change] = forms.publish(
        coordinator, _xform(tmp_path / "a.xlsx"), name="Қажеттілік", version="1"
    )
    values = {"title": "Күз", "form": str(change.record), "districts": [SOZAQ]}
    days = {"starts_on": str(TODAY), "ends_on": str(TODAY + timedelta(days=9))}
    wave = records.save(coordinator, "wave", values | days)[0].record
    screen = begin(qtbot, jobs, DirectoryScreen(coordinator, jobs))

    screen.page(FORMS).read(
        workbook(tmp_path / "a.xlsx", mended=True, photo=False, version="2", more=True)
    )
    settle(qtbot, jobs)
    screen.page(FORMS).reading.publish_card.button.click()
    settle(qtbot, jobs)
    for desk in (coordinator, activist):
        exchange.exchange(desk)

    assert [one.version for one in forms.list_forms(activist)] == ["2", "1"]
    assert records.show(activist, wave)["form"] == str(change.record)
    assert forms.list_forms(activist)[1].waves == ("Күз",)


def test_an_official_who_was_replaced_comes_to_all_laptops(laptops):
    coordinator, activist = laptops
    post = {"post": "Әкім", "body": "akimat", "territory": SOZAQ, "name": "А. Серік"}
    [change] = directory.save(coordinator, post)
    directory.replace(coordinator, UUID(str(change.record)), {"name": "Б. Ахмет"}, TODAY)

    for desk in (coordinator, activist):
        exchange.exchange(desk)

    found = directory.list_officials(activist)
    assert [(one.name, one.in_office(TODAY)) for one in found] == [
        ("Б. Ахмет", True),
        ("А. Серік", False),
    ]


def test_the_pages_are_gone_through_by_keys(qtbot, jobs, laptops):
    screen = begin(qtbot, jobs, DirectoryScreen(laptops[0], jobs))
    seen = [screen.pages.currentIndex()]

    for _ in range(screen.pages.count()):
        press(Qt.Key.Key_PageDown, CTRL)
        settle(qtbot, jobs)
        seen.append(screen.pages.currentIndex())

    assert seen == [*range(screen.pages.count()), FORMS]


def _xform(path):
    return str(compile_workbook(mend(path).read_bytes(), path)["xform"])
