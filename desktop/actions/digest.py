"""What a morning is told in one line: numbers alone, for whoever passes by may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.actions.today import look
from desktop.session import Desk
from sync.language import tr, trn

DAYS = 4  # ahead, from today: a laptop that stays locked over a week-end still knows


@dataclass(frozen=True)
class Digest:
    """How much of each is asked of a person on one day."""

    returned: int = 0
    due: int = 0  # terms that end on that day, or have ended
    meetings: int = 0
    to_review: int = 0

    def words(self) -> str:
        """In the language spoken now; "" where nothing is asked."""
        said = (
            (self.due, trn("{n} term ends or is past", "{n} terms end or are past", self.due)),
            (self.returned, trn("{n} came back to you", "{n} came back to you", self.returned)),
            (self.meetings, trn("{n} meeting", "{n} meetings", self.meetings)),
            (
                self.to_review,
                trn("{n} waits for your decision", "{n} wait for your decision", self.to_review),
            ),
        )
        parts = [words for count, words in said if count]
        return tr("Today: {parts}.", parts="; ".join(parts)) if parts else ""


def forecast(desk: Desk, on: date) -> Mapping[date, Digest]:
    """The day `on` and the next ones, as they stand now."""
    days = [on + timedelta(days=ahead) for ahead in range(DAYS)]
    return {day: _of(desk, day) for day in days}


def _of(desk: Desk, day: date) -> Digest:
    asked = look(desk, day, ahead=timedelta(0), most=0)
    terms = (asked.issues_due, asked.followed_due, asked.visitors_due)
    return Digest(
        returned=asked.returned.count,
        due=sum(some.count for some in terms) + asked.checks,
        meetings=asked.meetings.count,
        to_review=asked.to_review,
    )
