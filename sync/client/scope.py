"""What a laptop may hold, and whom it meets there: a district no longer read leaves the laptop."""

from typing import Any

from sqlalchemy import bindparam, delete, select, union
from sqlalchemy.orm import Session

from sync.client import earlier, outbox, scrub
from sync.client.facts import recall, remember
from sync.client.tables import Cursor, Erased, Foreign
from sync.person import Scope
from sync.records import KINDS

LEAVING = "leaving"  # the fact: there may be records here that are no longer read
MAPPED: tuple[Any, ...] = (*KINDS.values(), Foreign, Erased)
TABLES = tuple(one.__table__ for one in MAPPED)
UNREAD = union(
    *(
        select(table.c.district).where(table.c.district.not_in(bindparam("read", expanding=True)))
        for table in TABLES
    )
)


def take(session: Session, scope: Scope) -> None:
    """The person's rights are other ones than the laptop knew."""
    remember(session, "person", scope.person)
    remember(session, "rights", scope.mark)
    remember(session, "streams", scope.streams)
    remember(session, "names", scope.names)
    remember(session, LEAVING, True)


def leave(session: Session) -> None:
    """Remove the records of districts that are no longer read, once nothing waits for them."""
    if not recall(session, LEAVING, bool):
        return
    readable = recall(session, "streams", list[str])
    held = set(session.scalars(UNREAD, {"read": readable}))
    waits = {district for district in held if outbox.count(session, district)}
    if gone := held - waits:
        scrub.forget_files(session, gone)
        earlier.leave(session, gone)
        for table in TABLES:
            session.execute(delete(table).where(table.c.district.in_(gone)))
    session.execute(delete(Cursor).where(Cursor.stream.not_in([*readable, *waits])))
    remember(session, LEAVING, bool(waits))
