"""Decide about edits whose people had left the district. They wait on the server: needs a line."""

from uuid import UUID

from desktop.session import Desk
from sync.client import late
from sync.errors import Refused
from sync.language import mark
from sync.late import Late
from sync.rights import reviews


def held(desk: Desk) -> list[Late]:
    """Those that this person decides about, the oldest first, as the last exchange told."""
    with desk.store() as session:
        return late.held(session) if reviews(desk.person) else []


def ask(desk: Desk) -> None:
    """Ask the server which ones wait now. Raises Offline, SignInAgain."""
    waiting = desk.server.late_edits()
    with desk.store.begin() as session:
        late.keep(session, waiting)


def decide(desk: Desk, change: UUID, *, take: bool) -> None:
    """Write it into its record as its author's own, or drop it; the next sync brings the record.

    Raises Refused where the person may not, or the record does not take it: then it still waits,
    unless somebody else has decided about it.
    """
    if not reviews(desk.person):
        raise Refused(mark("Only a leader or a coordinator may decide about a record."))
    try:
        desk.server.decide_late(change, take=take)
    except Refused:
        ask(desk)
        raise
    with desk.store.begin() as session:
        late.drop(session, change)
