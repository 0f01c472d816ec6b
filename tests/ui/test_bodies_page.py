"""The coordinator's directory of bodies and partners; a field offers those that are in force."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.actions import bodies
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import SOZAQ, close, make_desk
from tests.ui.keys import press, settle, show, write
from ui.screens.bodies import BodiesPage
from ui.screens.directory import TABS, DirectoryScreen
from ui.screens.records import RecordsScreen
from ui.translation import use_language

CTRL = Qt.KeyboardModifier.ControlModifier
LAND = {"name": "Жер қатынастары бөлімі", "sort": "department"}


@pytest.fixture(name="desk")
def given_desk(tmp_path):
    desk = make_desk(tmp_path, "coordinator")
    yield desk
    close(desk)


@pytest.fixture
def build(qtbot, desk, jobs):
    def build(kind=bodies.ORGANISATION):
        use_language("en")
        page = BodiesPage(desk, jobs, kind)
        show(qtbot, page)
        settle(qtbot, jobs)
        return page

    return build


def test_a_body_is_written_down_and_changed_by_keys(qtbot, desk, jobs, build, said):
    page = build()
    page.begin()
    write("Аурухана")
    page.fields["sort"].set_value("service")
    page.fields["territory"].set_value(SOZAQ)
    press(Qt.Key.Key_S, CTRL, page.fields["name"].input)
    page.save()
    settle(qtbot, jobs)
    [one] = bodies.list_bodies(desk, bodies.ORGANISATION)
    assert (one.name, one.sort, bool(one.place)) == ("Аурухана", "Service or institution", True)
    assert said == ["Saved here."]

    page.fields["until"].set_value(date(2020, 1, 1))
    page.save()
    settle(qtbot, jobs)
    [one] = bodies.list_bodies(desk, bodies.ORGANISATION)
    assert one.until == date(2020, 1, 1)
    assert "Former" in page.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_is_wrong_is_said_at_its_field(qtbot, jobs, build):
    page = build(bodies.COMPETENT)
    page.fields["since"].set_value(date(2026, 2, 1))
    page.fields["until"].set_value(date(2026, 1, 1))
    page.save()
    settle(qtbot, jobs)

    assert page.fields["name"].problem.text()
    assert page.fields["until"].problem.text()
    assert page.save_button.isEnabled()


def test_each_sort_has_a_page_of_the_directory(qtbot, desk, jobs):
    use_language("en")
    screen = DirectoryScreen(desk, jobs)
    show(qtbot, screen)
    assert len(screen.chips) == screen.pages.count() == len(TABS)
    screen.go(TABS.index("Competent bodies"))
    page = screen.page(TABS.index("Competent bodies"))
    assert page.isVisible()


def test_an_issue_offers_the_bodies_while_one_types(qtbot, desk, jobs):
    bodies.save(desk, bodies.ORGANISATION, LAND)
    screen = RecordsScreen(desk, jobs, "issue")
    show(qtbot, screen)
    screen.begin({})
    settle(qtbot, jobs)

    field = screen.editor.sheet.form.fields["handed_to"].input
    offered = field.completer()
    offered.setCompletionPrefix("қатынас")
    assert offered.currentCompletion() == LAND["name"]
