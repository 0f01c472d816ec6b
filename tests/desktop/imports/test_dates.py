"""Days and times as registers write them."""

from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.imports.dates import FIRST, MONTHS, SERIAL, read_day, read_time
from sync.errors import UserError

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    "cell",
    [
        *("05.11.2026", "5.11.26", "5/11/2026", "05-11-2026", "05.11.2026 г.", "05.11.2026 ж."),
        *("2026-11-05", "2026.11.5", "2026-11-05T00:00:00", "5 қараша 2026 ж.", "5 November 2026"),
        *(
            "2026 жылғы 5 қараша",
            "2026 жылдың 5 қарашасы",
            "«5» ноября 2026 года",
            "НОЯБРЯ 5, 2026",
        ),
        *(DAY, datetime(2026, 11, 5, 14, 30), (DAY - FIRST).days),  # noqa: DTZ001  # as Excel has it
    ],
)
def test_a_day_is_read_however_it_is_written(cell):
    assert read_day(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    ["31.02.2026", "кеше", "", "2026", "11.2026", 7, 5.5, "5 қараша", "5 қараша немесе 6 желтоқсан 2026",
     "5" * 5_000],
)  # fmt: skip
def test_what_is_no_day_is_said_to_be_none(cell):
    with pytest.raises(UserError, match=r"05\.11\.2026"):
        read_day(cell)


def test_a_day_as_in_america_is_not_guessed_at():
    with pytest.raises(UserError, match="two days"):
        read_day("11/25/2026")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from("./-"), st.booleans())
def test_each_day_comes_back_as_it_was_written(day, sign, short):
    year = f"{day:%y}" if short else f"{day:%Y}"

    assert read_day(f"{day.day}{sign}{day.month}{sign}{year}") == day
    assert read_day(f"{day.day} {MONTHS[day.month - 1][0]} {day.year} ж.") == day
    if (day - FIRST).days in SERIAL:
        assert read_day((day - FIRST).days) == day


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.none()))
def test_no_cell_breaks_it(cell):
    for read in (read_day, read_time):
        with suppress(UserError):
            assert isinstance(read(cell), date | time)


@pytest.mark.parametrize(
    "cell",
    ["9:05", "09.05", "9-05", "09:05:30", time(9, 5, 7), datetime(2026, 1, 1, 9, 5), 545 / 1440],  # noqa: DTZ001
)
def test_a_time_is_read_however_it_is_written(cell):
    assert read_time(cell) == time(9, 5)


@pytest.mark.parametrize("cell", ["25:00", "таңертең", "9", 1.5])
def test_what_is_no_time_is_said_to_be_none(cell):
    with pytest.raises(UserError, match="14:30"):
        read_time(cell)
