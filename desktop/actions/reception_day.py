"""A day of the public reception: who came, and how far each of them is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from desktop.actions.records import Row, list_records
from desktop.session import Desk
from sync.records.base import Values
from sync.records.reception import Reception

CLOSED = "closed"
IN_PERSON, SOMEBODY = (
    "personal",
    "individual",
)  # what most visitors are, until it is said otherwise


@dataclass(frozen=True)
class DayCount:
    """Of the visitors of a day: how many, how many of them still wait, how many of those too long."""

    visitors: int
    open: int
    late: int


def visitors(desk: Desk, day: date) -> list[Row]:
    """Those of one day on this laptop, the last who came first; without a time, by their writing."""
    found = list_records(desk, Reception.kind, {"received_on": day})
    return sorted(
        found, key=lambda row: (row["received_at"] or time.min, row["created"]), reverse=True
    )


def term_of(row: Mapping[str, Any]) -> date | None:
    """By when the visitor is told the outcome; None for who was told, and where no term is set."""
    if row.get("state") == CLOSED:
        return None
    return row.get("prolonged_to") or row.get("due_on")


def counted(rows: Iterable[Row], on: date) -> DayCount:
    """As seen on the day `on`."""
    all = list(rows)
    open = [row for row in all if row.get("state") != CLOSED]
    late = [row for row in open if (due := term_of(row)) is not None and due < on]
    return DayCount(len(all), len(open), len(late))


def came(desk: Desk, day: date, moment: datetime, how: str) -> Values:
    """What is known of a visitor who is written down at this moment for that day, as JSON.

    The time only where it is today: later nobody remembers it.
    """
    now = moment.strftime("%H:%M") if moment.date() == day else None
    return {
        **Reception.begins,
        "received_on": day.isoformat(),
        "received_at": now,
        "received_by": desk.person.name,
        "form": how,
    }
