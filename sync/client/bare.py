"""Words of what is done with: they leave the laptop, and come again when somebody opens the record.

A record goes bare with its parts once it has been done with, and left alone, for 90 days: its
private fields and long texts are emptied here, and here only. What lists and counts need stays, its
number too. From then on nobody writes a part of it (`rows`), and nobody tells it (`standing`): it
is fetched whole. Only the server's clock counts, as for photos. Decision 38.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, union_all, update
from sqlalchemy.orm import Session, sessionmaker

from sync.client import put_back, restored, scrub, untold
from sync.client.check import agrees
from sync.client.facts import recall, remember
from sync.client.quiet import NOT_HELD, emptied, quiet, wholes
from sync.client.tables import Quiet
from sync.records import KINDS
from sync.records.base import Part

KEPT = timedelta(days=90)
EVERY = timedelta(days=1)  # between two looks
MOST = (
    500  # records at a look, for nobody can save meanwhile; while there are more, the next is soon
)
LOOKED = "words_looked"  # the fact: when that was done last, by the server's clock


def let_go(store: sessionmaker[Session], now: datetime | None) -> int:
    """Once a day by the server's clock: empty the records whose time has come → how many.

    The file keeps nothing of them (`secure_delete`); its journal does until it is emptied.

    `now` is what the server said; None does nothing. Nor is anything done before the self-check has
    found that the server holds what is here, or while it may have lost something.
    """
    if now is None:
        return 0
    with store.begin() as session:
        looked = recall(session, LOOKED, datetime)
        if (looked is not None and abs(now - looked) < EVERY) or not _is_all_there(session):
            return 0
        going = _look(session, now)
        _empty(session, going)
        if len(going) < MOST:
            remember(session, LOOKED, now)
    return len(going)


def _is_all_there(session: Session) -> bool:
    doubts = recall(session, restored.DOUBT) or recall(session, untold.UNTOLD)
    return not doubts and not put_back.reads_first(session) and agrees(session)


def _look(session: Session, now: datetime) -> list[UUID]:
    """Write down since when each record may go → those whose time has come."""
    done_with = quiet(session, _with_words())
    known = {row.record: row for row in session.scalars(select(Quiet))}
    session.execute(delete(Quiet).where(Quiet.record.in_(known.keys() - done_with.keys())))
    going: list[UUID] = []
    for record, stands in done_with.items():
        row = known.get(record)
        if row is None:
            session.add(Quiet(record=record, stands=stands, since=now))
        elif row.stands != stands or row.since > now:
            row.stands, row.since = stands, now
        elif now - row.since >= KEPT and len(going) < MOST:
            going.append(record)
            session.delete(row)
    return going


def _with_words() -> Any:
    """The records that are not bare, or have a part that is not."""
    return union_all(
        *(select(record.id).where(~record.bare) for record in wholes()),
        *(select(part.parent).where(~part.bare) for part in _part_kinds()),
    )


def _empty(session: Session, going: list[UUID]) -> None:
    ids = list(scrub.with_parts(session, set(going)))
    for some in scrub.slices(ids):
        for record in KINDS.values():
            gone: dict[str, Any] = dict.fromkeys(emptied(record))
            gone |= {name: {} for name in NOT_HELD}
            session.execute(
                update(record).where(record.id.in_(some), ~record.bare).values(**gone, bare=True)
            )
    if going:
        session.expire_all()  # rows were emptied beside the session's own copies


def _part_kinds() -> list[type[Part]]:
    return [record for record in KINDS.values() if issubclass(record, Part)]
