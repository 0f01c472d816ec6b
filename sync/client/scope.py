"""What a laptop may hold, and whom it meets there: a district no longer read leaves the laptop."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.client import outbox
from sync.client.facts import recall, remember
from sync.client.tables import Cursor, Erased, Foreign
from sync.person import Scope
from sync.records import KINDS

LEAVING = "leaving"  # the fact: there may be records here that are no longer read


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
    tables: list[Any] = [*KINDS.values(), Foreign, Erased]
    held = {
        district
        for table in tables
        for district in session.scalars(
            select(table.district).where(table.district.not_in(readable)).distinct()
        )
    }
    waits = {district for district in held if outbox.count(session, district)}
    for table in tables:
        session.execute(delete(table).where(table.district.in_(held - waits)))
    session.execute(delete(Cursor).where(Cursor.stream.not_in([*readable, *waits])))
    remember(session, LEAVING, bool(waits))
