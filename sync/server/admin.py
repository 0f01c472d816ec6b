"""Accounts, codes and laptops, for whoever runs the server. Each function is one command."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sync import vocabulary
from sync.errors import UserError
from sync.language import LANGUAGES, mark
from sync.person import REGION, SERVER
from sync.places import Pack
from sync.server import audit, lives, volumes
from sync.server.accounts import LONGEST_LOGIN, make_code, tidy, utc_now
from sync.server.audit import Act
from sync.server.tables import Account, Code, Device

Result = dict[str, Any] | list[dict[str, Any]]
IN_A_DISTRICT = frozenset({"activist", "leader"})


def add_account(
    session: Session,
    pack: Pack,
    *,
    login: str,
    name: str,
    role: str,
    district: str,
    language: str = "kk",
) -> Result:
    """Open an account. It signs in by an enrolment code the first time."""
    id = tidy(login)
    if not id or len(login) > LONGEST_LOGIN or any(letter.isspace() for letter in id):
        raise UserError(mark("A login is one word."))
    if id == SERVER or session.get(Account, id) is not None:
        raise UserError(mark("There is an account “{login}” already."), login=id)
    _require("role", role, [choice.key for choice in vocabulary.choices("role")])
    _require("language", language, LANGUAGES)
    _require_place(pack, role, district)
    account = Account(
        id=id, name=name, role=role, district=district, language=language, password=None
    )
    account.active = True
    session.add(account)
    return _shown(account)


def set_role(session: Session, pack: Pack, login: str, role: str, district: str) -> Result:
    """Give an account another role. Its laptops hear of it at their next exchange."""
    account = session.get(Account, tidy(login))
    if account is None:
        raise UserError(mark("There is no account “{login}”."), login=login)
    _require("role", role, [choice.key for choice in vocabulary.choices("role")])
    _require_place(pack, role, district)
    account.role, account.district = role, district
    return _shown(account)


def enrol_code(session: Session, login: str) -> Result:
    """A one-time code for one laptop of an account. It is shown this once only."""
    return {"login": tidy(login), "code": make_code(session, login, utc_now())}


def list_accounts(session: Session) -> Result:
    """All accounts with their laptops."""
    laptops: dict[str, list[dict[str, Any]]] = {}
    for device in session.scalars(select(Device).order_by(Device.enrolled)):
        laptops.setdefault(device.account, []).append(
            {
                "device": str(device.id),
                "name": device.name,
                "enrolled": device.enrolled.isoformat(),
                "revoked": device.revoked and device.revoked.isoformat(),
                "wipe": device.wipe and device.wipe.isoformat(),
                "wiped": device.wiped and device.wiped.isoformat(),
            }
        )
    accounts = session.scalars(select(Account).order_by(Account.id))
    return [{**_shown(one), "devices": laptops.get(one.id, [])} for one in accounts]


def revoke(session: Session, whom: str) -> Result:
    """Refuse one laptop, by its id; or close an account with all its laptops and codes."""
    account = session.get(Account, tidy(whom))
    id = _id(whom)
    device = session.get(Device, id) if id and not account else None
    if account:
        account.active = False
        session.execute(update(Code).where(Code.account == account.id).values(expires=utc_now()))
        condition = Device.account == account.id
    elif device:
        condition = Device.id == device.id
    else:
        raise UserError(mark("There is neither an account nor a laptop “{name}”."), name=whom)
    devices = session.scalars(
        update(Device)
        .where(condition, Device.revoked.is_(None))
        .values(revoked=utc_now())
        .returning(Device.id)
    ).all()
    return {"closed": account and account.id, "devices": [str(each) for each in devices]}


def wipe(session: Session, laptop: str, *, undo: bool = False) -> Result:
    """Ask a laptop to delete its work at its next contact; or take that back, while it has not.

    It first sends what waits. A laptop that was closed hears of nothing: it must not be revoked.
    """
    id = _id(laptop)
    device = session.get(Device, id) if id else None
    if device is None:
        raise UserError(mark("There is no laptop “{name}”."), name=laptop)
    if device.revoked:
        raise UserError(
            mark("This laptop is closed, so it hears of nothing. What is on it stays encrypted.")
        )
    device.wipe = None if undo else utc_now()
    return {"device": str(device.id), "wipe": device.wipe and device.wipe.isoformat()}


def reopen(session: Session, login: str) -> Result:
    """Open a closed account again. Its laptops stay refused; its password is chosen anew."""
    account = session.get(Account, tidy(login))
    if account is None:
        raise UserError(mark("There is no account “{login}”."), login=login)
    account.active, account.password = True, None
    return _shown(account)


def audit_of(session: Session, known: str = "") -> Result:
    """The rows of the audit, the chain checked. Raises UserError where it is not whole."""
    number = audit.broken(session, known)
    if number is not None:
        raise UserError(
            mark(
                "The audit is not whole: row {number} is missing, or not as it was written. What "
                "stands before it can be trusted. Keep the database as it is, and compare a backup."
            ),
            number=number,
        )
    return [
        {
            "number": row.number,
            "at": row.at.isoformat(),
            "who": row.who,
            "act": row.act,
            "subject": msgspec.json.decode(row.subject),
            "hash": row.hash,
        }
        for row in audit.rows(session)
    ]


def exports(session: Session) -> Result:
    """Every export that laptops told of, the oldest first, with those flagged that look like a harvest."""
    told = volumes.exports(session)
    flagged = volumes.harvests(told)
    return [{**msgspec.to_builtins(one), "flagged": one.day in flagged} for one in told]


def _require_place(pack: Pack, role: str, district: str) -> None:
    _require("district", district, [*pack.districts, *([] if role in IN_A_DISTRICT else [REGION])])


def note(session: Session, action: str, result: Result) -> None:
    """Write a command down, without the code that it may have made."""
    names = ("login", "device", "devices", "closed", "role", "district", "wipe", "epoch")
    told = {name: result[name] for name in names if isinstance(result, dict) and name in result}
    subject = {"action": action, **told}
    district = _whose(session, told)
    audit.note(session, audit.SERVER, Act.ADMINISTERED, subject, utc_now(), district)


def epoch(session: Session, *, renew: bool) -> Result:
    """Which life of the database this is; renewed after it was restored from a backup."""
    return {
        "epoch": lives.begin(session, at_once=True, doubt=True)
        if renew
        else lives.current(session)
    }


def _whose(session: Session, told: dict[str, Any]) -> str:
    """The district of the account or laptop that a command was about; else it is the region's."""
    named = told.get("login") or told.get("closed")
    laptop = told.get("device") or next(iter(told.get("devices", [])), None)
    device = session.get(Device, UUID(laptop)) if laptop and not named else None
    account = session.get(Account, named or (device.account if device else ""))
    return account.district if account else REGION


def _shown(account: Account) -> dict[str, Any]:
    return {
        "login": account.id,
        "name": account.name,
        "role": account.role,
        "district": account.district,
        "language": account.language,
        "active": account.active,
        "enrolled": account.password is not None,
    }


def _require(what: str, value: str, allowed: Any) -> None:
    if value not in allowed:
        raise UserError(
            mark("{what} must be one of: {allowed}."), what=what, allowed=", ".join(allowed)
        )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
