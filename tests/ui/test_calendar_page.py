"""The coordinator's page of working days, by keys."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.actions import calendar_days
from desktop.actions.terms import read_calendar
from sync.working_days import DAY_OFF, WORKED
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk
from tests.ui.keys import press, settle, show
from ui.screens.calendar import CalendarPage
from ui.translation import use_language

CTRL = Qt.KeyboardModifier.ControlModifier
DAY = date(2026, 12, 4)


@pytest.fixture(name="desk")
def given_desk(tmp_path):
    desk = make_desk(tmp_path, "coordinator")
    yield desk
    close(desk)


@pytest.fixture
def page(qtbot, desk, jobs):
    use_language("en")
    page = CalendarPage(desk, jobs)
    page._shown = 2026
    show(qtbot, page)
    settle(qtbot, jobs)
    return page


def test_a_year_shows_its_days_and_that_its_acts_are_not_known(page):
    assert page.title.text() == "2026"
    assert "not known" in page.state_words.text()
    assert date(2026, 5, 27) in [row.key for row in page.list.rows.rows]


def test_a_moved_day_is_written_down_by_keys(qtbot, desk, jobs, page, said):
    page.day.set_value(DAY)
    page.sort.set_value(DAY_OFF)
    page.said.set_value("№ 700")
    press(Qt.Key.Key_S, CTRL, page.said)
    settle(qtbot, jobs)

    assert not read_calendar(desk).works(DAY)
    assert said == ["Saved here."]
    [row] = [row for row in page.list.rows.rows if row.key == DAY]
    assert row.badge == "written down here"


def test_a_day_that_is_chosen_is_taken_back(qtbot, desk, jobs, page):
    calendar_days.mark_day(desk, DAY, DAY_OFF, "№ 700")
    page.reload()
    settle(qtbot, jobs)
    assert page.back_button.isHidden()

    page.list.choose(DAY)
    assert (page.sort.value(), page.said.value()) == (DAY_OFF, "№ 700")
    page.back_button.click()
    settle(qtbot, jobs)

    assert read_calendar(desk).works(DAY)


def test_what_is_missing_is_said_at_its_field(qtbot, jobs, page):
    page.save()
    assert not page.rows["day"].problem.isHidden()

    page.day.set_value(DAY)
    page.save()
    settle(qtbot, jobs)
    assert page.rows["day"].problem.isHidden()
    assert not page.rows["sort"].problem.isHidden()
    assert not page.rows["said"].problem.isHidden()


def test_another_year_is_a_press_away_and_the_last_is_the_last(qtbot, jobs, page, said):
    page.after.click()
    settle(qtbot, jobs)
    assert page.title.text() == "2027"

    page._shown = 2040
    page.after.click()
    settle(qtbot, jobs)
    assert page.title.text() == "2027"
    assert "2040" in said[-1]


def test_a_holiday_of_the_program_is_written_over(qtbot, desk, jobs, page):
    page.list.choose(date(2026, 5, 27))
    assert page.said.value() == "Kurban Ait"
    page.sort.set_value(WORKED)
    page.save()
    settle(qtbot, jobs)

    assert read_calendar(desk).works(date(2026, 5, 27))


def test_it_is_said_in_the_language_spoken_now(qtbot, jobs, page):
    page.sort.set_value(WORKED)
    use_language("kk")
    settle(qtbot, jobs)

    assert page.sort.text() == "Жұмыс күні"
