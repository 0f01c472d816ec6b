"""What the server knows of laptops: since when, until when they can have heard from it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from sync.errors import UserError
from sync.language import mark
from sync.server.accounts import tidy
from sync.server.audit import Act
from sync.server.tables import Account, AuditEntry, CarriedLetter, Device, Entry, LateEdit
from sync.server.tokens import TERM

COPIES = timedelta(days=35)  # so long a laptop's own copies of its file keep what left it (0038)


class Laptop(msgspec.Struct, frozen=True, kw_only=True):
    """A laptop. Nothing is written down at each exchange, hence two bounds of the last one."""

    device: UUID
    name: str
    enrolled: datetime
    surely: datetime  # it was in contact then: an edit, a letter or a renewal tells
    latest: (
        datetime  # it was not in contact later: its token had ended, or it was closed (see `_end`)
    )
    revoked: datetime | None
    wipe: datetime | None  # when it was asked to delete its work
    wiped: datetime | None  # when it said that it has

    @property
    def ended(self) -> datetime | None:
        """From when on the server refuses it."""
        return self.wiped or self.revoked


def laptops_of(
    session: Session, login: str, device: str, now: datetime
) -> tuple[Account, list[Laptop]]:
    """The account and its laptops, or one of them by its id. Raises UserError where there is none."""
    if device:
        chosen = session.get(Device, _id(device))
        if chosen is None:
            raise UserError(mark("There is no laptop “{name}”."), name=device)
        account, found = session.get_one(Account, chosen.account), [chosen]
    else:
        known = session.get(Account, tidy(login))
        if known is None:
            raise UserError(mark("There is no account “{login}”."), login=login)
        account = known
        theirs = select(Device).where(Device.account == account.id).order_by(Device.enrolled)
        found = list(session.scalars(theirs))
        if not found:
            raise UserError(
                mark("No laptop was ever bound to the account “{login}”: it can hold nothing."),
                login=account.id,
            )
    told = _told(session, [one.id for one in found])
    put_back = restores(session)
    return account, [_laptop(one, told.get(one.id), put_back, now) for one in found]


def restores(session: Session) -> list[datetime]:
    """When a backup was put back, as the audit says, the oldest first."""
    rows = select(AuditEntry.at).where(AuditEntry.act == Act.RESTORED)
    return list(session.scalars(rows.order_by(AuditEntry.number)))


def _laptop(
    device: Device, told: datetime | None, put_back: Sequence[datetime], now: datetime
) -> Laptop:
    renewed = device.until and device.until - TERM
    marks = (device.enrolled, told, renewed, device.wiped)
    surely = min(now, max(at for at in marks if at))
    ends = [at for at in (_end(device, put_back), device.revoked, device.wiped, now) if at]
    return Laptop(
        device=device.id,
        name=device.name,
        enrolled=device.enrolled,
        surely=surely,
        latest=max(surely, min(ends)),
        revoked=device.revoked,
        wipe=device.wipe,
        wiped=device.wiped,
    )


def _end(device: Device, put_back: Sequence[datetime]) -> datetime | None:
    """When its token ended. A token that stands there from a backup says nothing of the time until
    that was put back: the laptop may have renewed it, and what it was told then it still has."""
    until = device.until
    return until and max([until, *put_back])


def _told(session: Session, devices: list[UUID]) -> dict[UUID, datetime]:
    """When something of each laptop's came last: edits, late edits, letters."""
    last: dict[UUID, datetime] = {}
    tables: tuple[Any, ...] = (Entry, LateEdit, CarriedLetter)
    for table in tables:
        newest = select(table.device, func.max(table.received)).where(table.device.in_(devices))
        if table is Entry:
            newest = newest.where(~_decided_later())
        for device, at in session.execute(newest.group_by(table.device)):
            last[device] = max(at, last.get(device, at))
    return last


def _decided_later() -> ColumnElement[bool]:
    """Of an edit that came late: when somebody took it in, its laptop may have been lost for long.

    The ledger has it twice then: as it was first refused, and as it was taken.
    """
    first = aliased(Entry)
    same = (first.district == Entry.district, first.record == Entry.record)
    told = (first.device == Entry.device, first.at == Entry.at, first.revision.is_(None))
    return Entry.revision.is_not(None) & select(first.change).where(*same, *told).exists()


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UserError(mark("There is no laptop “{name}”."), name=text) from None
