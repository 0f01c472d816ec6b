"""Which copies of the file are kept, so that there are near ones and far ones, and not too many."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

Period = Callable[[datetime], object]


def _hour(made: datetime) -> object:
    return made.replace(minute=0, second=0, microsecond=0)


def _week(made: datetime) -> object:
    return made.isocalendar()[:2]


# (what counts as one period, of how many of the newest periods a copy is kept)
DAYS = 7
RULES: tuple[tuple[Period, int], ...] = ((_hour, 6), (datetime.date, DAYS), (_week, 5))
LONGEST = timedelta(days=90)  # between a copy and the seventh newest day that has any


def kept(copies: Iterable[datetime]) -> set[datetime]:
    """Those to keep: of each of the newest hours, days and weeks that have any, the newest copy.

    Only periods that have copies count, and no clock is asked: a laptop that lay in a drawer for a
    year loses none, and neither does one whose clock was set wrong for a day. Borg and restic
    prune so. But after seven days of new work there are copies enough, and those of the year before
    go, with what they hold of people.
    """
    newest_first = sorted(set(copies), reverse=True)
    found: set[datetime] = set()
    for period, most in RULES:
        firsts: dict[object, datetime] = {}
        for made in newest_first:
            firsts.setdefault(period(made), made)
        found.update(list(firsts.values())[:most])
    oldest = _oldest(newest_first)
    return {made for made in found if oldest is None or made >= oldest}


def _oldest(newest_first: list[datetime]) -> datetime | None:
    """A copy made before is too old; None where there are too few newer ones for that."""
    days = list(dict.fromkeys(made.date() for made in newest_first))
    if len(days) < DAYS:
        return None
    return next(made for made in newest_first if made.date() == days[DAYS - 1]) - LONGEST
