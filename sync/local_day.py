"""Which day it is in Kazakhstan: a term is a day of the place, whatever clock a laptop keeps."""

from datetime import UTC, date, datetime, timedelta

BEFORE, SINCE = timedelta(hours=6), timedelta(hours=5)
CHANGED = datetime(2024, 2, 29, 18, tzinfo=UTC)  # midnight before 1 March 2024, by the old clock


def local_day(moment: datetime) -> date:
    """The day in Almaty and Turkistan of a moment since 2005. Without its zone it is of the place.

    Written down here, as not every system knows of the change of 2024.
    """
    if moment.tzinfo is None:
        return moment.date()
    there = moment.astimezone(UTC)
    return (there + (SINCE if there >= CHANGED else BEFORE)).date()
