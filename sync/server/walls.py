"""The second wall: PostgreSQL itself shows a transaction only what its person may see.

The server works as a role that owns no table. Tables with what people recorded have policies, made
by migrations 0014, 0020, 0021 and 0022, that ask settings of the transaction: without them nothing is seen and nothing is
taken. The settings say the same as `sync.policy`, by stream; kinds, states and fields are the
first wall's. What looks further for a good reason: `sync.server.ways`. SQLite has no such wall.
Why so, and what it does not hold: docs/decisions/0025-row-level-security.md.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, column, func, select, table, true
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sync.errors import UserError
from sync.language import mark
from sync.person import REGION, Person
from sync.policy import Action, place_of, reach

SERVING = "dala_serving"  # the role that the server works as
ROLE = table("pg_roles", column("rolname")).c.rolname
NO_SUCH_ROLE, NOT_ALLOWED = "22023", "42501"  # what PostgreSQL calls them

WALLED = (
    "record",
    "ledger",
    "late_edit",
    "answer",
    "answer_counts",
    "signs",
    "interviews_done",
    "serial",
    "stream",
    "audit_entry",
)
OPEN = {  # tables with a district that have no wall, and why
    "account": "whose token it is must be known before anybody's rights are",
}
GRANTS = {  # what the server does with each table; no row ever goes to another district
    "stream": "SELECT, UPDATE (revision)",
    "record": (
        "SELECT, INSERT, "
        "UPDATE (kind, parent, revision, by, at, fields, touched, sha256, ended, struck)"
    ),
    "ledger": "SELECT, INSERT, UPDATE (reason, fields)",
    "late_edit": "SELECT, INSERT, DELETE, UPDATE (received, body)",  # `received` to lock it
    "serial": "SELECT, INSERT, UPDATE (last, life)",
    "answer": "SELECT, INSERT, DELETE",
    "answer_counts": "SELECT, INSERT, UPDATE (answers, body)",
    "signs": "SELECT, INSERT, DELETE",
    "interviews_done": "SELECT, INSERT, DELETE, UPDATE (answers, mark, body)",
    "sealed_letter": "SELECT, INSERT, UPDATE (seals), DELETE",
    "life": "SELECT, INSERT",
    "account": "SELECT, INSERT, UPDATE",
    "enrolment_code": "SELECT, INSERT, UPDATE",
    "device": "SELECT, INSERT, UPDATE",
    "own_keys": "SELECT",
    "carried_letter": "SELECT, INSERT",
    "sign_in_try": "SELECT, INSERT, UPDATE, DELETE",
    "blob": "SELECT, INSERT, DELETE",
    "doomed_blob": "SELECT, INSERT, DELETE",
    "seal_key": "SELECT",
    "audit_entry": "SELECT, INSERT",
    "audit_head": "SELECT, UPDATE (number, hash)",
    "alembic_version": "SELECT",
}
WAYS = (
    "dala_records",
    "dala_answered",
    "dala_known",
    "dala_commented",
    "dala_named",
    "dala_link",
    "dala_restored",
)

RIGHTS: Mapping[str, tuple[Action, ...]] = {  # by setting: streams where any of these is granted
    "read": (Action.READ,),
    "write": (
        *(Action.RECORD, Action.EDIT, Action.EDIT_DECIDED, Action.REMOVE, Action.COMMENT),
        *(Action.SHARE, Action.ATTACH, Action.SEND, Action.DECIDE, Action.ERASE),
    ),
    "erase": (Action.ERASE,),
    "decide_late": (Action.DECIDE_LATE,),
    "answer": (Action.ANSWER,),
    "rate": (Action.RATE,),
    "check": (Action.CHECK, Action.OPEN_CARDS),
    "read_audit": (Action.READ_AUDIT,),
}
LOWERED = ("read", "write", "erase", "decide_late")
ENTER = select(
    *(func.set_config(f"dala.{name}", bindparam(name), true()) for name in ("person", *RIGHTS))
)
ENTERED = "walls"  # in a session's info: the settings of its transaction

NOT_PREPARED = mark(
    "The database is not prepared for this version. Make a backup, then run: "
    "python -m sync.server prepare"
)
NO_ROLE = mark(
    "The server works as the role {role}, which owns no table; {login} may not make it or take it "
    "on. Nothing was changed. Whoever administers PostgreSQL runs once: “CREATE ROLE {role}; GRANT "
    "{role} TO {login};”, the second alone where the role is there. Then run prepare again."
)
NO_WALL = mark(
    "PostgreSQL does not hold the role {role} to its policies for: {tables}. Nothing is answered. "
    "The role must own no table and be neither superuser nor BYPASSRLS; then run prepare again."
)


def stand(session: Session) -> bool:
    """Whether this database has walls."""
    return session.get_bind().dialect.name == "postgresql"


def enter(session: Session, person: Person, districts: tuple[str, ...]) -> None:
    """Until its end the transaction is this person's. `districts` are the region's codes."""
    if stand(session):
        _set(session, _settings(person.role, person.district, districts), person.id)


@contextmanager
def lowered(session: Session, *districts: str) -> Iterator[None]:
    """Within this block these streams are seen and written, too.

    Only for an erasure: one whose seal is the server's own anybody may tell again (0012), and what was
    refused of the record under other districts goes with it.
    """
    if not stand(session):
        yield
        return
    before: dict[str, str] = session.info[ENTERED]
    person = before["person"]
    more = {name: ",".join(filter(None, (before[name], *districts))) for name in LOWERED}
    _set(session, before | more, person)
    yield  # where it fails, the transaction is over, and the settings with it
    _set(session, before, person)


def take_on(connection: Any, known: type[Exception]) -> None:
    """A new connection of the driver works as SERVING. `known`: the driver's errors.

    Raises UserError where the role is not there, or not granted to who logs in.
    """
    try:
        connection.execute(f"SET ROLE {SERVING}")
        connection.commit()  # what pools roll back would take it back
    except known as error:
        if getattr(error, "sqlstate", "") in (NO_SUCH_ROLE, NOT_ALLOWED):
            raise UserError(NOT_PREPARED) from error
        raise


def make_role(connection: Connection) -> None:
    """See to it that there is SERVING, and that who logs in may take it on. Or UserError."""
    if connection.dialect.name != "postgresql" or _may_take_on(connection):
        return
    login, there = connection.execute(
        select(func.current_user(), select(ROLE).where(ROLE == SERVING).exists())
    ).one()
    try:
        with connection.begin_nested():
            if not there:
                connection.exec_driver_sql(f"CREATE ROLE {SERVING}")
            connection.exec_driver_sql(f"GRANT {SERVING} TO CURRENT_USER")
    except DBAPIError as error:
        if is_forbidden(error):
            raise UserError(NO_ROLE, role=SERVING, login=login) from error
        raise


def is_forbidden(error: DBAPIError) -> bool:
    """Whether PostgreSQL lacks a right for it, or a policy is against it."""
    return getattr(error.orig, "sqlstate", "") == NOT_ALLOWED


def grant(connection: Connection) -> None:
    """Give SERVING what it needs of each table, and nothing else. Harmless twice."""
    if connection.dialect.name != "postgresql":
        return
    for name, rights in GRANTS.items():
        connection.exec_driver_sql(f"REVOKE ALL ON {name} FROM {SERVING}, PUBLIC")
        connection.exec_driver_sql(f"GRANT {rights} ON {name} TO {SERVING}")
    for way in WAYS:
        connection.exec_driver_sql(f"REVOKE ALL ON FUNCTION {way} FROM PUBLIC")
        connection.exec_driver_sql(f"GRANT EXECUTE ON FUNCTION {way} TO {SERVING}")


def require_standing(session: Session) -> None:
    """Raise UserError where PostgreSQL would show this process what no policy allows."""
    if not stand(session):
        return
    active = session.execute(select(*(func.row_security_active(name) for name in WALLED))).one()
    if low := [name for name, held in zip(WALLED, active, strict=True) if not held]:
        raise UserError(NO_WALL, role=SERVING, tables=", ".join(low))


@lru_cache(1_000)
def _settings(role: str, district: str, districts: tuple[str, ...]) -> dict[str, str]:
    """{setting: the streams in which such a person may do it, with commas between them}."""
    somebody = Person("", "", role, district)
    return {
        name: ",".join(
            stream
            for stream in (REGION, *districts)
            if any(place_of(somebody, stream) in reach(role, action) for action in actions)
        )
        for name, actions in RIGHTS.items()
    }


def _set(session: Session, settings: Mapping[str, str], person: str) -> None:
    said = {**settings, "person": person}
    session.execute(ENTER, said)
    session.info[ENTERED] = said


def _may_take_on(connection: Connection) -> bool:
    trial = connection.begin_nested()
    try:
        connection.exec_driver_sql(f"SET LOCAL ROLE {SERVING}")
    except DBAPIError:
        return False
    else:
        return True
    finally:
        trial.rollback()
