"""Which days a report tells of, and which it is compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.figures.periods import (
    Period,
    Span,
    Unit,
    as_far,
    before,
    free_period,
    next_one,
    period_of,
    step_words,
    year_earlier,
)
from sync.errors import UserError

DAYS = st.dates(date(1995, 1, 1), date(2090, 1, 1))
SPANS = st.sampled_from(list(Span))


@given(SPANS, DAYS)
def test_a_day_lies_in_its_period_and_periods_follow_each_other_without_a_gap(span, day):
    period = period_of(span, day)

    assert period.first <= day <= period.last
    assert before(period).last == period.first - timedelta(1)
    assert next_one(before(period), 1) == period
    assert before(next_one(period, 1)) == period


@given(SPANS, DAYS)
def test_the_year_before_has_the_same_period(span, day):
    period = period_of(span, day)
    earlier = year_earlier(period)

    assert 358 <= (period.first - earlier.first).days <= 366
    assert abs(earlier.days - period.days) <= 1  # February
    if span is not Span.FREE:
        assert earlier == period_of(span, earlier.first)


@given(DAYS, st.integers(0, 800), st.sampled_from(list(Unit)))
def test_each_day_of_a_period_belongs_to_one_step(first, days, unit):
    period = Period(first, first + timedelta(days))
    steps = period.steps(unit)

    assert steps == sorted(set(steps))
    assert steps[0] <= period.first
    assert all(step <= period.last for step in steps)
    assert len({step_words(period, step) for step in steps if period.unit is unit}) in (
        len(steps),
        0,
    )


def test_a_free_period_is_compared_with_as_many_days_before():
    period = free_period(date(2026, 3, 10), date(2026, 3, 19))

    assert before(period) == Period(date(2026, 2, 28), date(2026, 3, 9))
    assert year_earlier(period) == Period(date(2025, 3, 10), date(2025, 3, 19))


def test_february_is_compared_with_the_whole_february_of_a_leap_year():
    assert year_earlier(period_of(Span.MONTH, date(2025, 2, 5))).last == date(2024, 2, 29)
    assert year_earlier(free_period(date(2024, 2, 29), date(2024, 2, 29))).first == date(
        2023, 2, 28
    )


def test_a_period_that_runs_is_set_beside_as_many_days():
    year = period_of(Span.YEAR, date(2026, 5, 1))

    assert as_far(before(year), year, date(2026, 3, 1)).last == date(2025, 3, 1)
    assert as_far(before(year), year, date(2026, 12, 31)) == before(year)
    assert as_far(before(year), year, date(2027, 5, 1)) == before(year)
    march = period_of(Span.MONTH, date(2026, 3, 1))
    assert as_far(before(march), march, date(2026, 3, 30)).last == date(2026, 2, 28)


def test_days_that_are_no_period_are_refused_in_words():
    for first, last in (("2026-03-02", "2026-03-01"), ("0001-01-01", "2026-03-01")):
        with pytest.raises(UserError, match=r"Choose"):
            free_period(date.fromisoformat(first), date.fromisoformat(last))


def test_a_week_at_the_edge_of_a_month_says_the_days_it_has_in_it():
    period = period_of(Span.MONTH, date(2026, 4, 1))  # a Wednesday
    steps = period.steps(Unit.WEEK)

    assert step_words(period, steps[0]) == "01.04 – 05.04.2026"
    assert step_words(period, steps[-1]) == "27.04 – 30.04.2026"
