"""Single things that the laptop's file remembers about itself."""

from typing import Any

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from sync.client.tables import Fact

# Built once, and without objects: they are asked for many times in each exchange.
TABLE: Any = Fact.__table__
VALUE = select(TABLE.c.value).where(TABLE.c.name == bindparam("name"))
PUT = insert(TABLE)
KEEP = PUT.on_conflict_do_update(index_elements=["name"], set_={"value": PUT.excluded.value})


def recall(session: Session, name: str, kind: Any = Any) -> Any:
    """What was remembered under this name as a value of `kind`, or None."""
    value = session.scalar(VALUE, {"name": name})
    return None if value is None else msgspec.json.decode(value, type=kind)


def remember(session: Session, name: str, value: object) -> None:
    """Keep a value that JSON can hold."""
    session.execute(KEEP, {"name": name, "value": msgspec.json.encode(value)})
