"""Which households are to be asked how they live: 1, 3, 12 and 60 months after they moved.

The months are those of task 4. A later check stands for the earlier ones that nobody made.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, or_, select, type_coerce

from desktop.actions.records import Row, as_rows
from desktop.session import Desk
from sync.deadline_rules import months_later
from sync.records.relocation import RelocationCase, RelocationStage

CHECKS = (1, 3, 12, 60)  # months
DONE = {f"after_{months}": months for months in CHECKS}  # by the stage that says so
ENDED = ("returned", "closed", "refused")


@dataclass(frozen=True)
class Check:
    """A check that nobody has written down yet. `row`: the case."""

    row: Row
    months: int
    due: date


def checks_due(desk: Desk, until: date, most: int | None = None) -> tuple[list[Check], int]:
    """The next check of each household, where its day is `until` or earlier, the oldest first; at
    most so many of them, and how many there are."""
    case, stage = RelocationCase, RelocationStage
    open_ = (
        ~case.removed,
        case.moved_on.is_not(None),
        or_(case.state.is_(None), case.state.not_in(ENDED)),
    )
    moved = select(type_coerce(case.id, String), case.moved_on, case.state).where(
        *open_, case.moved_on <= months_later(until, -CHECKS[0])
    )
    told = (
        select(type_coerce(stage.parent, String), stage.state)
        .join(case, case.id == stage.parent)
        .where(*open_, ~stage.removed, stage.state.in_(DONE))
    )
    with desk.store() as session:
        last: dict[str, int] = defaultdict(int)
        for id, state in session.execute(told):
            last[id] = max(last[id], DONE.get(state or "", 0))
        found = []
        for id, day, state in session.execute(moved):
            done = max(last[id], DONE.get(state or "", 0))
            months = next((each for each in CHECKS if each > done), None)
            if day and months and (due := months_later(day, months)) <= until:
                found.append((due, id, months))
        found.sort()
        first = found[:most]
        ids = [id for _, id, _ in first]
        rows = session.scalars(select(case).where(type_coerce(case.id, String).in_(ids))).all()
        by_id = {row["id"].hex: row for row in as_rows(session, rows)}
    return [Check(by_id[id], months, due) for due, id, months in first], len(found)
