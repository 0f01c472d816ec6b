"""Who looked at what is confidential, or did what cannot be undone: a row each, in a chain.

Each row's hash is of its words and of the hash before it, so that whoever alters, removes or moves
one alters the last hash. That one stands in a row of its own, which also lets one writer in at a
time; an administrator who notes it elsewhere can tell later whether the chain still goes through it
(`admin audit --head`). No row tells of who handed in a report or an answer.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.person import SERVER as SERVER  # who: a command at the server, or the server itself
from sync.server.tables import AuditEntry, AuditHead

FIRST = "0" * 64  # what the first row follows


class Act(StrEnum):
    """What is written down."""

    TOOK_REPORTS = "took_reports"  # an officer's laptop took sealed letters: how many, which
    ADDED_READERS = "added_readers"  # a sealed letter is to be opened by further readers
    GAVE_BACK = "gave_back"  # an officer's laptop had a sealed letter that a restored server lost
    READ_ANSWERS = "read_answers"  # all answers of a wave
    EXPORTED = "exported"  # records left a laptop as a file: which kind, how many, not their words
    LOOKED = "looked"  # for what is held about a person: how many records; no name, no phone
    ERASED = "erased"  # a record, for good
    TERM_ENDED = "term_ended"  # records past their term were erased: of which sort, how many
    TERMS_ENDED = "terms_ended"  # all districts were looked through for such
    ENROLLED = "enrolled"  # a laptop
    RECOVERED = "recovered"  # a laptop's file was opened without its password
    WIPED = "wiped"  # a laptop has deleted its work
    BACKED_UP = "backed_up"  # the whole database and its files: which backup, which went
    RESTORED = "restored"  # from which backup
    ADMINISTERED = (
        "administered"  # a command: an account, a code, a laptop, a life of the database
    )


def note(session: Session, who: str, act: Act, subject: Any, now: datetime) -> None:
    """Append a row, in the transaction of what it tells of.

    Everybody locks the chain last, after what the row tells of. `subject` is what JSON can hold: ids, logins, counts; never what somebody wrote.
    """
    session.flush()
    head = session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)
    number, told = head.number + 1, msgspec.json.encode(subject).decode()
    now = now.astimezone(UTC)
    head.hash = _hash(head.hash, number, now, who, act, told)
    head.number = number
    session.add(AuditEntry(number=number, at=now, who=who, act=act, subject=told, hash=head.hash))
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
        hashed = _hash(before, number, entry.at, entry.who, entry.act, entry.subject)
        if entry.number != number or entry.hash != hashed:
            return number
        before, met = entry.hash, met or entry.hash == known
    return None if met and (head.number, head.hash) == (number, before) else number + 1


def _hash(before: str, number: int, at: datetime, who: str, act: str, subject: str) -> str:
    told = msgspec.json.encode((before, number, at.isoformat(), who, act, subject))
    return sha256(told).hexdigest()
