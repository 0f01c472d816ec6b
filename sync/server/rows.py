"""Records and their history as rows: what the ledger reads before it decides, and writes after."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from sync.bulk import execute_many
from sync.change import Change
from sync.merge import Standing
from sync.server import ways
from sync.server.bulk import insert_rows
from sync.server.tables import Entry, Kept
from sync.striking import ended_at

RECORDS: Any = Kept.__table__  # Core: an object for each row would cost as much as the rest
LEDGER: Any = Entry.__table__
APART = {"struck"}  # written by the daily run alone: an edit changes nothing about it
CHANGEABLE = [
    column.name
    for column in RECORDS.columns
    if not column.primary_key and column.name not in APART
]
UPDATE = (
    update(RECORDS)
    .where(RECORDS.c.district == bindparam("of"), RECORDS.c.id == bindparam("this"))
    .values({name: bindparam(name) for name in CHANGEABLE})
)


def load(session: Session, changes: Collection[Change]) -> dict[UUID, Standing]:
    """The records that the changes are about, and those they are parts of.

    Also those of other districts, so that the rules can refuse to touch them.
    """
    ids = {change.record for change in changes} | {c.parent for c in changes if c.parent}
    return {row.id: _standing(row) for row in ways.records(session, ids)}


def first_answers(
    session: Session, district: str, changes: Iterable[Change]
) -> dict[UUID, tuple[int | None, str | None]]:
    """{change: (the revision it became, the reason why not)} of those that were answered before."""
    rows = ways.first_answers(session, district, [change.id for change in changes])
    return {change: (revision, reason) for change, revision, reason in rows}


def keep(
    session: Session,
    standings: Iterable[Standing],
    new: Collection[UUID],
    entries: list[dict[str, Any]],
) -> None:
    """Write records, those of `new` for the first time, and what the ledger says of them."""
    inserted, updated = [], []
    for standing in standings:
        row = _columns(standing)
        if standing.record in new:
            inserted.append({**row, **dict.fromkeys(APART)})
        else:
            updated.append(row | {"of": row.pop("district"), "this": row.pop("id")})
    insert_rows(session, RECORDS, inserted)
    execute_many(session, UPDATE, updated)
    insert_rows(session, LEDGER, entries)


def _standing(row: Any) -> Standing:
    return Standing(
        kind=row.kind,
        record=row.id,
        district=row.district,
        parent=row.parent,
        revision=row.revision,
        by=row.by,
        at=row.at,
        fields=row.fields,
        touched={name: (when, who) for name, (when, who) in row.touched.items()},
    )


def _columns(standing: Standing) -> dict[str, Any]:
    return {
        "district": standing.district,
        "id": standing.record,
        "kind": standing.kind,
        "parent": standing.parent,
        "revision": standing.revision,
        "by": standing.by,
        "at": standing.at,
        "fields": standing.fields,
        "touched": standing.touched,
        "sha256": standing.fields.get("sha256") if standing.kind == "attachment" else None,
        "ended": ended_at(standing),
    }
