"""The agenda of a meeting item by item, and where the meeting is."""

from datetime import UTC, date, datetime, time

import pytest

from desktop.actions import records
from desktop.actions.meeting_course import (
    Course,
    add_item,
    items,
    keep_course,
    minutes_since,
    recall_course,
)
from tests.ui.desks import VILLAGE, record

NOW = datetime(2026, 11, 24, 15, 47, tzinfo=UTC)


@pytest.fixture
def meeting(desk):
    return record(desk, "meeting", {"title": "Су", "village": VILLAGE, "agenda": "1. Құбыр\n"})


def test_an_item_is_a_line_without_the_number_or_the_dash_before_it():
    agenda = "1. Ауыз су\n2) Жол\n\n– Мал жайылымы\n2026 жылғы бюджет\n 12.  \n"

    assert items({"agenda": agenda}) == ["Ауыз су", "Жол", "Мал жайылымы", "2026 жылғы бюджет"]
    assert items({"agenda": None}) == []


def test_an_item_is_added_at_the_end_and_an_empty_one_is_none(desk, meeting):
    assert add_item(desk, meeting, "  ") == []
    add_item(desk, meeting, " Жайылымдық \n жер ")

    row = records.show(desk, meeting)
    assert row["agenda"] == "1. Құбыр\nЖайылымдық жер"


def test_the_first_item_begins_an_agenda(desk):
    empty = record(desk, "meeting", {"title": "Жол"})
    add_item(desk, empty, "Көпір")

    assert records.show(desk, empty)["agenda"] == "Көпір"


def test_where_a_meeting_is_is_kept_on_this_laptop(desk, meeting):
    assert recall_course(desk, meeting) == Course()

    keep_course(desk, meeting, Course(2, NOW))
    assert recall_course(desk, meeting) == Course(2, NOW)


@pytest.mark.parametrize(
    ("on", "at", "gone"),
    [
        (date(2026, 11, 24), time(15, 0), 47),
        (date(2026, 11, 24), time(15, 47), 0),
        (date(2026, 11, 24), time(16, 0), None),
        (date(2026, 11, 23), time(15, 0), None),
        (date(2026, 11, 24), None, None),
        (None, time(15, 0), None),
    ],
)
def test_how_long_it_goes_on_is_told_on_its_day_from_its_beginning(on, at, gone):
    assert minutes_since({"held_on": on, "held_at": at}, NOW) == gone
