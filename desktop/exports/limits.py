"""How much of people's data one laptop lets out within a day: what work needs, and no harvest.

It slows whoever sits at the laptop, and stops nobody who is determined: a clock can be set, a screen
photographed. What leaves is noted and told in any case (sync.exports); the server flags large days.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sync.errors import Refused
from sync.exports import HELD, Exported
from sync.language import mark

DAY = timedelta(days=1)
MOST_FILES = 10  # with personal data
ABOUT_ONE = 20  # records: a paper for a person with more of them is one of these files
MOST_ROWS = {False: 2_000, True: 20_000}  # of them together; True: for who reads the whole region


def _counts(one: Exported) -> bool:
    return one.personal and (one.kind != HELD or one.rows > ABOUT_ONE)


def check_volume(left: Sequence[Exported], rows: int, at: datetime, *, region: bool) -> None:
    """Raise Refused where so many rows with personal data would be too many with those that `left`."""
    recent = [one for one in left if _counts(one) and at - DAY < one.at <= at]
    if len(recent) >= MOST_FILES:
        raise Refused(
            mark(
                "{files} files with personal data left this laptop within a day, and no more may. "
                "Nothing was written. Without personal data the list can leave now; with them, "
                "tomorrow."
            ),
            files=len(recent),
        )
    gone, most = sum(one.rows for one in recent), MOST_ROWS[region]
    if gone + rows > most:
        raise Refused(
            mark(
                "No more than {most} rows with personal data may leave this laptop within a day; "
                "{gone} have, and these are {rows}. Nothing was written. Choose fewer by the filter "
                "or the search, or leave the personal data out."
            ),
            most=most,
            gone=gone,
            rows=rows,
        )
