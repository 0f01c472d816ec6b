"""What looks across districts for a good reason: the ways through the second wall.

Each is a function of the database (migrations 0014 and 0018) that runs as the tables' owner and answers one
question about what is named by its id or sum; there is none that lists anything. On SQLite, where
there is no wall, the same is asked of the tables. Three more things need no way, for they name no
person's work: `stream`, whose counters everyone may read (lives, tallies); entries of refusals, which
anybody may leave in any ledger; and late edits, which anybody may put before another district.
A told erasure that bears the server's seal has `walls.lowered`. Admin commands that read walled
tables enter as a coordinator, as the daily end of terms does.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause, Uuid, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from sync.among import among
from sync.audit import Act
from sync.records.base import Moment
from sync.server import walls
from sync.server.tables import AuditEntry, Entry, Kept

RECORDS, LEDGER = Kept.__table__, Entry.__table__
RECORD = (
    *(RECORDS.c.district, RECORDS.c.id, RECORDS.c.kind, RECORDS.c.parent, RECORDS.c.revision),
    *(RECORDS.c.by, RECORDS.c.at, RECORDS.c.fields, RECORDS.c.touched),
)
ANSWER = (LEDGER.c.change, LEDGER.c.revision, LEDGER.c.reason)
IDS = select(RECORDS.c.id)  # asked where there is no wall, as the next
CHANGES = select(LEDGER.c.change).where(LEDGER.c.district == bindparam("district"))


def records(session: Session, ids: Collection[UUID]) -> Sequence[Any]:
    """Records as they stand, in whichever district: the rules refuse to touch foreign ones.

    Whole, for an edit that comes late is tried by the rules of the district that its person left.
    """
    if not walls.stand(session):
        there = [id for (id,) in among(session, IDS, RECORDS.c.id, ids)]  # most times none
        return (
            session.execute(select(*RECORD).where(RECORDS.c.id.in_(there))).all() if there else ()
        )
    return session.execute(select(_table(func.dala_records(_ids(ids)), RECORD))).all()


def first_answers(session: Session, district: str, changes: Collection[UUID]) -> Sequence[Any]:
    """What these changes were answered before, also where their person may not read any more."""
    if not walls.stand(session):
        there = [id for (id,) in among(session, CHANGES, LEDGER.c.change, changes, district)]
        here = LEDGER.c.district == district
        query = select(*ANSWER).where(here, LEDGER.c.change.in_(there))
        return session.execute(query).all() if there else ()
    told = _table(func.dala_answered(district, _ids(changes)), ANSWER)
    return session.execute(select(told)).all()


def known(session: Session, changes: Collection[UUID]) -> set[UUID]:
    """Which of these changes any ledger has: a laptop's numbers run on when its person moves."""
    if not walls.stand(session):
        return set(session.scalars(select(LEDGER.c.change).where(LEDGER.c.change.in_(changes))))
    told = _table(func.dala_known(_ids(changes)), (LEDGER.c.change,))
    return set(session.scalars(select(told)))


def commented(session: Session, district: str, record: UUID, revision: int) -> bool:
    """Whether a comment was made after this revision; asked of late edits, too."""
    if walls.stand(session):
        return bool(session.scalar(select(func.dala_commented(district, record, revision))))
    about = (RECORDS.c.district == district, RECORDS.c.parent == record)
    since = (RECORDS.c.kind == "comment", RECORDS.c.revision > revision)
    return session.scalar(select(RECORDS.c.id).where(*about, *since).limit(1)) is not None


def is_named(session: Session, sha256: str) -> bool:
    """Whether any attachment names a file as its own or as its small picture: then it stays."""
    if walls.stand(session):
        return bool(session.scalar(select(func.dala_named(sha256))))
    as_small = (RECORDS.c.kind == "attachment") & (
        RECORDS.c.fields["thumbnail"].as_string() == sha256
    )
    asked = (select(RECORDS.c.id).where(one) for one in (RECORDS.c.sha256 == sha256, as_small))
    return any(session.scalar(query.limit(1)) is not None for query in asked)


def link(session: Session, number: int) -> str:
    """The hash of one row of the audit, whosever it is; "" where there is none."""
    if walls.stand(session):
        return session.scalar(select(func.dala_link(number))) or ""
    return session.scalar(select(AuditEntry.hash).where(AuditEntry.number == number)) or ""


def restored(session: Session) -> datetime | None:
    """When a backup was put back last, as the audit says: anybody who watches it may know."""
    if walls.stand(session):
        return session.scalar(select(func.dala_restored(type_=Moment)))
    put_back = select(AuditEntry.at).where(AuditEntry.act == Act.RESTORED)
    return session.scalar(put_back.order_by(AuditEntry.number.desc()).limit(1))


def _ids(ids: Iterable[UUID]) -> Any:
    return bindparam(None, list(ids), type_=ARRAY(Uuid()))


def _table(asked: Any, columns: Iterable[Any]) -> FromClause:
    """What a function of the database returns, with the types of these columns."""
    found: FromClause = asked.table_valued(*(column(one.name, one.type) for one in columns))
    return found
