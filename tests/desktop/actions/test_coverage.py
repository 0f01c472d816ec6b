"""Where the group was, village by village, those that wait longest first."""

from datetime import date

import pytest

from desktop import people
from desktop.actions import records
from desktop.actions.coverage import LONG, Been, coverage
from tests.ui.desks import SOZAQ, VILLAGE, record, seen_by

ON = date(2026, 11, 24)
BABATA, AQSUMBE = "615633300", "615639100"


@pytest.fixture
def been(desk):
    def read(on=ON):
        return {one.village: one for one in coverage(desk, SOZAQ, on)}

    return read


def visit(desk, day, village=VILLAGE):
    return record(desk, "visit", {"visited_on": day, "village": village, "topic": "survey"})


def test_visits_meetings_and_inspections_bring_somebody_into_a_village(desk, been):
    visit(desk, "2026-10-01")
    record(desk, "meeting", {"title": "Су", "held_on": "2026-11-02", "village": VILLAGE})
    record(desk, "inspection", {"inspected_on": "2026-09-18", "village": BABATA})

    assert been()[VILLAGE].day == date(2026, 11, 2)
    assert been()[BABATA].day == date(2026, 9, 18)
    assert been()[AQSUMBE] == Been(AQSUMBE)


def test_who_was_there_on_the_last_day_is_told_by_name(desk, been):
    visit(desk, "2026-11-01")
    visit(seen_by(desk, "leader"), "2026-11-03")
    record(desk, "meeting", {"title": "Су", "held_on": "2026-11-03", "village": VILLAGE})

    names = people.names_of(desk)
    assert been()[VILLAGE].who == tuple(
        sorted(names.get(one, one) for one in ("a.beisenova", "n.tursynbek"))
    )


def test_those_first_where_nobody_was_for_longest_and_those_before_all_where_nobody_ever_was(
    desk,
):
    visit(desk, "2026-11-20")
    visit(desk, "2026-01-20", BABATA)

    found = coverage(desk, SOZAQ, ON)

    assert [one.village for one in found[-2:]] == [BABATA, VILLAGE]
    assert all(one.day is None for one in found[:-2])
    assert len(found) == len(desk.pack.places(SOZAQ))


def test_what_is_still_to_come_or_was_taken_away_brought_nobody(desk, been):
    gone = visit(desk, "2026-11-20")
    records.remove(desk, "visit", gone)
    visit(desk, "2026-11-25")
    record(desk, "meeting", {"title": "Су", "held_on": None, "village": VILLAGE})

    assert been()[VILLAGE].day is None


def test_a_village_waits_long_after_thirty_days_or_where_nobody_ever_was():
    assert Been("x").long(ON)
    assert Been("x").waited(ON) is None
    assert Been("x", date.fromordinal(ON.toordinal() - LONG)).long(ON)
    assert not Been("x", date.fromordinal(ON.toordinal() - LONG + 1)).long(ON)
