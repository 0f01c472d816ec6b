"""After 1, 3, 12 and 60 months somebody asks a household that moved how it lives."""

from datetime import date

import pytest

from desktop.actions import today
from desktop.actions.moved_households import checks_due
from tests.ui.desks import VILLAGE, record

ON = date(2026, 11, 24)
CASE = {"household": "алты адам", "village": VILLAGE, "opened_on": "2021-01-10", "people": 6}


@pytest.fixture
def moved(desk):
    """A household that moved on a day: moved(day, state) → its id."""

    def build(day, state="moved"):
        return record(desk, "relocation_case", CASE | {"moved_on": day, "state": state})

    return build


def stage(desk, case, state, day="2026-11-01"):
    return record(desk, "relocation_stage", {"state": state, "reached_on": day}, parent=case)


def told(desk, until=ON):
    found, count = checks_due(desk, until)
    assert count == len(found)
    return [(one.row["id"], one.months, one.due) for one in found]


def test_each_check_is_due_by_its_month_and_the_last_day_of_a_short_one(desk, moved):
    day, short = moved("2026-10-24"), moved("2026-01-31")  # recorded the other way round
    stage(desk, short, "after_1")

    assert told(desk) == [(short, 3, date(2026, 4, 30)), (day, 1, ON)]
    assert told(desk, date(2026, 11, 23)) == [(short, 3, date(2026, 4, 30))]


def test_what_was_written_down_is_not_asked_again_by_stage_or_by_state(desk, moved):
    by_stage, by_state = moved("2026-10-01"), moved("2026-10-02", "after_1")
    stage(desk, by_stage, "after_1")

    assert told(desk) == []
    assert told(desk, date(2027, 1, 2)) == [
        (by_stage, 3, date(2027, 1, 1)),
        (by_state, 3, date(2027, 1, 2)),
    ]


def test_who_waits_longest_comes_first_whoever_moved_first(desk, moved):
    first, second = moved("2025-11-20"), moved("2026-10-01")
    stage(desk, first, "after_3")

    assert told(desk) == [(second, 1, date(2026, 11, 1)), (first, 12, date(2026, 11, 20))]


def test_a_later_check_stands_for_an_earlier_one_and_after_the_last_there_is_none(desk, moved):
    late, all_done = moved("2026-01-01"), moved("2020-01-01")
    stage(desk, late, "after_3")
    stage(desk, all_done, "after_60")

    assert told(desk) == []


@pytest.mark.parametrize("state", ["returned", "closed", "refused"])
def test_who_returned_is_not_asked(desk, moved, state):
    moved("2026-01-01", state)

    assert told(desk) == []


def test_the_working_day_tells_checks_and_warranties_that_end_within_a_month(desk, moved):
    case = moved("2026-10-27")
    ends = {"title": "Мектеп", "village": VILLAGE, "warranty_until": "2026-12-24"}
    project = record(desk, "project", ends)
    record(desk, "project", ends | {"warranty_until": "2026-12-25"})
    record(desk, "project", ends | {"warranty_until": "2026-11-23"})

    day = today.look(desk, ON)

    assert [one.row["id"] for one in day.checks_due] == [case]
    assert [row["id"] for row in day.warranties.rows] == [project]
