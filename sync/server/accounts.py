"""Who may sign in, from which laptop. Codes and tokens are kept as digests only."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from sync.enrolment import SHORTEST_PASSWORD, Tokens
from sync.errors import Refused, UserError
from sync.guessable import require_unguessable
from sync.language import mark
from sync.person import Person
from sync.proof import LineKey
from sync.server import audit
from sync.server.audit import Act
from sync.server.introductions import line_of
from sync.server.passwords import Passwords
from sync.server.problems import Problem
from sync.server.store import Store
from sync.server.tables import Account, Code, Device, OwnKeys
from sync.server.throttle import count_try, forgive
from sync.server.tokens import digest_of, give

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
CODE_LENGTH = 10  # 31^10: 49 bits, for a week
CODE_LASTS = timedelta(days=7)
REPLY_LOST = timedelta(minutes=15)  # so long a used code answers again the laptop that used it
LONGEST_PASSWORD = 1_000
LONGEST_LOGIN = 100

WRONG = mark("The login or the password is not right.")
DEAD_CODE = mark("This code is not valid, or no longer. Ask your coordinator for a new one.")
CLOSED_LAPTOP = mark(
    "This laptop was closed for the server. What you recorded stays here. Ask your coordinator "
    "for a new code."
)
CLOSED_ACCOUNT = mark(
    "This account was closed for the server. What you recorded stays on this laptop. Ask your "
    "coordinator whether it is to be opened again."
)
UNKNOWN_LAPTOP = mark(
    "The server does not know this laptop. What you recorded stays here. Ask your coordinator "
    "for a new code."
)
Clock = Callable[[], datetime]

# Asked with every request: built once, and without objects.
ACCOUNT: Any = Account.__table__.c
DEVICES: Any = Device.__table__
DEVICE, OWN = DEVICES.c, OwnKeys.__table__
CALLER = (
    select(
        *(ACCOUNT.id, ACCOUNT.name, ACCOUNT.role, ACCOUNT.district, ACCOUNT.language),
        *(DEVICE.id.label("device"), DEVICE.until, DEVICE.sealing_key, DEVICE.proves),
        OWN.c.seed,
    )
    .join(DEVICES, ACCOUNT.id == DEVICE.account)
    .join(OWN, OWN.c.id == 1)
    .where(DEVICE.token == bindparam("shown"), DEVICE.revoked.is_(None), ACCOUNT.active)
)
MET = select(ACCOUNT.id, ACCOUNT.name).where(
    ACCOUNT.district.in_(bindparam("streams", expanding=True))
)


class Caller(msgspec.Struct, frozen=True):
    """Whose token a request carried, and of which laptop."""

    person: Person
    device: UUID
    until: datetime | None = None  # when this token is to be renewed
    line: LineKey | None = None  # by which it can prove its requests
    proves: bool = False  # whether it must, for it has done so before


def utc_now() -> datetime:
    """The server's clock."""
    return datetime.now(UTC)


def authenticate(session: Session, token: str) -> Caller | None:
    """The caller that this token belongs to, unless it was revoked."""
    found = session.execute(CALLER, {"shown": digest_of(token)}).one_or_none()
    if found is None:
        return None
    line = line_of(found.sealing_key, found.seed)
    return Caller(person_of(found), found.device, found.until, line, found.proves)


def make_code(session: Session, login: str, now: datetime) -> str:
    """A new enrolment code for an open account. Raises UserError where there is none."""
    account = session.get(Account, tidy(login))
    if account is None or not account.active:
        raise UserError(mark("There is no open account “{login}”."), login=login)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    session.add(
        Code(digest=digest_of(code), account=account.id, expires=now + CODE_LASTS, used=None)
    )
    return f"{code[:5]}-{code[5:]}"


def enrol(
    store: Store,
    passwords: Passwords,
    code: str,
    password: str,
    device: str,
    clock: Clock = utc_now,
    *,
    renews: bool = False,
) -> tuple[Tokens, Person]:
    """Use up a code → (tokens, person). The first time the password is set, later it must fit.

    For REPLY_LOST the same code and password are answered again, for the same laptop: the reply
    may not have come. No transaction is open while the password is worked on.
    """
    _require_password(password)
    digest = digest_of("".join(letter for letter in code.upper() if letter in ALPHABET))
    with store.writing.begin() as session:
        _, account = _live(session, digest, clock())
        login, name, kept = account.id, account.name, account.password
        if kept:
            count_try(session, login, clock())
    if not kept:
        require_unguessable(password, login, name)
    fresh = None if kept else passwords.hash(password)
    if kept and not passwords.fits(password, kept):
        raise Problem(403, WRONG)
    with store.writing.begin() as session:
        code_row, account = _live(session, digest, clock())
        if account.password != kept:  # another laptop was quicker
            raise Problem(409, mark("The password was set meanwhile. Please try again."))
        account.password = fresh or kept
        forgive(session, login)
        laptop = session.get(Device, code_row.device) if code_row.device else None
        if laptop is None:
            laptop = _add_device(session, account, device, clock())
            code_row.used, code_row.device = clock(), laptop.id
        given = give(laptop, clock(), renews=renews)
        told = {"device": laptop.id}
        audit.note(session, login, Act.ENROLLED, told, clock(), account.district)
        return given, person_of(account)


