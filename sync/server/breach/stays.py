"""Where somebody worked, and as what, in the past: as the audit and the ledger tell it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.person import Person
from sync.policy import Action
from sync.rights import where
from sync.server.audit import Act
from sync.server.tables import Account, AuditEntry, Entry

GIVEN = ("add-account", "set-role")  # the commands that give rights


class Stay(msgspec.Struct, frozen=True):
    """A time with the same rights. `since` is None where nobody wrote down when it began."""

    role: str
    district: str  # or the region
    since: datetime | None = None
    until: datetime | None = None  # None: it goes on
    known: bool = True  # False: the rights were not written down, but edits tell of the district


def stays_of(session: Session, account: Account) -> list[Stay]:
    """All there were, as far as it is known, the oldest first; the last one is today's."""
    given: list[tuple[datetime | None, str, str]] = [
        (row.at, said["role"], said["district"])
        for row, said in _commands(session)
        if said.get("action") in GIVEN and said.get("login") == account.id
    ]
    if not given or given[-1][1:] != (account.role, account.district):
        since = given[-1][0] if given else None  # changed by other means, nobody knows when
        given.append((since, account.role, account.district))
    ends = [at for at, *_ in given[1:]] + [None]
    stays = [
        Stay(role, district, at, end)
        for (at, role, district), end in zip(given, ends, strict=True)
    ]
    first = stays[0].since
    return [*(_before(session, account, first) if first else ()), *stays]


def within(stays: Iterable[Stay], since: datetime, until: datetime) -> list[Stay]:
    """Those that touch the time between these moments."""
    return [
        one
        for one in stays
        if (one.since is None or one.since <= until) and (one.until is None or one.until >= since)
    ]


def reached(stays: Iterable[Stay], until: datetime, among: tuple[str, ...]) -> dict[str, datetime]:
    """{stream that these rights reached: until when, and not later than `until`}."""
    ends: dict[str, datetime] = {}
    for stay in stays:
        end = min(until, stay.until or until)
        for stream in where(person_of(stay), Action.READ, among):
            ends[stream] = max(end, ends.get(stream, end))
    return ends


def person_of(stay: Stay) -> Person:
    """Somebody with the rights of such a time."""
    return Person("", "", stay.role, stay.district)


def _commands(session: Session) -> Iterable[tuple[AuditEntry, dict[str, Any]]]:
    rows = select(AuditEntry).where(AuditEntry.act == Act.ADMINISTERED).order_by(AuditEntry.number)
    for row in session.scalars(rows):
        yield row, msgspec.json.decode(row.subject)


def _before(session: Session, account: Account, first: datetime) -> Iterable[Stay]:
    """Districts where they recorded before any of their rights were written down."""
    told = select(Entry.district).where(Entry.by == account.id, Entry.received < first).distinct()
    for district in session.scalars(told.where(Entry.revision.is_not(None))):
        yield Stay("activist", district, None, first, known=False)
