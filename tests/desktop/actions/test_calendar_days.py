"""The calendar as a coordinator keeps it."""

from datetime import date

import pytest

from desktop.actions import calendar_days, records
from desktop.actions.terms import read_calendar
from sync.errors import Refused, UserError
from sync.records.calendar_day import CalendarDay
from sync.records.values import Wrong
from sync.working_days import DAY_OFF, WORKED

DAY = date(2026, 12, 4)


def entered(desk, day):
    return next(
        (one for one in calendar_days.read_year(desk, day.year).days if one.mark.day == day), None
    )


def test_a_year_of_the_program_names_its_act_and_has_no_entries(coordinator):
    year = calendar_days.read_year(coordinator, 2025)

    assert year.known
    assert year.act.endswith("G24G0000436")
    assert {one.entry for one in year.days} == {None}
    assert not calendar_days.read_year(coordinator, 2026).known


def test_a_day_is_written_down_and_written_over_in_its_place(coordinator):
    [first] = calendar_days.mark_day(coordinator, DAY, DAY_OFF, "№ 700")
    assert not read_calendar(coordinator).works(DAY)
    assert entered(coordinator, DAY).entry == first.record

    [again] = calendar_days.mark_day(coordinator, DAY, WORKED, "№ 701")
    assert again.record == first.record
    assert read_calendar(coordinator).works(DAY)
    assert len(records.list_records(coordinator, "calendar_day")) == 1


def test_what_is_taken_back_is_as_it_was(coordinator):
    [change] = calendar_days.mark_day(coordinator, date(2026, 5, 27), WORKED, "Құрбан айт емес")
    calendar_days.take_back(coordinator, change.record)

    assert entered(coordinator, date(2026, 5, 27)).mark.sort == "estimated"


def test_a_year_is_said_to_be_whole_by_an_act(coordinator):
    calendar_days.mark_whole(coordinator, 2026, "№ 800")
    calendar_days.mark_day(coordinator, date(2026, 1, 1), DAY_OFF, "Жаңа жыл")

    year = calendar_days.read_year(coordinator, 2026)
    assert (year.known, year.act) == (True, "№ 800")
    assert len(records.list_records(coordinator, "calendar_day")) == 2


def test_saying_the_same_again_changes_nothing(coordinator):
    calendar_days.mark_day(coordinator, DAY, DAY_OFF, "№ 700")
    with pytest.raises(UserError, match="says so already"):
        calendar_days.mark_day(coordinator, DAY, DAY_OFF, "№ 700")


def test_an_act_is_asked_for(coordinator):
    with pytest.raises(Wrong) as wrong:
        calendar_days.mark_day(coordinator, DAY, DAY_OFF, "")
    assert list(wrong.value.problems) == ["said"]


@pytest.mark.parametrize("day", [date.min, date(2015, 1, 1), date.max])
def test_days_outside_the_calendar_are_refused(coordinator, day):
    with pytest.raises(UserError, match="2016"):
        calendar_days.mark_day(coordinator, day, DAY_OFF, "№ 1")
    with pytest.raises(UserError, match="2016"):
        calendar_days.read_year(coordinator, day.year)
    with pytest.raises(UserError, match="2016"):
        calendar_days.read_year(coordinator, 10**9)


def test_others_read_it_and_do_not_change_it(desk, coordinator):
    calendar_days.mark_day(coordinator, DAY, DAY_OFF, "№ 700")

    assert entered(desk, DAY).entry
    with pytest.raises(Refused):
        calendar_days.mark_day(desk, DAY, WORKED, "№ 701")


def test_of_two_entries_the_later_numbered_holds_and_what_waits_goes_before_both(coordinator):
    said = {"day": DAY.isoformat(), "said": "№ 700"}
    off, worked = (
        records.save(coordinator, "calendar_day", {**said, "sort": sort})[0].record
        for sort in (DAY_OFF, WORKED)
    )

    for numbers, works in (((0, 5), False), ((5, 0), True), ((7, 5), False), ((5, 7), True)):
        with coordinator.store.begin() as session:
            for id, revision in zip((off, worked), numbers, strict=True):
                session.get(CalendarDay, id).revision = revision
        assert read_calendar(coordinator).works(DAY) is works
