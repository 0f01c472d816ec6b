"""Who looked at what is confidential, or did what cannot be undone: a row each, in a chain.

Each row's hash is of its words and of the hash before it, so that whoever alters, removes or moves
one alters the last hash. That one stands in a row of its own, which also lets one writer in at a
time; an administrator who notes it elsewhere can tell later whether the chain still goes through it
(`admin audit --head`), and so do the laptops of leaders and coordinators (`sync.audit`). No row tells of who handed in a report or an answer.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.audit import Act as Act
from sync.person import REGION
from sync.person import SERVER as SERVER  # who: a command at the server, or the server itself
from sync.server.tables import AuditEntry, AuditHead

FIRST = "0" * 64  # what the first row follows


def note(
    session: Session, who: str, act: Act, subject: Any, now: datetime, district: str = REGION
) -> None:
    """Append a row, in the transaction of what it tells of.

    `district` says whose leader may see it; what is the region's is for coordinators. Everybody locks the chain last, after what the row tells of. `subject` is what JSON can hold: ids, logins, counts; never what somebody wrote.
    """
    session.flush()
    head = session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)
    number, told = head.number + 1, msgspec.json.encode(subject).decode()
    now = now.astimezone(UTC)
    head.hash = _hash(head.hash, number, now, who, act, told, district)
    head.number = number
    row = AuditEntry(
        number=number, at=now, who=who, act=act, subject=told, hash=head.hash, district=district
    )
    session.add(row)
    session.flush()


def rows(session: Session) -> Iterator[AuditEntry]:
    """All of them, the oldest first."""
    yield from session.scalars(select(AuditEntry).order_by(AuditEntry.number))


def broken(session: Session, known: str = "") -> int | None:
    """The number of the first row that is not as it was written; None where the chain is whole.

    `known` is a last hash that was noted earlier; the chain must go through it. One more than
    there are rows stands for rows that are missing at the end.
    """
    head = session.get_one(AuditHead, 1)
    return _broken(rows(session), head, known)


def _broken(entries: Iterable[AuditEntry], head: AuditHead, known: str) -> int | None:
    before, number = FIRST, 0
    met = known in ("", FIRST)
    for entry in entries:
        number += 1
        hashed = _hash(
            *(before, number, entry.at, entry.who, entry.act, entry.subject, entry.district)
        )
        if entry.number != number or entry.hash != hashed:
            return number
        before, met = entry.hash, met or entry.hash == known
    return None if met and (head.number, head.hash) == (number, before) else number + 1


def _hash(
    before: str, number: int, at: datetime, who: str, act: str, subject: str, district: str
) -> str:
    """What is the region's is reckoned as all rows were before districts were written down."""
    words = (before, number, at.isoformat(), who, act, subject)
    told = msgspec.json.encode(words if district == REGION else (*words, district))
    return sha256(told).hexdigest()
