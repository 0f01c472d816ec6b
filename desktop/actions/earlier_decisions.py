"""What earlier meetings decided and nobody has closed: the next meeting checks it first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select

from desktop.actions.records import Row, as_rows
from desktop.session import Desk
from sync.records.meeting import Decision, Meeting

MOST = 20  # that a meeting can go through


@dataclass(frozen=True)
class Earlier:
    """An open decision and the meeting that took it. `here`: in the same village."""

    decision: Row
    meeting: Row
    here: bool


def earlier_decisions(
    desk: Desk, district: str, village: str, on: date, meeting: UUID | None = None
) -> list[Earlier]:
    """Those that a meeting in this village on the day `on` checks, the nearest term first.

    All that are open of this village, then those of the district whose term is past. `meeting`:
    the one that checks, whose own are not told.
    """
    still = or_(Decision.state.is_(None), Decision.state == "open")
    here = Meeting.village == village
    asked = (
        and_(~Decision.removed, ~Meeting.removed, still, Meeting.district == district),
        or_(Meeting.held_on.is_(None), Meeting.held_on <= on),
        or_(here, Decision.due_on < on),
    )
    query = (
        select(Decision, Meeting)
        .join(Meeting, Decision.parent == Meeting.id)
        .where(*asked)
        .order_by(here.desc(), Decision.due_on, Decision.id)
        .limit(MOST)
    )
    if meeting is not None:
        query = query.where(Meeting.id != meeting)
    with desk.store() as session:
        found = session.execute(query).all()
        decisions = as_rows(session, [one for one, _ in found])
        meetings = as_rows(session, [one for _, one in found])
    pairs = zip(decisions, meetings, strict=True)
    return [Earlier(one, whole, whole["village"] == village) for one, whole in pairs]
