"""Raw SQL in a transaction of somebody's: what PostgreSQL shows and takes, by table and place.

Nothing of the server is asked but `walls.enter`; what is to be is in tests/golden/rights.txt.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sync.server import walls
from sync.server.tables import ServerBase
from tests.sync.rights_matrix import PLACES, ROLES, person, specified_beside

WRITING = (
    "record",
    "edit",
    "edit_decided",
    "remove",
    "comment",
    "attach",
    "send",
    "decide",
    "erase",
)
NOBODY = "nobody"
DISTRICTS = tuple(code for place, code in PLACES.items() if place != "region")
CARRY = "carry off"
COMMANDS = ("select", "insert", "refuse", "update", "delete", "lock", CARRY)
BLIND, BLINDED = ("update", "delete"), ("record", "ledger", "late_edit", "serial")
# who is refused, or has left, is so in any district
ANYBODY = {("stream", "select"), ("audit_entry", "insert")}  # counters; the chain is appended to
FREE = {("stream", "lock"), ("late_edit", "insert"), ("ledger", "refuse")}
AT = datetime(2026, 11, 28, 9)  # noqa: DTZ001  # as it is kept
ROW: dict[str, Any] = {
    "kind": "visit", "by": "p", "at": AT, "fields": "{}", "touched": "{}", "base": 0,
    "received": AT, "body": b"{}", "who": "p", "act": "looked", "subject": "{}", "hash": "",
    "answers": 1, "seals": b"", "mark": "",
}  # fmt: skip
FREE_TO_SET = {
    **dict.fromkeys(("record", "ledger"), "fields = '{}'"),
    "stream": "revision = 9",
    "late_edit": "received = now()",
    "serial": "last = 9",
    "answer": "body = ''",
    "answer_counts": "body = ''",
    "signs": "body = ''",
    "interviews_done": "body = ''",
    "audit_entry": "subject = ''",
}
NEEDED: dict[str, dict[str, tuple[str, ...]]] = {  # any of which must be granted; () to nobody
    "record": {"select": ("read",), "insert": WRITING, "update": WRITING},
    "ledger": {"select": ("erase",), "insert": WRITING, "update": ("erase",)},
    "late_edit": dict.fromkeys(("select", "update", "delete"), ("decide_late",)),
    "answer": {"select": ("rate",), "insert": ("answer",), "delete": ("erase",)},
    "answer_counts": {"select": ("rate",), "insert": ("erase",), "update": ("erase",)},
    "signs": {"select": ("check", "open_cards"), "insert": ("answer",), "delete": ("erase",)},
    "interviews_done": {
        "select": ("answer", "rate"),
        "insert": ("answer",),
        "update": ("answer",),
        "delete": ("erase",),
    },
    "serial": dict.fromkeys(("select", "insert", "update"), WRITING),
    "stream": {"update": WRITING},
    "audit_entry": {"select": ("read_audit",)},
}
TO_BE_SEEN = {  # who may erase in a stream but sees nothing of it cannot name a row there
    ("answer", "delete"): "rate",
    ("answer_counts", "update"): "rate",
    ("signs", "delete"): "check",
    ("interviews_done", "delete"): "rate",
}


def differing(connection: Connection, *tables: str) -> Iterator[str]:
    """Where PostgreSQL shows or takes other rows of these tables than is specified."""
    for role in (NOBODY, *ROLES):
        for table in tables:
            said = tried(connection, role, table)
            wanted = expected(role, table)
            yield from (f"{role}: {one} is taken" for one in sorted(said - wanted))
            yield from (f"{role}: {one} is refused" for one in sorted(wanted - said))


def expected(role: str, table: str) -> set[str]:
    """What is specified, as `command table place`."""
    granted = specified_beside()

    def may(command: str, place: str) -> bool:
        if (table, command) in ANYBODY:
            return True
        if (table, command) in FREE:
            return role != NOBODY
        done = "update" if command == "lock" else command
        needed = NEEDED[table].get(done, ())
        sees = TO_BE_SEEN.get((table, done))
        named = sees is None or (sees, role, place) in granted
        return named and any((action, role, place) in granted for action in needed)

    return {
        f"{command} {table} {place}"
        for command in COMMANDS
        for place in PLACES
        if command != CARRY and may(command, place)
    } | {
        f"{command} {table} blindly: {places}"
        for command in BLIND
        if table in BLINDED and (places := sum(may(command, place) for place in PLACES))
    }


def tried(connection: Connection, role: str, table: str) -> set[str]:
    """What this role can do, in a transaction that is taken back."""
    trial = connection.begin_nested()
    if role != NOBODY:
        somebody = Session(connection, join_transaction_mode="rollback_only")
        walls.enter(somebody, person(role), DISTRICTS)
    done = {
        f"{command} {table} {place}"
        for command in COMMANDS
        for place, stream in PLACES.items()
        if _works(connection, table, command, stream)
    }
    for command in BLIND:
        if table in BLINDED and (rows := _blindly(connection, table, command)):
            done.add(f"{command} {table} blindly: {rows}")
    trial.rollback()
    return done


def row(table: str, stream: str, **more: Any) -> tuple[str, dict[str, Any]]:
    """An INSERT of one row, and its values."""
    columns = ServerBase.metadata.tables[table].columns
    free = {
        one.name: uuid4() for one in columns if not one.nullable and one.type.python_type is UUID
    }
    numbers = {
        "revision": 10**6 + uuid4().int % 10**8,
        "number": 10**6 + uuid4().int % 10**8,
        "year": 3000 + uuid4().int % 10**5,
        "last": 1,
    }
    known = {**ROW, **free, **numbers, "district": stream, **more}
    said = {one.name: known[one.name] for one in columns if one.name in known}
    names, values = ", ".join(said), ", ".join(f":{name}" for name in said)
    return f"INSERT INTO {table} ({names}) VALUES ({values})", said


def _works(connection: Connection, table: str, command: str, stream: str) -> bool:
    """Whether a row is met; a refusal of PostgreSQL is none."""
    if command == "refuse" and table != "ledger":
        return False
    if command in ("insert", "refuse"):
        more: dict[str, Any] = {"revision": None} if command == "refuse" else {}
        statement, values = row(table, stream, **more)
    else:
        statement, values = _statement(table, command), {"stream": stream, "other": "elsewhere"}
    return _met(connection, statement, values) > 0


def _blindly(connection: Connection, table: str, command: str) -> int:
    """How many rows are met by who looks at none, so that only the command's own policy counts."""
    statement = (
        f"UPDATE {table} SET {FREE_TO_SET[table]}"
        if command == "update"
        else "DELETE FROM " + table
    )
    return _met(connection, statement, {})


def _met(connection: Connection, statement: str, values: dict[str, Any]) -> int:
    """How many rows; a refusal of PostgreSQL is none."""
    trial = connection.begin_nested()
    try:
        met = connection.execute(text(statement), values)
        return len(met.all()) if met.returns_rows else met.rowcount
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != walls.NOT_ALLOWED:
            raise
        return 0
    finally:
        trial.rollback()


def _statement(table: str, command: str) -> str:
    here = f"FROM {table} WHERE district = :stream"
    return {
        "select": f"SELECT 1 {here}",
        "update": f"UPDATE {table} SET {FREE_TO_SET[table]} WHERE district = :stream",
        "delete": f"DELETE {here}",
        "lock": f"SELECT 1 {here} FOR UPDATE",
        CARRY: f"UPDATE {table} SET district = :other WHERE district = :stream",
    }[command]
