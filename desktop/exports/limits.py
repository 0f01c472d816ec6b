"""How much one laptop lets out within an hour and a day: what work needs, and no harvest.

It slows whoever sits at the laptop, and stops nobody who is determined: a clock can be set, a screen
photographed. What leaves is noted and told in any case (sync.exports); the server flags large days.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sync.errors import Refused
from sync.exports import HELD, PRINTED, Exported
from sync.language import mark

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_AN_HOUR = 30  # files of any sort: lists, also papers of records, which no day counts
PAPERS = ("docx", "pdf", PRINTED)  # formats of papers that are signed
MOST_FILES = 10  # with personal data
ABOUT_ONE = 20  # records: a paper for a person with more of them is one of these files
MOST_ROWS = {False: 2_000, True: 20_000}  # of them together; True: for who reads the whole region


def _counts(one: Exported) -> bool:
    if one.format in PAPERS and one.rows == 1:
        return False  # of one record: an hour's limit is enough
    return one.personal and (one.kind != HELD or one.rows > ABOUT_ONE)


def check_rate(left: Sequence[Exported], at: datetime) -> None:
    """Raise Refused where one more file would be too many with those that `left` within this hour.

    A paper for a person who asks what is kept about them does not count: they have a right to it.
    """
    recent = sorted(one.at for one in left if one.kind != HELD and at - HOUR < one.at <= at)
    if len(recent) >= MOST_AN_HOUR:
        until = (recent[-MOST_AN_HOUR] + HOUR).astimezone()
        raise Refused(
            mark(
                "{files} files left this laptop within an hour, and no more may. Nothing was written, "
                "and what is here is unchanged. The next one can leave from {time} on."
            ),
            files=len(recent),
            time=until.strftime("%H:%M:%S"),
        )


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
