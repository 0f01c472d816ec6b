"""The calendar of working days, as the program has it and as a coordinator goes on with it."""

from datetime import date

import pytest

import resources
from sync.errors import UserError
from sync.working_days import DAY_OFF, WHOLE_YEAR, WORKED, Entry, acts, calendar

KURBAN_AIT = date(2026, 5, 27)


def test_a_moved_day_is_off_and_the_weekend_day_for_it_is_worked():
    assert not calendar().works(date(2025, 1, 3))
    assert calendar().works(date(2025, 1, 5))


def test_a_monday_that_was_moved_away_is_worked():
    """Of 2020: the day off for 9 May went from Monday, 11 May, to Friday, 8 May."""
    assert calendar().works(date(2020, 5, 11))
    assert not calendar().works(date(2020, 5, 8))


def test_constitution_day_is_in_august_then_in_no_year_then_in_march():
    days = [date(2025, 8, 30), date(2026, 8, 30), date(2026, 3, 15), date(2027, 3, 15)]

    assert [bool(calendar().mark(day)) for day in days] == [True, False, False, True]


def test_a_year_whose_act_is_not_known_says_so_and_one_that_is_known_does_not():
    said = [one.words("en") for one in calendar().doubts(date(2026, 2, 1), date(2026, 2, 20))]

    assert said == [
        "The moved days of 2026 are not in the calendar yet: the term may turn out some days other."
    ]
    assert calendar().doubts(date(2025, 2, 1), date(2025, 12, 31)) == ()


@pytest.mark.parametrize("last", [date(2026, 5, 25), date(2026, 5, 27)])
def test_an_estimated_holiday_is_told_also_if_it_may_come_into_the_term(last):
    said = [one.words("en") for one in calendar().doubts(date(2026, 5, 5), last)]

    assert said[1:] == ["Kurban Ait on 27.05.2026 is estimated: it may fall on a day beside it."]


def test_what_was_written_down_goes_before_what_the_program_has():
    later = calendar((Entry(KURBAN_AIT, WORKED), Entry(date(2026, 5, 28), DAY_OFF, "Құрбан айт")))

    assert later.works(KURBAN_AIT)
    assert not later.works(date(2026, 5, 28))
    said = [one.words("en") for one in later.doubts(date(2026, 5, 5), date(2026, 6, 5))]
    assert len(said) == 1  # of the day nothing is in doubt any more, of the year it is


def test_a_year_that_is_entered_whole_leaves_no_doubt():
    whole = calendar((Entry(date(2026, 1, 1), WHOLE_YEAR),))

    assert whole.doubts(date(2026, 1, 5), date(2026, 12, 20)) == ()
    assert calendar().knows(2026) is False
    assert whole.knows(2026)


def test_of_two_entries_about_a_day_the_later_one_holds():
    day = date(2026, 3, 4)

    assert calendar((Entry(day, DAY_OFF), Entry(day, WORKED))).works(day)
    assert not calendar((Entry(day, WORKED), Entry(day, DAY_OFF))).works(day)


def test_what_a_newer_program_writes_down_changes_nothing_here():
    assert calendar((Entry(date(2026, 3, 4), "half_a_day"),)).works(date(2026, 3, 4))


@pytest.mark.parametrize("day", [date(2015, 12, 31), date(2041, 1, 1), date.min, date.max])
def test_days_outside_are_refused_in_words(day):
    for ask in (
        lambda: calendar().works(day),
        lambda: calendar().after(day, 1),
        lambda: calendar().here_or_next(day),
        lambda: calendar().between(day, KURBAN_AIT),
    ):
        with pytest.raises(UserError, match=r"01.01.2016.*31.12.2040"):
            ask()


def test_what_is_said_of_a_day_names_the_holiday_in_the_language_asked():
    mark = calendar().mark(date(2026, 5, 11))

    assert mark.words("en") == "11.05.2026 (Victory Day, in place of a weekend day)"
    assert mark.words("kk") == "11.05.2026 (Жеңіс күні, демалыс орнына)"


def test_each_year_with_moved_days_names_its_act():
    moved = {row["day"][:4] for row in resources.table("calendar", "days.csv")
             if row["sort"] in ("moved", "working")}  # fmt: skip

    assert moved <= {str(year) for year in acts()}
    assert all(act.startswith("https://adilet.zan.kz/") for act in acts().values())
