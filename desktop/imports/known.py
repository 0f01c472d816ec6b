"""Which rows of a table are there already: the same row imported before, or a record that looks alike.

The id of an imported record follows from who imported it and what the row said, so that the same row
twice is one record, whatever was corrected in it meanwhile. It tells nothing that the record does not.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import null, select
from sqlalchemy.orm import Session

from sync.folding import fold
from sync.records.base import Part, Record, Values, field_map, fields
from sync.records.values import plain

AT_ONCE = 500  # ids that are looked for together
AGAIN = 64  # times that a row may be imported and taken back

Key = tuple[str, ...]


def row_id(person: str, kind: str, parent: UUID | None, values: Values, times: int = 0) -> UUID:
    """The id (RFC 9562, version 8) of the record that a row becomes.

    It begins alike for all of one person's rows of a kind: they lie together in every index.
    """
    said = json.dumps([values, str(parent), times], sort_keys=True, ensure_ascii=False)
    begins = sha256(f"{person}\n{kind}".encode()).digest()[:6]
    rest = sha256(said.encode() + begins).digest()[:10]
    number = int.from_bytes(begins + rest)
    number = number & ~(0xF << 76) | 8 << 76
    return UUID(int=number & ~(3 << 62) | 2 << 62)


def standing(session: Session, record: type[Record], ids: Sequence[UUID]) -> dict[UUID, bool]:
    """{id: whether it was removed} of those of these records that this laptop has."""
    found: dict[UUID, bool] = {}
    for start in range(0, len(ids), AT_ONCE):
        query = select(record.id, record.removed).where(
            record.id.in_(ids[start : start + AT_ONCE])
        )
        found |= {row.id: row.removed for row in session.execute(query)}
    return found


def key_fields(record: type[Record]) -> tuple[str, ...]:
    """What a person would know a record by: title, sort, day and place; else all it must have."""
    if not record.named_by:
        return tuple(one.name for one in fields(record) if one.required)
    places = [one.name for one in fields(record) if one.place]
    named = (record.named_by, record.told_by, record.dated_by, *places)
    return tuple(dict.fromkeys(name for name in named if name in field_map(record)))


def natural_key(record: type[Record], values: Values, parent: UUID | None = None) -> Key | None:
    """Of these values, as JSON; None where one of them is empty: then nobody could tell."""
    found = tuple(values.get(name) for name in key_fields(record))
    if not found or any(value in (None, "", []) for value in found):
        return None
    return (str(parent or ""), *(" ".join(fold(str(value)).split()) for value in found))


def alike(
    session: Session, record: type[Record], keys: Iterable[Key], days: Sequence[date]
) -> set[Key]:
    """Those of these keys that records on this laptop have; `days` are those of the table."""
    wanted, names = set(keys), key_fields(record)
    if not wanted:
        return set()
    columns = [getattr(record, name) for name in names]
    columns.append(record.parent if issubclass(record, Part) else null())
    query = select(*columns).where(~record.removed, ~record.bare)
    if record.dated_by in names and days:
        day: Any = getattr(record, record.dated_by)
        query = query.where(day.between(min(days), max(days)))
    found: set[Key] = set()
    for row in session.execute(query):
        *said, parent = row
        key = natural_key(record, plain(dict(zip(names, said, strict=True))), parent)
        if key is not None and key in wanted:
            found.add(key)
    return found
