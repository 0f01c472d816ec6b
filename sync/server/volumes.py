"""How much leaves in files, by person and day, and which days look like a harvest.

A day is flagged where somebody took more than three times their own usual day: the median of the
days of the four weeks before on which they exported at all. Days that were flagged do not become
usual. Of somebody who has few days yet, the usual day is a large one of the others (nine of ten are
smaller); where nobody has many, it is START. Small days are let be.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.exports import Exported
from sync.server.audit import Act
from sync.server.tables import AuditEntry

TIMES = 3  # more than the usual day
BEFORE = timedelta(days=28)  # in which the usual day is looked for
FEW, MANY = 4, 20  # days: with fewer, nobody has a usual one; nor have the others together
START = 400  # rows of a usual day, until it is known what is usual
SMALL = 100  # rows of a day that nobody is asked about


class Told(Exported, frozen=True, kw_only=True):
    """An export, who made it, and on which laptop."""

    who: str
    device: str = ""

    @property
    def day(self) -> tuple[str, date]:
        """Whose day it belongs to. By the laptop's clock: what came late was not made at once."""
        return self.who, self.at.date()


def exports(session: Session) -> list[Told]:
    """What laptops told of. An export that was told twice, for its answer was lost, counts once."""
    rows = session.execute(
        select(AuditEntry.who, AuditEntry.subject)
        .where(AuditEntry.act == Act.EXPORTED)
        .order_by(AuditEntry.number)
    )
    told: dict[tuple[str, str], Told] = {}
    for who, subject in rows:
        said: dict[str, Any] = {**msgspec.json.decode(subject), "who": who}
        one = msgspec.convert(said, Told)
        told.setdefault((who, one.id), one)
    return sorted(told.values(), key=lambda one: one.at)


def harvests(told: Iterable[Told]) -> frozenset[tuple[str, date]]:
    """(who, day) of each day that stands out."""
    taken: dict[tuple[date, str], int] = defaultdict(int)
    for one in told:
        who, day = one.day
        taken[day, who] += one.rows
    usual: dict[str, list[tuple[date, int]]] = defaultdict(list)  # days that were not flagged
    flagged = set[tuple[str, date]]()
    for (day, who), rows in sorted(taken.items()):
        if rows > SMALL and rows > TIMES * _usual_day(usual, who, day):
            flagged.add((who, day))
        else:
            usual[who].append((day, rows))
    return frozenset(flagged)


def _usual_day(usual: dict[str, list[tuple[date, int]]], who: str, day: date) -> float:
    own = _recent(usual[who], day)
    if len(own) >= FEW:
        return median(own)
    others = sorted(rows for days in usual.values() for rows in _recent(days, day))
    return others[len(others) * 9 // 10] if len(others) >= MANY else START


def _recent(days: Sequence[tuple[date, int]], day: date) -> list[int]:
    return [rows for one, rows in days if day - BEFORE <= one < day]
