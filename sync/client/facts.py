"""Single things that the laptop's file remembers about itself.

They are few and small, and an exchange asks for some twenty: the first one that a transaction asks
for brings them all. Nobody else writes this table, so what was read holds until the transaction ends.
"""

from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session, SessionTransaction

from sync.client.tables import Fact

# Built once, and without objects: they are asked for in each transaction of an exchange.
TABLE: Any = Fact.__table__
ALL = select(TABLE.c.name, TABLE.c.value)
PUT = insert(TABLE)
KEEP = PUT.on_conflict_do_update(index_elements=["name"], set_={"value": PUT.excluded.value})
FORGET = delete(TABLE).where(TABLE.c.name.in_(bindparam("names", expanding=True)))

_read: WeakKeyDictionary[SessionTransaction, dict[str, bytes]] = WeakKeyDictionary()


def recall(session: Session, name: str, kind: Any = Any) -> Any:
    """What was remembered under this name as a value of `kind`, or None."""
    value = _all(session).get(name)
    return None if value is None else msgspec.json.decode(value, type=kind)


def remember(session: Session, name: str, value: object) -> None:
    """Keep a value that JSON can hold. One that is kept already is not written again."""
    facts, said = _all(session), msgspec.json.encode(value)
    if facts.get(name) != said:
        session.execute(KEEP, {"name": name, "value": said})
        facts[name] = said


def forget(session: Session, *names: str) -> None:
    """Remember nothing under these names."""
    facts = _all(session)
    if known := [name for name in names if name in facts]:
        session.execute(FORGET, {"names": known})
        for name in known:
            del facts[name]


def _all(session: Session) -> dict[str, bytes]:
    """The facts as this transaction sees them; the caller keeps them as they are in the file."""
    transaction = session.get_transaction()
    facts = _read.get(transaction) if transaction else None
    if facts is None:
        facts = dict(session.execute(ALL).all())
        _read[session.get_transaction()] = facts  # type: ignore[index]  # the statement began one
    return facts
