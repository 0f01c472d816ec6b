"""Which records of a stream are past their term, and what keeps some of those: asked, not changed.

The rules are those of `sync.retention`; from when a term counts is what the ledger says.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.erasure import ERASED
from sync.records import KINDS
from sync.records.base import Values, field_map
from sync.retention import Hold, Term, begun, hold, is_over, part_holds, settled_at, term_of
from sync.server.tables import Entry, Kept, LateEdit

PAGE = 1_000  # records that are looked at together
COLUMNS = (Kept.id, Kept.kind, Kept.revision, Kept.fields, Kept.touched)

Due = tuple[Any, Term]  # a row of COLUMNS, and its term
Held = Counter[Hold]


def newest(session: Session, district: str) -> int:
    """The last revision of a record of the stream."""
    found = select(Kept.revision).where(Kept.district == district).order_by(Kept.revision.desc())
    return session.scalar(found.limit(1)) or 0


def page(
    session: Session, district: str, reached: int, last: int, terms: Sequence[Term], today: date
) -> tuple[list[UUID], Held, int]:
    """(the records whose term is over, those that people keep from it, how far this looked).

    Begins after the revision `reached`, and looks no further than `last`.
    """
    rows = session.execute(
        select(*COLUMNS)
        .where(Kept.district == district, Kept.revision > reached, Kept.revision <= last)
        .where(Kept.kind.in_({term.kind for term in terms}))
        .order_by(Kept.revision)
        .limit(PAGE)
    ).all()
    ripe, held = _ripe(session, district, rows, terms, today)
    looked = rows[-1].revision if len(rows) == PAGE else last
    return [row.id for row, _ in ripe], held, looked


def still_due(
    session: Session, district: str, ids: Iterable[UUID], terms: Sequence[Term], today: date
) -> tuple[list[Due], Held]:
    """(of these records those that may go, why the others stay), as they stand now."""
    here = select(*COLUMNS).where(Kept.district == district, Kept.id.in_(ids))
    ripe, held = _ripe(session, district, session.execute(here).all(), terms, today)
    kept = _kept_by_others(session, district, {row.id: row.kind for row, _ in ripe})
    return [one for one in ripe if one[0].id not in kept], held + Counter(kept.values())


def _ripe(
    session: Session, district: str, rows: Iterable[Any], terms: Sequence[Term], today: date
) -> tuple[list[Due], Held]:
    """Of these those whose term is over and with which nothing is going on; how many would be."""
    resting: list[Due] = []
    held: Held = Counter()
    for row in rows:
        term = term_of(terms, row.kind, row.fields)
        if term is None or row.fields.get(ERASED):
            continue
        why = hold(term, row.fields)
        if why is None:
            resting.append((row, term))
        elif is_over(term, _made(row.fields, today), today):
            held[why] += 1
    known = heard(session, district, {settled_at(term, row.touched) for row, term in resting})
    ripe = [
        (row, term)
        for row, term in resting
        if (settled := known.get(settled_at(term, row.touched)))
        and is_over(term, begun(term, row.fields, settled), today)
    ]
    return ripe, held


def heard(session: Session, district: str, revisions: Collection[int]) -> dict[int, date]:
    """{revision: the day on which the server took it}. One without an entry of its own was given
    with another change, and counts as the next."""
    here = select(Entry.revision, Entry.received).where(Entry.district == district)
    found: dict[int, date] = {
        row.revision: row.received.date()
        for row in session.execute(here.where(Entry.revision.in_(revisions)))
    }
    for revision in set(revisions) - found.keys():
        later = here.where(Entry.revision > revision).order_by(Entry.revision).limit(1)
        if row := session.execute(later).first():
            found[revision] = row.received.date()
    return found


def _kept_by_others(session: Session, district: str, kinds: dict[UUID, str]) -> dict[UUID, Hold]:
    """{record: why it stays} for the sake of a part, a late edit, or a record that names it.

    `kinds` has the kind of each record that is asked about.
    """
    whole = {id: id for id in kinds}  # {record or part: the record that it belongs to}
    kept: dict[UUID, Hold] = {}
    above = list(kinds)
    while above:
        parts = [
            part for part in _parts(session, district, above) if part.id not in whole
        ]  # a part of itself ends here
        for part in parts:
            whole[part.id] = whole[part.parent]
            if why := part_holds(part.kind, part.fields):
                kept[whole[part.id]] = why
        above = [part.id for part in parts]
    about = LateEdit.record.in_(list(whole)) | LateEdit.parent.in_(list(whole))
    waiting = select(LateEdit.record, LateEdit.parent).where(LateEdit.district == district, about)
    for late in session.execute(waiting):
        for id in {late.record, late.parent} & whole.keys():
            kept[whole[id]] = Hold.LATE
    for id in _named(session, district, kinds):
        kept[id] = Hold.LINKED
    return kept


def _parts(session: Session, district: str, above: Collection[UUID]) -> Sequence[Any]:
    parts = select(Kept.id, Kept.kind, Kept.parent, Kept.fields)
    return session.execute(parts.where(Kept.district == district, Kept.parent.in_(above))).all()


def _named(session: Session, district: str, kinds: dict[UUID, str]) -> set[UUID]:
    """Those that another record names; one that is erased itself names nothing any more."""
    ids = {str(id): id for id in kinds}
    found: set[UUID] = set()
    for kind, record in KINDS.items():
        for field in field_map(record).values():
            if field.link not in kinds.values():
                continue
            named = Kept.fields[field.name].as_string()
            of_kind = (Kept.district == district, Kept.kind == kind)
            query = select(named).where(*of_kind, named.in_(list(ids)))
            found.update(ids[one] for one in session.scalars(query))
    return found


def _made(fields: Values, today: date) -> date:
    """When a record was begun, by its laptop's clock: only to count what waits for people."""
    try:
        return datetime.fromisoformat(str(fields.get("created"))).date()
    except ValueError:
        return today
