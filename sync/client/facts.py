"""Single things that the laptop's file remembers about itself."""

from typing import Any

import msgspec
from sqlalchemy.orm import Session

from sync.client.tables import Fact


def recall(session: Session, name: str, kind: Any = Any) -> Any:
    """What was remembered under this name as a value of `kind`, or None."""
    row = session.get(Fact, name)
    return None if row is None else msgspec.json.decode(row.value, type=kind)


def remember(session: Session, name: str, value: object) -> None:
    """Keep a value that JSON can hold."""
    session.merge(Fact(name=name, value=msgspec.json.encode(value)))
