"""Who may sign in, from which laptop. Codes and tokens are kept as digests only."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sync.enrolment import SHORTEST_PASSWORD
from sync.errors import Refused, UserError
from sync.language import mark
from sync.person import Person
from sync.server.passwords import Passwords
from sync.server.problems import Problem
from sync.server.store import Store
from sync.server.tables import Account, Code, Device
from sync.server.throttle import count_try, forgive

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
CODE_LENGTH = 10  # 31^10: 49 bits, for a week
CODE_LASTS = timedelta(days=7)
LONGEST_PASSWORD = 1_000
LONGEST_LOGIN = 100

WRONG = mark("The login or the password is not right.")
DEAD_CODE = mark("This code is not valid, or no longer. Ask your coordinator for a new one.")
Clock = Callable[[], datetime]


class Caller(msgspec.Struct, frozen=True):
    """Whose token a request carried, and of which laptop."""

    person: Person
    device: UUID


def utc_now() -> datetime:
    """The server's clock."""
    return datetime.now(UTC)


def authenticate(session: Session, token: str) -> Caller | None:
    """The caller that this token belongs to, unless it was revoked."""
    found = session.execute(
        select(Device, Account)
        .join(Account, Account.id == Device.account)
        .where(Device.token == _digest(token), Device.revoked.is_(None), Account.active)
    ).one_or_none()
    return found and Caller(person_of(found.Account), found.Device.id)


def make_code(session: Session, login: str, now: datetime) -> str:
    """A new enrolment code for an open account. Raises UserError where there is none."""
    account = session.get(Account, tidy(login))
    if account is None or not account.active:
        raise UserError(mark("There is no open account “{login}”."), login=login)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    session.add(
        Code(digest=_digest(code), account=account.id, expires=now + CODE_LASTS, used=None)
    )
    return f"{code[:5]}-{code[5:]}"


def enrol(
    store: Store,
    passwords: Passwords,
    code: str,
    password: str,
    device: str,
    clock: Clock = utc_now,
) -> tuple[str, Person]:
    """Use up a code → (token, person). The first time the password is set, later it must fit.

    No transaction is open while the password is worked on.
    """
    _require_password(password)
    digest = _digest("".join(letter for letter in code.upper() if letter in ALPHABET))
    with store.writing.begin() as session:
        account = _live(session, digest, clock())
        login, kept = account.id, account.password
        if kept:
            count_try(session, login, clock())
    fresh = None if kept else passwords.hash(password)
    if kept and not passwords.fits(password, kept):
        raise Problem(403, WRONG)
    with store.writing.begin() as session:
        account = _live(session, digest, clock())
        if account.password != kept:  # another laptop was quicker
            raise Problem(409, mark("The password was set meanwhile. Please try again."))
        account.password = fresh or kept
        forgive(session, login)
        session.execute(update(Code).where(Code.digest == digest).values(used=clock()))
        return _add_device(session, account, device, clock()), person_of(account)


def sign_in(
    store: Store,
    passwords: Passwords,
    login: str,
    password: str,
    device: str,
    clock: Clock = utc_now,
) -> tuple[str, Person]:
    """A new token for a laptop → (token, person). Unknown logins get the same answer and work."""
    login = tidy(login)
    with store.writing.begin() as session:
        count_try(session, login, clock())
        account = session.get(Account, login)
        kept = account.password if account and account.active else None
    if not passwords.fits(password[:LONGEST_PASSWORD], kept):
        raise Problem(403, WRONG)
    with store.writing.begin() as session:
        account = session.get_one(Account, login)
        if not account.active or account.password != kept:
            raise Problem(403, WRONG)
        forgive(session, login)
        return _add_device(session, account, device, clock()), person_of(account)


def rename(store: Store, caller: Caller, clock: Clock = utc_now) -> str:
    """A token under a new name for a laptop that shares its own with a copy of it."""
    with store.writing.begin() as session:
        account = session.get_one(Account, caller.person.id)
        device = session.get_one(Device, caller.device)
        return _add_device(session, account, device.name, clock())


def person_of(account: Account) -> Person:
    """As everyone else knows the account."""
    return Person(account.id, account.name, account.role, account.district, account.language)


def tidy(login: str) -> str:
    """Logins are the same in any case."""
    return login.strip().casefold()[:LONGEST_LOGIN].replace("\0", "")


def _live(session: Session, digest: str, now: datetime) -> Account:
    """The account of a code that may still be used; the code is held until commit."""
    code = session.scalars(select(Code).where(Code.digest == digest).with_for_update()).first()
    account = session.get(Account, code.account, populate_existing=True) if code else None
    if not code or code.used or code.expires <= now or not account or not account.active:
        raise Problem(403, DEAD_CODE)
    return account


def _add_device(session: Session, account: Account, name: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)  # 256 bits
    session.add(
        Device(
            id=uuid4(),
            account=account.id,
            name=name.replace("\0", "")[:100],
            token=_digest(token),
            enrolled=now,
            revoked=None,
            answered=None,
        )
    )
    return token


def _require_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(
            mark("The password must have at least {count} characters."), count=SHORTEST_PASSWORD
        )


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
