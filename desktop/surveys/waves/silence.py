"""The days before a vote, and the voting day: no figure of a wave that is linked to it leaves.

Source: facts.md B4, the constitutional law on elections, article 28 (9): results of polls that are
linked to a vote are not published five days before the voting day and on it. What that means here,
and who may see figures meanwhile: docs/decisions/0052-waves.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from sync.errors import Refused
from sync.language import mark

BEFORE = timedelta(days=5)
PLACE = timezone(timedelta(hours=5))  # Asia/Almaty, all of the country, since 1 March 2024

SILENT = mark(
    "The vote is on {day}: until it is over nothing of this survey is published or exported. From "
    "{after} on it is free again. The figures stay here, and interviews go on."
)
NO_DAY = mark(
    "This survey is linked to a vote, but its voting day is not filled in: nothing of it is "
    "published or exported before that is known. A coordinator fills it in."
)


@dataclass(frozen=True)
class Silence:
    """The first and the last silent day; the last one is the voting day."""

    first: date
    last: date

    def holds(self, on: date) -> bool:
        """Whether this is one of its days."""
        return self.first <= on <= self.last


def today() -> date:
    """The day of the region, whatever zone the laptop's clock is set to."""
    return datetime.now(UTC).astimezone(PLACE).date()


def is_linked(wave: Mapping[str, Any]) -> bool:
    """Whether the law on elections asks something of this wave."""
    return bool(wave.get("linked_to"))


def silence(wave: Mapping[str, Any]) -> Silence | None:
    """The silent days of a wave; None where it is linked to no vote, or the day is not known."""
    day = wave.get("polling_day")
    if not is_linked(wave) or not isinstance(day, date):
        return None
    return Silence(day - BEFORE, day)


def locked(wave: Mapping[str, Any], on: date | None = None) -> Refused | None:
    """Why no figure of a wave may leave the program on this day, today by default; None: it may."""
    if not is_linked(wave):
        return None
    days = silence(wave)
    if days is None:
        return Refused(NO_DAY)
    if not days.holds(on or today()):
        return None
    return Refused(SILENT, day=_written(days.last), after=_written(days.last + timedelta(days=1)))


def _written(day: date) -> str:
    return day.strftime("%d.%m.%Y")
