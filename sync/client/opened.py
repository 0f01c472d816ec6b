"""Bare records that somebody opens: they are asked for by their numbers until they have come."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from sync.client.facts import recall, remember
from sync.client.kinds_here import kinds_here
from sync.client.rows import LEFT_ALONE, left_alone
from sync.records.base import Part
from sync.tally import MOST_WANTED

OPENED = "opened"  # the fact: ids of the records that are wanted whole


def want(session: Session, *records: UUID) -> None:
    """The next exchange, or letter, brings these records and their parts whole."""
    ids = recall(session, OPENED, list[UUID]) or []
    wanted = list(dict.fromkeys([*ids, *records]))
    if wanted != ids:
        remember(session, OPENED, wanted)


def wanted(session: Session) -> dict[str, list[int]]:
    """{stream: revisions} of what was opened and has not come; no more than one request may ask."""
    ids, behind = set(left(session)), left_alone(session)
    bare = _bare(session) if ids or behind else {}
    rows = [
        (row.district, behind.get(row.id, row.revision))
        for one, each in bare.items()
        for row in each
        if row.revision and (one in ids or row.id in behind)
    ]
    found: dict[str, list[int]] = {}
    for district, revision in rows[:MOST_WANTED]:
        found.setdefault(district, []).append(revision)
    return found


def left(session: Session) -> list[UUID]:
    """The records that were opened and have not come."""
    return recall(session, OPENED, list[UUID]) or []


def has_come(session: Session) -> None:
    """Forget what came, and what the server does not have any more."""
    ids, behind = left(session), left_alone(session)
    if not ids and not behind:
        return
    bare = _bare(session)
    still = [one for one in ids if any(row.revision for row in bare.get(one, ()))]
    if still != ids:
        remember(session, OPENED, still)
    here = {row.id for each in bare.values() for row in each if row.revision}
    if not behind.keys() <= here:
        remember(session, LEFT_ALONE, {id: n for id, n in behind.items() if id in here})


def bare_records(session: Session) -> list[UUID]:
    """All records that are bare, or have a bare part."""
    return sorted(_bare(session))


def _bare(session: Session) -> dict[UUID, list[Any]]:
    """{record: what is bare of it and of its parts}"""
    rows: list[tuple[UUID, Any]] = []
    above: dict[UUID, UUID] = {}
    for kind in kinds_here(session).values():
        table: Any = kind.__table__
        parted = issubclass(kind, Part)
        columns = [table.c.id, table.c.district, table.c.revision]
        parent = [table.c.parent] if parted else []
        for row in session.execute(select(*columns, *parent).where(table.c.bare)):
            rows.append((row.id, row))
            if parted:
                above[row.id] = row.parent
    found: dict[UUID, list[Any]] = {}
    for whole, row in rows:
        top, seen = whole, set[UUID]()
        while top in above and top not in seen:
            seen.add(top)
            top = above[top]
        found.setdefault(top, []).append(row)
    return found


def bare_rows(session: Session, record: UUID) -> list[Any]:
    """Of a record and its parts, and theirs: rows of what is bare, with id, district, revision."""
    tables: list[Any] = [kind.__table__ for kind in kinds_here(session).values()]
    found, above, seen = [], [record], set[UUID]()
    while above:
        seen.update(above)
        below = []
        for table in tables:
            these = [table.c.id == record] if len(seen) == 1 else []
            if "parent" in table.c:
                these.append(table.c.parent.in_(above))
            if not these:
                continue
            columns = (table.c.id, table.c.district, table.c.revision, table.c.bare)
            for row in session.execute(select(*columns).where(or_(*these))):
                found += [row] if row.bare else []
                below += [row.id] if row.id not in seen else []
        above = below
    return found
