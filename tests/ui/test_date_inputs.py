from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt

from tests.ui.input_form import given_put  # noqa: F401
from tests.ui.keys import press, write
from ui.translation import use_language
from ui.widgets.date_inputs import read_day, read_time
from ui.widgets.inputs import (
    DateInput,
)

TODAY = date(2026, 11, 24)
WATER = (("water", "Ауыз су"), ("road", "Жол"), ("school", "Мектеп"), ("gas", "Газ"))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5.3", date(2026, 3, 5)),
        ("5.3.26", date(2026, 3, 5)),
        ("05.03.2026", date(2026, 3, 5)),
        ("05032026", date(2026, 3, 5)),
        ("050326", date(2026, 3, 5)),
        ("0503", date(2026, 3, 5)),
        ("5/3-2026", date(2026, 3, 5)),
        ("29.02.2028", date(2028, 2, 29)),
        ("t", TODAY),
        ("т", TODAY),  # of a Russian keyboard
        ("Бүгін", TODAY),
        ("сегодня ", TODAY),
        ("+7", date(2026, 12, 1)),
        ("-1", date(2026, 11, 23)),
    ],
)
def test_days_are_read_as_people_write_them(typed, day):
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "5", "32.1", "29.2.2026", "1.2.3.4", "кеше", "1.1.99999"])
def test_what_is_no_day_is_not_taken_for_one(typed):
    assert read_day(typed, TODAY) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_shown(day):
    assert read_day(day.strftime("%d.%m.%Y"), TODAY) == day


@given(st.text())
def test_reading_never_fails(text):
    assert isinstance(read_day(text, TODAY), date | None)
    assert isinstance(read_time(text), time | None)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("09.30", time(9, 30)),
        ("24:00", None),
        ("9:75", None),
        ("", None),
        ("таңертең", None),
    ],
)
def test_times_are_read_as_people_write_them(typed, read):
    assert read_time(typed) == read


def test_a_day_is_written_out_when_the_field_is_left(put):
    input = put(DateInput())
    write("5.3.26")

    press(Qt.Key.Key_Tab)

    assert input.value() == date(2026, 3, 5)
    assert input.text() == "05.03.2026"


def test_what_is_no_day_stays_as_typed_for_the_check_to_name(put):
    input = put(DateInput())
    write("31.02.2026")

    press(Qt.Key.Key_Tab)

    assert input.value() == input.text() == "31.02.2026"


def test_up_and_down_go_by_days(put):
    input = put(DateInput())
    input.set_value(date(2026, 2, 28))

    press(Qt.Key.Key_Up)
    assert input.value() == date(2026, 3, 1)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)

    assert input.value() == date(2026, 2, 27)


def test_the_calendar_begins_on_monday_in_the_language_spoken(qtbot, put):
    use_language("kk")
    input = put(DateInput())
    input.set_value(date(2026, 11, 24))

    press(Qt.Key.Key_F4)
    month = input._popup.month
    assert month.isVisible()
    assert month.firstDayOfWeek() == Qt.DayOfWeek.Monday
    assert month.locale().monthName(11) == "қараша"
    month.clicked.emit(QDate(2026, 11, 3))

    assert input.value() == date(2026, 11, 3)
    assert not input._popup.isVisible()


@pytest.mark.parametrize("days", [1, 400])
def test_the_day_under_the_calendar_is_the_day_of_the_field(qtbot, put, days):
    input = put(DateInput())
    input.set_value(TODAY + timedelta(days))

    input.open_calendar()
    shown = input._popup.month.selectedDate()
    input._popup.hide()

    assert shown.toPython() == TODAY + timedelta(days)
