"""A day of Kazakhstan, whatever clock tells the moment."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from sync.local_day import local_day

ALMATY = ZoneInfo("Asia/Almaty")
moments = st.datetimes(
    datetime.fromisoformat("2005-01-01"),
    datetime.fromisoformat("2040-12-31"),
    timezones=st.timezones(),
)


@given(moments)
@example(datetime(2024, 2, 29, 17, 59, 59, tzinfo=UTC))
@example(datetime(2024, 2, 29, 18, 0, tzinfo=UTC))
@example(datetime(2024, 2, 29, 19, 0, tzinfo=UTC))
def test_it_is_the_day_that_the_tables_of_time_zones_say(moment):
    assert local_day(moment) == moment.astimezone(ALMATY).date()


def test_the_last_hour_of_february_2024_was_lived_twice():
    first, again, march = (datetime(2024, 2, 29, hour, 30, tzinfo=UTC) for hour in (17, 18, 19))

    assert local_day(first) == local_day(again) == date(2024, 2, 29)
    assert local_day(march) == date(2024, 3, 1)


def test_a_moment_without_a_zone_is_of_the_place():
    assert local_day(datetime.fromisoformat("2026-11-29T23:59")) == date(2026, 11, 29)
