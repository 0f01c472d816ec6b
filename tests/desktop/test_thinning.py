"""Many copies become few: near ones for what went wrong just now, far ones for what was seen late."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.thinning import LONGEST, RULES, kept

BEGIN = datetime(2026, 11, 2, 9, tzinfo=UTC)
moments = st.integers(0, 60 * 24 * 500).map(lambda late: BEGIN + timedelta(minutes=late))
copies = st.lists(moments, max_size=80)


def every_hour(days, hours=9):
    return [
        BEGIN + timedelta(days=day, hours=hour) for day in range(days) for hour in range(hours)
    ]


def test_a_working_year_leaves_hours_days_and_weeks():
    made = every_hour(365)

    left = sorted(kept(made), reverse=True)

    assert [one.hour for one in left[:6]] == [17, 16, 15, 14, 13, 12]
    days = {one.date() for one in left}
    assert {left[0].date() - timedelta(days=back) for back in range(7)} <= days
    assert min(left) <= left[0] - timedelta(weeks=3)
    assert len(left) <= sum(most for _, most in RULES)


def test_a_laptop_that_lay_in_a_drawer_for_a_year_loses_no_copy():
    before = kept(every_hour(30))
    after = kept([*before, max(before) + timedelta(days=365)])

    assert len(before - after) <= 3  # one hour, one day and one week gave way to the new copy
    assert max(before) in after


def test_after_seven_days_of_new_work_copies_of_the_year_before_go():
    before = every_hour(30)
    later = [max(before) + timedelta(days=365 + day) for day in range(7)]

    assert set(before) & kept([*before, *later[:6]])
    assert not set(before) & kept([*before, *later])
    assert set(later) <= kept([*before, *later])


def test_a_copy_of_three_months_ago_is_near_enough():
    days = [BEGIN + timedelta(days=day) for day in range(7)]

    assert min(days) - LONGEST in kept([*days, min(days) - LONGEST])
    assert min(days) - LONGEST - timedelta(1) not in kept(
        [*days, min(days) - LONGEST - timedelta(1)]
    )


def test_a_clock_that_was_wrong_for_a_day_costs_no_copy_of_other_days():
    made = every_hour(3)
    wrong = datetime(2062, 1, 1, tzinfo=UTC)

    assert {one.date() for one in made} <= {one.date() for one in kept([*made, wrong])}


@given(copies)
def test_the_newest_is_always_kept_and_nothing_is_made_up(made):
    left = kept(made)

    assert left <= set(made)
    assert not made or max(made) in left
    assert len(left) <= sum(most for _, most in RULES)


@given(copies)
def test_what_was_kept_once_is_kept_when_it_is_looked_at_again(made):
    assert kept(kept(made)) == kept(made)


@given(copies)
def test_of_each_of_the_last_days_and_weeks_there_is_one(made):
    left = kept(made)

    for period, most in RULES:
        there = sorted({period(one) for one in made}, reverse=True)[:most]
        near = {period(one) for one in made if one >= max(made) - LONGEST}
        assert set(there) & near <= {period(one) for one in left}
