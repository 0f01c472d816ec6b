"""Who looked, as the server told it last; and whether its chain still goes through what was seen.

The laptop keeps number and hash of the chain's last row. Where the next answer has another hash at
that number, rows were altered or cut off since: it is said, and all is taken anew. A backup that was
put back explains it where the chain itself tells of one that is later than what was seen here.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from sync.audit import KEPT, AuditPage
from sync.bulk import execute_many
from sync.client.facts import forget, recall, remember
from sync.client.tables import AuditSeen
from sync.person import Person

HEAD, DOUBTS, WHOSE = "audit_head", "audit_doubts", "audit_whose"  # facts
OFTEN = timedelta(hours=1)  # between two looks that nobody asked for, by the server's clock
TABLE: Any = AuditSeen.__table__
INSERT = insert(TABLE)


class Head(msgspec.Struct, frozen=True):
    """How far the chain went when the server told of it last."""

    number: int
    hash: str
    at: datetime  # by the server's clock


class Doubt(msgspec.Struct, frozen=True):
    """The chain does not go through the row that was its last one."""

    number: int  # of that row
    seen: datetime  # when it was seen
    found: datetime  # when it was missed
    restored: datetime | None = None  # a backup was put back in between, says the chain


def head(session: Session) -> Head | None:
    """How far the chain went; None where nothing of it was told here yet."""
    found: Head | None = recall(session, HEAD, Head)
    return found


def is_due(session: Session, now: datetime) -> bool:
    """Whether it is time to ask; also where the server's clock has gone back."""
    last = head(session)
    return last is None or not timedelta() <= now - last.at < OFTEN


def begin(session: Session, person: Person) -> tuple[int, int]:
    """(beyond which number rows are lacking here, at which the hash is to be asked).

    Rows that were seen with other rights go: what one may see is told anew.
    """
    last = head(session)
    known = last.number if last else 0
    if recall(session, WHOSE, list[str]) == _rights(person):
        return known, known
    session.execute(delete(AuditSeen))
    return 0, known


def take(session: Session, page: AuditPage, person: Person) -> tuple[int, int] | None:
    """Write a page; (what `begin` gives) for the next one, None where all was told."""
    last = head(session)
    if last is not None and last.number and page.known != last.hash:  # no row, nothing to miss
        restored = page.restored if page.restored and page.restored > last.at else None
        doubt = Doubt(last.number, last.at, page.now, restored)
        remember(session, DOUBTS, [*doubts(session), doubt])
        session.execute(delete(AuditSeen))
        forget(session, HEAD, WHOSE)
        return 0, 0
    rows = [msgspec.structs.asdict(one) for one in page.rows]
    if rows:
        numbers = [one.number for one in page.rows]
        session.execute(delete(AuditSeen).where(AuditSeen.number.in_(numbers)))
        execute_many(session, INSERT, rows)
    session.execute(delete(AuditSeen).where(AuditSeen.at < page.now - KEPT))
    if page.more and page.rows:
        return page.rows[-1].number, last.number if last else 0
    remember(session, HEAD, Head(page.number, page.hash, page.now))
    remember(session, WHOSE, _rights(person))
    return None


def drop(session: Session) -> None:
    """The person may not look any more: nothing of it stays."""
    session.execute(delete(AuditSeen))
    forget(session, HEAD, DOUBTS, WHOSE)


def doubts(session: Session) -> list[Doubt]:
    """What was missed and nobody has answered for yet, the oldest first."""
    return recall(session, DOUBTS, list[Doubt]) or []


def settle(session: Session) -> None:
    """The person has read of them."""
    forget(session, DOUBTS)


def _rights(person: Person) -> list[str]:
    """What decides about which rows somebody is told."""
    return [person.role, person.district]
