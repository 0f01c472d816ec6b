"""What a laptop's numbers tell: that the server forgot some, or that two laptops share a name.

A laptop numbers its edits, and never gives a number twice. The server keeps the highest number
that it has answered, in the transaction that answers it.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from sync.change import Change, SyncRequest
from sync.server import audit, ways
from sync.server.audit import Act
from sync.server.tables import Account, Device

DEVICE: Any = Device.__table__  # without objects: it is asked for with every exchange
THIS = DEVICE.c.id == bindparam("device")
ANSWERED = select(DEVICE.c.answered).where(THIS)
HELD = ANSWERED.with_for_update()
NOTE = update(DEVICE).where(THIS).values(answered=bindparam("newest"))
WIPE = select(DEVICE.c.wipe).where(THIS)


class Sign(Enum):
    """What is strange about a laptop's numbers."""

    FORGOTTEN = "the server does not know what it has answered: it was restored from a backup"
    SHARED = "a number that was answered stands on another edit: the laptop's file was copied"


def follow(session: Session, device: UUID, request: SyncRequest) -> Sign | None:
    """Compare a laptop's numbers with what it was answered, and note those of this request.

    None where all is well. The device's row is held until commit, before any stream is.
    """
    query = HELD if request.changes else ANSWERED
    before = session.scalars(query, {"device": device}).one() or 0
    if request.answered > before:
        return Sign.FORGOTTEN
    if _unknown(session, [one for one in request.changes if one.number <= before]):
        return Sign.SHARED
    if request.changes:
        newest = max(before, *(change.number for change in request.changes))
        session.execute(NOTE, {"device": device, "newest": newest})
    return None


def to_be_wiped(session: Session, device: UUID) -> bool:
    """Whether this laptop is to delete its work."""
    return session.scalars(WIPE, {"device": device}).one() is not None


def wiped(session: Session, device: UUID, left: int, now: datetime) -> None:
    """It has: its token is good for nothing any more. `left`: edits that nobody had taken."""
    found = session.get_one(Device, device)
    found.wiped = now
    found.revoked = found.revoked or now
    told = {"device": device, "left": left}
    district = session.get_one(Account, found.account).district
    audit.note(session, found.account, Act.WIPED, told, now, district)


def _unknown(session: Session, answered: Sequence[Change]) -> bool:
    """Whether any of these edits, whose numbers were answered, is not in the ledger."""
    ids = {change.id for change in answered if change.number}
    return bool(ids and ids - ways.known(session, ids))
