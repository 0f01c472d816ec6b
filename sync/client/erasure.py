"""An erasure on a laptop: whatever the file holds of the record goes, and a stone stays.

It reaches the laptop as a change, from its own person or among the news. A stone never becomes a
record again, whatever an older backup of the server may say.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sync.among import among, nothing_among
from sync.change import UNSURE, Change, encode
from sync.client import scrub
from sync.client.tables import Erased, Pending
from sync.erasure import ERASED, TERM_ENDED, Stone, as_fields, erases, stone_of
from sync.errors import Refused
from sync.person import SERVER

STONE: Any = Erased.__table__.c.record
STONES = select(STONE)
ANY = STONES.limit(1)


def sift(session: Session, changes: Iterable[Change]) -> list[Change]:
    """Do what these changes erase → those that are about records that still are."""
    changes = list(changes)
    if not changes:
        return []
    stones = [change for change in changes if erases(change)]
    gone = _known(session, changes)
    if not stones and not gone:
        return changes
    for own in (True, False):  # one's own edits go without a word
        some = [one for one in stones if isinstance(one.fields[ERASED], str) is own]
        gone |= _take(session, some, told=not own)
    return [one for one in changes if one.record not in gone and one.parent not in gone]


def erased_as(session: Session, record: UUID) -> Stone | None:
    """Why and by whom a record was erased; None where it was not, as far as is known here."""
    row = session.get(Erased, record)
    return None if row is None else _stone(row)


def witnesses(session: Session, by: str, apart: Collection[UUID]) -> Iterator[Change]:
    """Erasures that a restored server does not know, as changes that tell it."""
    for row in session.scalars(select(Erased).where(Erased.revision == 0)):
        if row.record not in apart:
            yield Change(
                kind=row.kind,
                record=row.record,
                district=row.district,
                parent=row.parent,
                fields=as_fields(_stone(row)),
                base=UNSURE,
                by=by,
                witness=True,
            )


def start_anew(session: Session, district: str, point: int) -> None:
    """The server stands at this point of the stream: it does not know what was erased since."""
    session.execute(
        update(Erased)
        .where(Erased.district == district, Erased.revision > point)
        .values(revision=0)
    )


def forgotten(session: Session, living: Collection[UUID]) -> bool:
    """Whether any of these, which live on the server, was erased there: it is noted as unknown."""
    sealed = session.scalars(select(Erased).where(Erased.revision > 0, Erased.seal != ""))
    stones = [stone for stone in sealed if stone.record in living]  # of all, there are few
    for stone in stones:
        stone.revision = 0
    return bool(stones)


def take_back(session: Session, refused: Iterable[Change]) -> bool:
    """Erasures that the server refused: their records come again. Whether there were any; then
    what went with the records must be looked for.

    One with the server's seal stands nevertheless.
    """
    rows = (session.get(Erased, change.record) for change in refused if erases(change))
    vain = [row for row in rows if row is not None and not row.seal]
    for row in vain:
        session.delete(row)
    session.flush()
    return bool(vain)


def is_sound(change: Change) -> bool:
    """A newer server's idea of a stone is not ours: then the record is shown as removed."""
    try:
        stone_of(change)
    except Refused:
        return False
    return True


def _take(session: Session, stones: Sequence[Change], *, told: bool) -> set[UUID]:
    """Scrub what they erase, and keep them. Returns all records that are no more."""
    known = {change.record: change for change in stones if is_sound(change)}
    if not known:
        return set()
    said = [stone_of(change) for change in known.values()]
    aged = told and all((one.reason, one.by) == (TERM_ENDED, SERVER) for one in said)
    gone = scrub.records(session, known.keys(), told=told, aged=aged)
    for change in known.values():
        stone = stone_of(change)
        if not stone.seal and erased_as(session, change.record):
            continue  # one's own erasure, of what the server says is erased already
        if stone.seal:
            _keep_sealed(session, change.record, stone)
        session.merge(
            Erased(
                record=change.record,
                kind=change.kind,
                district=change.district,
                parent=change.parent,
                revision=change.revision,
                **msgspec.structs.asdict(stone),
            )
        )
    session.flush()
    return gone


def _keep_sealed(session: Session, record: UUID, stone: Stone) -> None:
    """Erasures from here that the server took are kept for a restored one with its seal: whoever told
    them may have left the district by then, and stone and right with it."""
    taken = select(Pending).where(Pending.record == record, Pending.revision.is_not(None))
    for row in session.scalars(taken):
        change = msgspec.json.decode(row.body, type=Change)
        if erases(change):
            sealed = msgspec.structs.replace(change, fields=as_fields(stone), witness=True)
            row.body = encode(sealed)


def _known(session: Session, changes: Iterable[Change]) -> set[UUID]:
    """Of the records that these changes are about, or parts of, those that were erased.

    Only of these: the stones of what is past its term are as many as the records of a year.
    """
    about = {change.record for change in changes} | {one.parent for one in changes if one.parent}
    if nothing_among(session, about, ANY):  # as on most laptops
        return set()
    return {id for (id,) in among(session, STONES, STONE, about)}


def _stone(row: Erased) -> Stone:
    return Stone(reason=row.reason, by=row.by, at=row.at, seal=row.seal)
