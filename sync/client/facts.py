"""Single things that the laptop's file remembers about itself."""

from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from sync.client.tables import Fact


def recall(session: Session, name: str, kind: Any = Any) -> Any:
    """What was remembered under this name as a value of `kind`, or None."""
    value = session.scalar(select(Fact.value).where(Fact.name == name))
    return None if value is None else msgspec.json.decode(value, type=kind)


def remember(session: Session, name: str, value: object) -> None:
    """Keep a value that JSON can hold."""
    put = insert(Fact)
    session.execute(
        put.on_conflict_do_update(index_elements=["name"], set_={"value": put.excluded.value}),
        {"name": name, "value": msgspec.json.encode(value)},
    )
