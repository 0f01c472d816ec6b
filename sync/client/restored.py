"""The server was restored from a backup: what it lost is told again, by whoever has it.

First the laptop's own edits, as they were. Then everyone reads what is new. What is still unknown
to the server after that was written on a laptop that is gone, or by someone who may no longer:
those who have the record bear witness, and tell it as it stands.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select, union_all, update
from sqlalchemy.orm import Session

from sync.change import UNSURE, Change
from sync.client import erasure, outbox, progress, striking, untold
from sync.client.facts import recall, remember
from sync.client.kinds_here import kinds_here
from sync.client.standing import as_it_stands
from sync.client.tables import Attention, Blob, Cursor, Erased, Pending
from sync.erasure import erases
from sync.language import mark, tr
from sync.person import Person
from sync.records import KINDS

LOST = mark(
    "The server was restored and does not know this record any more, and its words are not on this "
    "laptop. Your edit is kept here. Another laptop of the group may bring the record back: then "
    "send it again."
)
DOUBT = "doubt"  # the fact: {stream: point} while there may be records that the server lost
HOLDING: tuple[Any, ...] = (*KINDS.values(), Erased, Pending)
HIGHEST = union_all(
    select(Cursor.stream, Cursor.revision),
    *(select(one.district, func.max(one.revision)).group_by(one.district) for one in HOLDING),
)


def start_anew(session: Session, epoch: str, points: Mapping[str, int]) -> int:
    """The server stands at these points of what is known here.

    Returns how many edits of one's own it lost and will be told again.
    """
    if any(known > points.get(stream, 0) for stream, known in holds(session).items()):
        _set_back(session, points)
        remember(session, DOUBT, dict(points))
    remember(session, "epoch", epoch)
    progress.tell_again(session)
    again = outbox.wait_again(session, points)
    striking.leave_out(session, striking.ended(session), told=False)  # it was told once
    return again


def _set_back(session: Session, points: Mapping[str, int]) -> None:
    """What is here from beyond these points is as if the server had never known it."""
    # Files came to it about the same time, in what order nobody knows: it is asked for each.
    session.execute(update(Blob).where(Blob.here).values(there=False))
    for cursor in session.scalars(select(Cursor)):
        cursor.revision = min(cursor.revision, points.get(cursor.stream, 0))
    for record in kinds_here(session).values():
        for district in session.scalars(select(record.district).distinct()).all():
            point = points.get(district, 0)
            session.execute(
                update(record)
                .where(record.district == district, record.revision > point)
                .values(revision=0)
            )
    for district in session.scalars(select(Erased.district).distinct()).all():
        erasure.start_anew(session, district, points.get(district, 0))


def holds(session: Session) -> dict[str, int]:
    """{stream: the highest revision of anything here}: what a server must have to have lost nothing."""
    found: dict[str, int] = {}
    for name, highest in session.execute(HIGHEST):
        found[name] = max(found.get(name, 0), highest or 0)
    return found


def is_in_doubt(session: Session) -> bool:
    """Whether there may be records that the server lost."""
    return bool(recall(session, DOUBT, dict[str, int]))


def bear_witness(session: Session) -> int:
    """Once all that is new was read: tell the server records that it does not know.

    Returns how many. What is refused here is nobody's any more, and goes.
    """
    points = recall(session, DOUBT, dict[str, int])
    if not points:
        return 0
    remember(session, DOUBT, {})
    person = recall(session, "person", Person)
    told = _tell_erasures(session)
    for seen in untold.witnesses(session, person.id):
        told += _unless_edited(session, seen)
    apart = outbox.unsent(session) | set(session.scalars(select(Attention.record)))
    untellable: set[UUID] = set()  # told without its record, a part would be refused, and go
    for record in kinds_here(session).values():  # a whole comes before its parts
        unknown = select(record).where(record.revision == 0)
        for row in session.scalars(unknown.order_by(record.created)):
            stands = as_it_stands(row, person.id)
            if stands is None or stands.parent in untellable:
                untellable.add(row.id)
            elif row.id not in apart:
                base = points.get(row.district, 0) or UNSURE
                outbox.put(session, msgspec.structs.replace(stands, base=base, witness=True))
                told += 1
    return told


def _unless_edited(session: Session, seen: Change) -> bool:
    """Tell this, but for fields that the person is about to say something else of."""
    edits = outbox.waiting_of(session, {seen.record})
    left = seen.fields.keys() - {name for edit in edits for name in edit.fields}
    if left:
        said = {name: seen.fields[name] for name in sorted(left)}
        outbox.put(session, msgspec.structs.replace(seen, fields=said))
    return bool(left)


def hear(session: Session, told: Iterable[Change]) -> None:
    """Before it is written: what the server says, or has answered. See sync.client.untold.

    `told` is gone through only where something is in doubt.
    """
    points = recall(session, DOUBT, dict[str, int])
    if points:
        untold.hear(session, points, told)


def tell_erased(session: Session, news: Collection[Change]) -> int:
    """Records came as they stood before they were erased: the server does not know of that any more,
    and its numbers have gone on since. Returns how many erasures are told again."""
    living = {one.record for one in news if one.revision and not erases(one)}
    return _tell_erasures(session) if living and erasure.forgotten(session, living) else 0


def tell_lost(session: Session, stream: str, revisions: Collection[int]) -> int:
    """The server holds no records at these revisions: they are told as they stand here.

    Returns how many; one with edits that wait, or that was refused, is left to them. A bare one is
    told by nobody: it has no number from now on, so that it is not asked for each time.
    """
    lost = (Erased.district == stream, Erased.revision.in_(revisions))
    session.execute(update(Erased).where(*lost).values(revision=0))
    told = _tell_erasures(session)
    person = recall(session, "person", Person)
    apart = outbox.unsent(session) | set(session.scalars(select(Attention.record)))
    for record in kinds_here(session).values():
        here = select(record).where(record.district == stream, record.revision.in_(revisions))
        for row in session.scalars(here.order_by(record.created)).all():
            if row.id not in apart:
                row.revision = 0
                seen = as_it_stands(row, person.id)
                if seen is not None:
                    outbox.put(session, msgspec.structs.replace(seen, witness=True))
                    told += 1
    return told


def _tell_erasures(session: Session) -> int:
    person = recall(session, "person", Person)
    untold = list(erasure.witnesses(session, person.id, outbox.unsent(session)))
    for one in untold:
        outbox.put(session, one)
    return len(untold)


def tell_whole(session: Session, edits: Sequence[Change]) -> None:
    """The server does not know the records of these edits: each is told with all that is here.

    Where that is a bare row, the edit is put before its person: alone it would make half a record.
    """
    wholes: dict[UUID, Change] = {}
    told = []
    for edit in edits:
        row = session.get(KINDS[edit.kind], edit.record) if edit.kind in KINDS else None
        if row is not None and row.bare:
            outbox.hold(session, edit, tr(LOST, _language(session)))
            continue
        told.append(edit)
        if row is not None and (seen := as_it_stands(row, edit.by)) is not None:
            wholes[edit.record] = seen
    outbox.tell_whole(session, told, wholes)


def _language(session: Session) -> str | None:
    person = recall(session, "person", Person)
    return person.language if person else None
