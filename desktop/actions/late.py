"""Decide about edits whose people had left the district. They wait on the server: needs a line."""

from uuid import UUID

from desktop.session import Desk
from sync.errors import Refused
from sync.language import mark
from sync.late import Late
from sync.rights import reviews


def held(desk: Desk) -> list[Late]:
    """Those that this person decides about, the oldest first. Raises Offline, SignInAgain."""
    return desk.server.late_edits() if reviews(desk.person) else []


def decide(desk: Desk, change: UUID, *, take: bool) -> None:
    """Write it into its record as its author's own, or drop it; the next sync brings the record.

    Raises Refused where the person may not, or the record does not take it: then it still waits.
    """
    if not reviews(desk.person):
        raise Refused(mark("Only a leader or a coordinator may decide about a record."))
    desk.server.decide_late(change, take=take)
