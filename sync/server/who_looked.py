"""What leaders and coordinators are told of the audit: rows of their districts, no words."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.audit import KEPT, NOT_YOURS, Act, AuditPage, Seen, may_look
from sync.errors import Refused
from sync.person import REGION, Person
from sync.policy import Action
from sync.rights import where
from sync.server import ways
from sync.server.tables import AuditEntry, AuditHead

MOST = 64 * 2**10  # bytes of one page's rows
ROWS = 1_000  # that are looked at for one page
COUNTED = {  # act: under which names of its subject something is counted
    Act.EXPORTED: "rows",
    Act.LOOKED: "rows",
    Act.READ_ANSWERS: "answers",
    Act.READ_SIGNS: "rows",
    Act.WIPED: "left",
}


def page(
    session: Session,
    person: Person,
    districts: tuple[str, ...],
    after: int,
    known: int,
    now: datetime,
) -> AuditPage:
    """Rows beyond the number `after`, as many as a page holds. Raises Refused."""
    if not may_look(person):
        raise Refused(NOT_YOURS)
    head = session.get_one(AuditHead, 1)  # before the rows: none is stepped over
    own = where(person, Action.READ_AUDIT, (REGION, *districts))
    told = select(AuditEntry).where(
        AuditEntry.number > after,
        AuditEntry.district.in_(own),
        AuditEntry.at >= now - KEPT,
    )
    rows: list[Seen] = []
    size, more = 0, False
    for entry in session.scalars(told.order_by(AuditEntry.number).limit(ROWS)):
        row = seen(entry)
        size += len(msgspec.json.encode(row))
        if rows and size > MOST:
            more = True
            break
        rows.append(row)
    return AuditPage(
        rows=rows,
        number=head.number,
        hash=head.hash,
        now=now,
        known=ways.link(session, known),
        restored=ways.restored(session),
        more=more or len(rows) == ROWS,
    )


def seen(entry: AuditEntry) -> Seen:
    """One row as it is told: counts and kinds, no ids of records or laptops."""
    subject = msgspec.json.decode(entry.subject)
    said: dict[str, Any] = subject if isinstance(subject, dict) else {}
    return Seen(
        number=entry.number,
        at=entry.at,
        who=entry.who,
        district=entry.district,
        act=entry.act,
        count=_count(entry.act, subject, said),
        kind=str(said.get("kind") or ""),
        command=str(said.get("action") or ""),
        about=_about(entry, said),
    )


def _count(act: str, subject: Any, said: dict[str, Any]) -> int:
    if act == Act.TOOK_REPORTS:
        return len(subject)
    if act in (Act.ERASED, Act.ADDED_READERS, Act.GAVE_BACK):
        return 1
    if act in (Act.TERM_ENDED, Act.TERMS_ENDED):
        return sum(said.get("erased", {}).values())
    if act == Act.STRUCK:
        return sum(said.get("struck", {}).values())
    if act == Act.ADMINISTERED:
        return int(said.get("records") or 0)
    return int(said.get(COUNTED.get(Act(act), "") if act in set(Act) else "") or 0)


def _about(entry: AuditEntry, said: dict[str, Any]) -> str:
    login = str(said.get("login") or said.get("closed") or said.get("why") or "")
    return "" if login == entry.who else login
