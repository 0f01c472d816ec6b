"""Which copies of the file are kept, so that there are near ones and far ones, and not too many."""

from collections.abc import Callable, Iterable
from datetime import datetime

Period = Callable[[datetime], object]


def _hour(made: datetime) -> object:
    return made.replace(minute=0, second=0, microsecond=0)


def _week(made: datetime) -> object:
    return made.isocalendar()[:2]


# (what counts as one period, of how many of the newest periods a copy is kept)
RULES: tuple[tuple[Period, int], ...] = ((_hour, 6), (datetime.date, 7), (_week, 5))


def kept(copies: Iterable[datetime]) -> set[datetime]:
    """Those to keep: of each of the newest hours, days and weeks that have any, the newest copy.

    Only periods that have copies count, and no clock is asked: a laptop that lay in a drawer for a
    year loses none, and neither does one whose clock was set wrong for a day. Borg and restic
    prune so.
    """
    newest_first = sorted(set(copies), reverse=True)
    found: set[datetime] = set()
    for period, most in RULES:
        firsts: dict[object, datetime] = {}
        for made in newest_first:
            firsts.setdefault(period(made), made)
        found.update(list(firsts.values())[:most])
    return found
