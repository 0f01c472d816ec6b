"""News that take much away are held until the person was asked.

Removing is an edit like any other, and a mistaken or stolen account can remove a district. What
goes beyond a fifth of what is here of a stream stays on the laptop, and the stream's cursor stays
where it is: so the same news come again with the next exchange, and are held again, or taken.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.orm import Session, sessionmaker

from sync.change import Change, SyncReply
from sync.client.facts import forget, recall, remember
from sync.erasure import erases
from sync.records import KINDS

SHARE = 0.2  # of the records of a stream that one exchange may take away unasked
FEW = 10  # records may go in any case
HELD = "held_removals"  # the fact: {stream: (how many would go, of how many)}
ALLOWED = "removals_allowed"  # the fact: the person said yes, for the exchange that comes

TABLES: tuple[Any, ...] = tuple(kind.__table__ for kind in KINDS.values())
PRESENT = union_all(
    *(
        select(func.count()).where(table.c.district == bindparam("stream"), ~table.c.removed)
        for table in TABLES
    )
)
THOSE = [
    select(table.c.id).where(table.c.id.in_(bindparam("ids", expanding=True)), ~table.c.removed)
    for table in TABLES
]
Held = dict[str, tuple[int, int]]


class Removals:
    """What one exchange takes away, by stream."""

    def __init__(self) -> None:
        self._here: dict[str, int] = {}  # records before it
        self._gone: dict[str, set[UUID]] = {}
        self.held: Held = {}
        self._known: tuple[Held | None, bool | None] = None, None  # as the file had it

    def sift(self, session: Session, reply: SyncReply) -> SyncReply:
        """The reply without what must be asked about first."""
        self._known = recall(session, HELD, Held), recall(session, ALLOWED, bool)
        removing = [change for change in reply.changes if _removes(change)]
        if removing and not self._known[1]:
            self._count(session, removing)
        if not self.held:
            return reply
        changes = [
            one for one in reply.changes if one.district not in self.held or not _removes(one)
        ]
        cursors = {name: at for name, at in reply.cursors.items() if name not in self.held}
        return msgspec.structs.replace(reply, changes=changes, cursors=cursors)

    def end(self, store: sessionmaker[Session]) -> None:
        """The exchange is over: what is held is remembered, and a yes is used up."""
        if self._known == (self.held or None, None):
            return  # as most times: nothing is to be written
        with store.begin() as session:
            forget(session, HELD, ALLOWED)
            if self.held:
                remember(session, HELD, self.held)

    def _count(self, session: Session, removing: list[Change]) -> None:
        for stream in {change.district for change in removing}:
            ids = [change.record for change in removing if change.district == stream]
            if stream not in self._here:
                self._here[stream] = _present(session, stream)
            gone = self._gone.setdefault(stream, set())
            gone |= _of_those(session, ids)
            here = self._here[stream]
            if len(gone) > max(FEW, SHARE * here):
                self.held[stream] = (len(gone), here)


def held(session: Session) -> Held:
    """What the last exchange held back: {stream: (how many would go, of how many)}."""
    return recall(session, HELD, Held) or {}


def allow(session: Session) -> None:
    """The person knows of it: the next exchange takes it."""
    remember(session, ALLOWED, True)


def _removes(change: Change) -> bool:
    return bool(change.fields.get("removed")) or erases(change)


def _present(session: Session, stream: str) -> int:
    return sum(session.scalars(PRESENT, {"stream": stream}))


def _of_those(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Those of these records that are here and not removed."""
    found: set[UUID] = set()
    for query in THOSE:
        found |= set(session.scalars(query, {"ids": ids}))
    return found
