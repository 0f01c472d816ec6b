"""The same terms reckoned in another way: day after day, by the law's words, without the program.

The holidays are written down here as the law names them, and moved days as the government's acts do.
"""

from datetime import date, timedelta

A_DAY = timedelta(days=1)
YEARS = range(2018, 2030)
KURBAN_AIT = [
    *(date(2018, 8, 21), date(2019, 8, 11), date(2020, 7, 31), date(2021, 7, 20)),
    *(date(2022, 7, 9), date(2023, 6, 28), date(2024, 6, 16), date(2025, 6, 6)),
    *(date(2026, 5, 27), date(2027, 5, 16), date(2028, 5, 5), date(2029, 4, 24)),
]
MOVED = {  # day off: the weekend day that is worked for it, or the weekday that was to be off
    date(2018, 3, 9): date(2018, 3, 3),
    date(2018, 4, 30): date(2018, 4, 28),
    date(2018, 5, 8): date(2018, 5, 5),
    date(2018, 8, 31): date(2018, 8, 25),
    date(2018, 12, 31): date(2018, 12, 29),
    date(2019, 5, 10): date(2019, 5, 4),
    date(2020, 1, 3): date(2020, 1, 5),
    date(2020, 5, 8): date(2020, 5, 11),
    date(2020, 12, 18): date(2020, 12, 20),
    date(2021, 7, 5): date(2021, 7, 3),
    date(2022, 3, 7): date(2022, 3, 5),
    date(2022, 8, 29): date(2022, 8, 27),
    date(2022, 10, 24): date(2022, 10, 22),
    date(2023, 7, 7): date(2023, 7, 1),
    date(2024, 5, 8): date(2024, 5, 4),
    date(2025, 1, 3): date(2025, 1, 5),
}


def holidays_of(year):
    """Those that are moved from a weekend day to the next working day."""
    days = [(1, 1), (1, 2), (3, 8), (3, 21), (3, 22), (3, 23), (5, 1), (5, 7), (5, 9), (7, 6)]
    days += [(12, 16)]
    days += [(12, 17), (12, 1)] if year <= 2021 else [(10, 25)]
    days += [(8, 30)] if year <= 2025 else []
    days += [(3, 15)] if year >= 2027 else []
    return sorted(date(year, *day) for day in days)


def _days_off():
    off = set(KURBAN_AIT) | {date(year, 1, 7) for year in YEARS}
    fixed = [day for year in YEARS for day in holidays_of(year)]
    off |= set(fixed)
    for day in fixed:
        if day.weekday() >= 5:
            other = day
            while other.weekday() >= 5 or other in off:
                other += A_DAY
            off.add(other)
    return (off | set(MOVED)) - set(MOVED.values())


OFF = _days_off()
WORKED = {day for day in MOVED.values() if day.weekday() >= 5}


def works(day):
    return day in WORKED or (day not in OFF and day.weekday() < 5)


def next_worked(day):
    while not works(day):
        day += A_DAY
    return day


def walk(day, days):
    """So many working days on."""
    while days:
        day += A_DAY
        days -= works(day)
    return day


def plain(received, rule):
    start = next_worked(received)
    if rule == "appc-2021":
        return start, walk(start, 15)
    days = {"law-2007": 15, "law-2007-30": 30}[rule]
    return start, next_worked(start + days * A_DAY)


def longest(received, rule):
    """Extended as far as the law allows."""
    start, _ = plain(received, rule)
    if rule != "appc-2021":
        days = {"law-2007": 45, "law-2007-30": 60}[rule]
        return next_worked(start + days * A_DAY)
    year, month = (
        (start.year, start.month + 2) if start.month < 11 else (start.year + 1, start.month - 10)
    )
    for day in (start.day, 30, 29, 28):
        try:
            return next_worked(date(year, month, day))
        except ValueError:
            continue
    raise AssertionError(received)