def sign_in(
    store: Store,
    passwords: Passwords,
    login: str,
    password: str,
    token: str,
    clock: Clock = utc_now,
    *,
    renews: bool = False,
) -> tuple[Tokens, Person]:
    """New tokens for the laptop that `token` was given to → (tokens, person).

    A password alone opens no laptop: one that was closed, or never enrolled, needs a code. Who
    does not know the password gets one answer, whether the login is known, closed or neither.
    """
    login = tidy(login)
    with store.writing.begin() as session:
        count_try(session, login, clock())
        account = session.get(Account, login)
        kept = account.password if account else None
    if not passwords.fits(password[:LONGEST_PASSWORD], kept):
        raise Problem(403, WRONG)
    with store.writing.begin() as session:
        account = session.get_one(Account, login)
        if account.password != kept:
            raise Problem(403, WRONG)
        forgive(session, login)
        laptop = _laptop_of(session, account, token)
        refusal = _refusal(account, laptop)
        if laptop is not None and refusal is None:
            laptop.proves = False  # its file may be one from before it had these keys
            return give(laptop, clock(), renews=renews), person_of(account)
    raise Problem(403, refusal or UNKNOWN_LAPTOP)  # after the commit: the tries are forgiven


def rename(store: Store, caller: Caller, clock: Clock = utc_now) -> Tokens:
    """Tokens under a new name for a laptop that shares its own with a copy of it."""
    with store.writing.begin() as session:
        account = session.get_one(Account, caller.person.id)
        device = session.get_one(Device, caller.device)
        laptop = _add_device(session, account, device.name, clock())
        return give(laptop, clock(), renews=device.until is not None)


def person_of(account: Any) -> Person:
    """As everyone else knows the account, or a row of CALLER."""
    return Person(account.id, account.name, account.role, account.district, account.language)


def names(session: Session, streams: tuple[str, ...]) -> dict[str, str]:
    """{login: name} of those who work with the records of these streams, also of closed accounts."""
    return dict(session.execute(MET, {"streams": streams}).all())


def tidy(login: str) -> str:
    """Logins are the same in any case."""
    return login.strip().casefold()[:LONGEST_LOGIN].replace("\0", "")


def _live(session: Session, digest: str, now: datetime) -> tuple[Code, Account]:
    """A code that may still be used, and its account; the code is held until commit."""
    code = session.scalars(
        select(Code).where(Code.digest == digest).with_for_update(),
        execution_options={"populate_existing": True},
    ).first()
    account = session.get(Account, code.account, populate_existing=True) if code else None
    if not code or not account or not account.active or not _usable(session, code, now):
        raise Problem(403, DEAD_CODE, at="code")
    return code, account


def _usable(session: Session, code: Code, now: datetime) -> bool:
    if code.used is None:
        return now < code.expires
    laptop = session.get(Device, code.device) if code.device else None
    return laptop is not None and laptop.revoked is None and now < code.used + REPLY_LOST


def _laptop_of(session: Session, account: Account, token: str) -> Device | None:
    """The account's laptop that a token names, also one whose token is another one by now."""
    try:
        id = UUID(token.partition(".")[0])
    except ValueError:
        return None
    laptop = session.get(Device, id, with_for_update=True)
    return laptop if laptop and laptop.account == account.id else None


def _refusal(account: Account, laptop: Device | None) -> str | None:
    """Why this laptop gets no token, or None."""
    if not account.active:
        return CLOSED_ACCOUNT
    if laptop is None:
        return UNKNOWN_LAPTOP
    return CLOSED_LAPTOP if laptop.revoked else None


def _add_device(session: Session, account: Account, name: str, now: datetime) -> Device:
    laptop = Device(
        id=uuid4(),
        account=account.id,
        name=name.replace("\0", "")[:100],
        enrolled=now,
        revoked=None,
        wipe=None,
        wiped=None,
        answered=None,
    )
    session.add(laptop)
    return laptop


def _require_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(
            mark("The password must have at least {count} characters."), count=SHORTEST_PASSWORD
        )
