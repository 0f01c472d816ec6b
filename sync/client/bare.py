"""Words of what is done with: they leave the laptop, and come again when somebody opens the record.

A record goes bare with its parts once it has been done with, and left alone, for 90 days: its
private fields and long texts are emptied here, and here only. What lists and counts need stays, its
number too. From then on nobody writes a part of it (`rows`), and nobody tells it (`standing`): it
is fetched whole. Only the server's clock counts, as for photos. Decision 38.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, false, func, select, union_all, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session, sessionmaker

from sync.bulk import execute_many
from sync.client import earlier, put_back, restored, scrub, untold
from sync.client.check import agrees
from sync.client.facts import recall, remember
from sync.client.kinds_here import kinds_here
from sync.client.quiet import KEPT, NOT_HELD, emptied, is_due, quiet, wholes
from sync.client.tables import Attention, Cursor, Draft, Pending, Quiet
from sync.records.base import Part

AT_ONCE = 500  # records that are emptied in one transaction, for nobody can save meanwhile
LOOKED = "words_looked"  # the fact: when that was done last, by the server's clock
TABLE: Any = Quiet.__table__
PUT = insert(TABLE)
PUT = PUT.on_conflict_do_update(
    index_elements=["record"], set_={"stands": PUT.excluded.stands, "since": PUT.excluded.since}
)
EDITS = select(func.max(Pending.number), func.count()).select_from(Pending)


def let_go(store: sessionmaker[Session], now: datetime | None) -> int:
    """Once a day by the server's clock: empty the records whose time has come → how many.

    The file keeps nothing of them (`secure_delete`); its journal does until it is emptied. `now` is
    what the server said; None does nothing. Nor is anything done before the self-check has found
    that the server holds what is here, or while it may have lost something. All is looked at
    without holding anybody up; where somebody worked meanwhile, the next exchange looks anew.
    """
    if now is None:
        return 0
    with store() as session:
        if not (is_due(session, LOOKED, now) and _is_all_there(session)):
            return 0
        seen = _work(session)
        since = _since(session, now)
    going = [record for record, (_, at) in since.items() if now - at >= KEPT]
    gone: set[UUID] = set()
    for some in scrub.slices(going, AT_ONCE):
        with store.begin() as session:
            if _work(session) != seen:
                return len(gone)
            _empty(session, some)
        gone.update(some)
    with store.begin() as session:
        if _work(session) == seen:
            _note(session, {one: at for one, at in since.items() if one not in gone})
            remember(session, LOOKED, now)
    return len(gone)


def _is_all_there(session: Session) -> bool:
    doubts = restored.is_in_doubt(session) or recall(session, untold.UNTOLD)
    return not doubts and not put_back.reads_first(session) and agrees(session)


def _work(session: Session) -> Any:
    """Whatever a person or news does to records changes this: edits, drafts, refusals, what was read."""
    return (
        session.execute(EDITS).one(),
        set(session.scalars(select(Draft.key))),
        set(session.scalars(select(Attention.change))),
        dict(session.execute(select(Cursor.stream, Cursor.revision)).all()),
    )


def _since(session: Session, now: datetime) -> dict[UUID, tuple[int, datetime]]:
    """{record that is done with: its newest revision, since when this laptop sees it so}."""
    known = _known(session)
    found = {}
    for record, stands in quiet(session, _with_words(session)).items():
        before, at = known.get(record, (None, now))
        found[record] = (stands, at if before == stands and at <= now else now)
    return found


def _known(session: Session) -> dict[UUID, tuple[int, datetime]]:
    return {row.record: (row.stands, row.since) for row in session.execute(select(TABLE))}


def _note(session: Session, since: dict[UUID, tuple[int, datetime]]) -> None:
    """Keep what is not known yet, and forget what is done with no more."""
    known = _known(session)
    for some in scrub.slices(known.keys() - since.keys()):
        session.execute(delete(TABLE).where(TABLE.c.record.in_(some)))
    rows = [
        {"record": record, "stands": stands, "since": at}
        for record, (stands, at) in since.items()
        if known.get(record) != (stands, at)
    ]
    execute_many(session, PUT, rows)


def _with_words(session: Session) -> Any:
    """The records that are not bare, or have a part that is not."""
    here = kinds_here(session).values()
    records = [select(record.id).where(~record.bare) for record in wholes(here)]
    parts = [select(part.parent).where(~part.bare) for part in here if issubclass(part, Part)]
    return (
        union_all(*records, *parts) if records or parts else select(TABLE.c.record).where(false())
    )


def _empty(session: Session, going: list[UUID]) -> None:
    ids = list(scrub.with_parts(session, set(going)))
    earlier.forget(session, ids)
    here = kinds_here(session).values()
    for some in scrub.slices(ids):
        for record in here:
            gone: dict[str, Any] = dict.fromkeys(emptied(record))
            gone |= {name: {} for name in NOT_HELD}
            session.execute(
                update(record).where(record.id.in_(some), ~record.bare).values(**gone, bare=True)
            )
    if going:
        session.expire_all()  # rows were emptied beside the session's own copies
