"""Where the group was: for each village of a district the last day that somebody was there, and who."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from desktop import people
from desktop.session import Desk
from sync.records.inspection import Inspection
from sync.records.meeting import Meeting
from sync.records.visit import Visit

LONG = 30  # days after which a village has waited long; our own figure
THERE: tuple[tuple[Any, Any], ...] = (  # what brings somebody into a village, and its day
    (Visit, Visit.visited_on),
    (Meeting, Meeting.held_on),
    (Inspection, Inspection.inspected_on),
)


@dataclass(frozen=True)
class Been:
    """A village. `day`: when somebody was there last, None for never; `who`: their names."""

    village: str
    day: date | None = None
    who: tuple[str, ...] = ()

    def waited(self, on: date) -> int | None:
        """Days since somebody was there, as seen on the day `on`; None for never."""
        return (on - self.day).days if self.day is not None else None

    def long(self, on: date) -> bool:
        """Whether it has waited long."""
        days = self.waited(on)
        return days is None or days >= LONG


def coverage(desk: Desk, district: str, on: date) -> list[Been]:
    """All villages of a district, those first where nobody was for longest, up to the day `on`.

    By visits, meetings and inspections on this laptop; a place typed by hand is no village of the list.
    """
    last: dict[str, tuple[date, set[str]]] = {}
    with desk.store() as session:
        for record, day in THERE:
            here = (~record.removed, record.district == district, day <= on)
            newest = (
                select(record.village.label("village"), func.max(day).label("day"))
                .where(*here, record.village.is_not(None))
                .group_by(record.village)
                .subquery()
            )
            same = (record.village == newest.c.village) & (day == newest.c.day)
            query = select(record.village, day, record.author).join(newest, same).where(*here)
            for village, found, author in session.execute(query):
                known = last.get(village)
                if known is None or found > known[0]:
                    last[village] = (found, {author})
                elif found == known[0]:
                    known[1].add(author)
    names = people.names_of(desk)
    told = []
    for village, _ in desk.pack.places(district, "kk"):
        when, who = last.get(village, (None, set[str]()))
        told.append(Been(village, when, tuple(sorted(names.get(one, one) for one in who))))
    return sorted(told, key=lambda one: one.day or date.min)
