"""What the server knows of laptops: since when, until when they can have heard from it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync.errors import UserError
from sync.language import mark
from sync.server.accounts import tidy
from sync.server.tables import Account, CarriedLetter, Device, Entry, LateEdit
from sync.server.tokens import TERM

COPIES = timedelta(days=35)  # so long a laptop's own copies of its file keep what left it (0038)


class Laptop(msgspec.Struct, frozen=True, kw_only=True):
    """A laptop. Nothing is written down at each exchange, hence two bounds of the last one."""

    device: UUID
    name: str
    enrolled: datetime
    surely: datetime  # it was in contact then: an edit, a letter or a renewal tells
    latest: datetime  # it was not in contact later: its token had ended, or it was closed
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
    return account, [_laptop(one, told.get(one.id), now) for one in found]


def _laptop(device: Device, told: datetime | None, now: datetime) -> Laptop:
    renewed = device.until and device.until - TERM
    marks = (device.enrolled, told, renewed, device.wiped)
    surely = min(now, max(at for at in marks if at))
    ends = [at for at in (device.until, device.revoked, device.wiped, now) if at]
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


def _told(session: Session, devices: list[UUID]) -> dict[UUID, datetime]:
    """When something of each laptop's came last: edits, late edits, letters."""
    last: dict[UUID, datetime] = {}
    tables: tuple[Any, ...] = (Entry, LateEdit, CarriedLetter)
    for table in tables:
        newest = select(table.device, func.max(table.received))
        for device, at in session.execute(
            newest.where(table.device.in_(devices)).group_by(table.device)
        ):
            last[device] = max(at, last.get(device, at))
    return last


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UserError(mark("There is no laptop “{name}”."), name=text) from None
