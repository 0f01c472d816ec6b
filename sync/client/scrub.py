"""Take everything out of the laptop's file that tells of some records.

Rows, parts, edits that wait or were answered, refused edits, what was being typed, and the names
of their files; the bytes of those go when the transaction has committed (`doomed`, `swept`).
"""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.change import Change, encode
from sync.client import earlier, late, untold
from sync.client.facts import recall, remember
from sync.client.kinds_here import kinds_here
from sync.client.tables import (
    BODY,
    Attention,
    Blob,
    Draft,
    Foreign,
    Pending,
    TakenAnswer,
    TakenCounts,
    draft_keys,
)
from sync.erasure import GONE, emptied, erases
from sync.language import tr
from sync.person import Person
from sync.records import KINDS
from sync.records.base import Part
from sync.records.notes import Attachment

DOOMED = "doomed"  # the fact: sums of files whose bytes are to go
COVERED = "covered"  # the fact: of them, those that a removed record still names
UNTIDY = "untidy"  # the fact: the file, its journal or its copies may still hold what was erased
AGED = "aged"  # the fact: the file may still hold what is past its term; copies go by thinning
SLICE = 500


def records(session: Session, ids: Iterable[UUID], *, told: bool, aged: bool = False) -> set[UUID]:
    """Take out these records and their parts → all that were taken out.

    `told`: the person finds among the refused edits that some of theirs were not kept. `aged`: their
    term has ended and nobody asked; then the copies of the file need not go at once.
    """
    gone, here = with_parts(session, set(ids)), kinds_here(session).values()
    _doom(session, gone)
    late.forget(session, gone)
    untold.forget(session, gone)
    earlier.forget(session, gone)
    for some in slices(gone):
        _empty_attention(session, some)
        _drop_pending(session, some, told=told)
        for table in here:
            session.execute(delete(table).where(table.id.in_(some)))
        session.execute(delete(Foreign).where(Foreign.record.in_(some)))
        for taken in (TakenAnswer, TakenCounts):
            session.execute(delete(taken).where(taken.wave.in_(some)))
        keys = [key for kind in KINDS for id in some for key in draft_keys(kind, id)]
        session.execute(delete(Draft).where(Draft.key.in_(keys)))
    remember(session, AGED if aged else UNTIDY, True)
    session.flush()
    session.expire_all()  # rows were deleted beside the session's own copies
    return gone


def cover(session: Session, sums: Collection[str]) -> set[str]:
    """Other pictures took the place of these: their bytes leave this laptop, and are not sent.

    Returns those that do: what a record that lives still names stays. What the server has may be
    fetched from there.
    """
    going = {one for one in sums if not _is_shown(session, one)}
    for blob in session.scalars(select(Blob).where(Blob.sha256.in_(going))):
        if blob.there:
            blob.here, blob.away = False, True
        else:
            session.delete(blob)
    for name in (DOOMED, COVERED):
        remember(session, name, sorted({*(recall(session, name, list[str]) or []), *going}))
    return going


def doomed(session: Session) -> list[str]:
    """Files whose bytes are to go: no record names them any more, or none that lives."""
    sums = recall(session, DOOMED, list[str]) or []
    covered = set(recall(session, COVERED, list[str]) or [])
    return [
        one
        for one in sums
        if not (_is_shown(session, one) if one in covered else _is_named(session, one))
    ]


def swept(session: Session, left: list[str]) -> None:
    """Their bytes are gone, but for those that are `left`."""
    covered = set(recall(session, COVERED, list[str]) or [])
    remember(session, DOOMED, left)
    if covered:
        remember(session, COVERED, sorted(covered & set(left)))


def is_untidy(session: Session) -> bool:
    """Whether something was erased since the file was last tidied, or bytes are still to go."""
    aged = bool(recall(session, AGED, bool))
    return copies_go(session) or aged or bool(recall(session, DOOMED, list[str]))


def copies_go(session: Session) -> bool:
    """Whether that is also to go from the file's copies at once."""
    return bool(recall(session, UNTIDY, bool))


def tidied(session: Session) -> None:
    """Nothing of what was erased is left in the file's free space or beside it."""
    remember(session, UNTIDY, False)
    remember(session, AGED, False)


def with_parts(session: Session, wholes: set[UUID]) -> set[UUID]:
    """These records, their parts, and theirs."""
    found, above = set(wholes), set(wholes)
    tables = [one for one in kinds_here(session).values() if issubclass(one, Part)]
    foreign = [_decode(body) for body in session.scalars(select(Foreign.body))]
    while above:
        below = {change.record for change in foreign if change.parent in above}
        for some in slices(above):
            for table in tables:
                below |= set(session.scalars(select(table.id).where(table.parent.in_(some))))
        above = below - found
        found |= above
    return found


def forget_files(session: Session, districts: Collection[str]) -> None:
    """Records of these districts are about to leave: their files go too, once the server has them."""
    sent = select(Attachment.id).join(Blob, Blob.sha256 == Attachment.sha256).where(Blob.there)
    if gone := set(session.scalars(sent.where(Attachment.district.in_(districts)))):
        _doom(session, gone)
        remember(session, AGED, True)


def _doom(session: Session, gone: set[UUID]) -> None:
    """Name the files that are to go, and forget them."""
    sums = set(recall(session, DOOMED, list[str]) or [])
    for some in slices(gone):
        rows = session.execute(
            select(Attachment.sha256, Attachment.thumbnail).where(Attachment.id.in_(some))
        )
        sums |= {one for row in rows for one in row if one}
        session.execute(delete(Attachment).where(Attachment.id.in_(some)))
    for one in sums:
        if not _is_named(session, one):
            session.execute(delete(Blob).where(Blob.sha256 == one))
    remember(session, DOOMED, sorted(sums))


def _is_named(session: Session, sha256: str) -> bool:
    named = (Attachment.sha256 == sha256) | (Attachment.thumbnail == sha256)
    return session.scalar(select(Attachment.id).where(named).limit(1)) is not None


def _is_shown(session: Session, sha256: str) -> bool:
    """Whether a record that was not removed names it."""
    named = (Attachment.sha256 == sha256) | (Attachment.thumbnail == sha256)
    asked = select(Attachment.id).where(named, ~Attachment.removed)
    return session.scalar(asked.limit(1)) is not None


def _empty_attention(session: Session, gone: Collection[UUID]) -> None:
    """What was refused before is kept as an edit of which nothing is known any more."""
    for row in session.scalars(select(Attention)):
        change = _decode(row.body)
        if change.record in gone or change.parent in gone:
            row.reason, row.body = _words(session), encode(emptied(change))
    session.flush()


def _drop_pending(session: Session, gone: Collection[UUID], *, told: bool) -> None:
    """The erasure itself stays: it waits, or is kept for a restored server as long as any edit."""
    rows = session.execute(
        select(Pending.number, Pending.revision, BODY).where(Pending.record.in_(gone))
    ).all()
    for number, revision, body in rows:
        change = _decode(body)
        waits = revision is None
        if erases(change):
            continue
        session.execute(delete(Pending).where(Pending.number == number))
        if told and waits and not change.witness:
            session.merge(
                Attention(
                    change=change.id,
                    record=change.record,
                    reason=_words(session),
                    body=encode(emptied(change)),
                    since=change.at,
                )
            )
    session.flush()


def _words(session: Session) -> str:
    person = recall(session, "person", Person)
    return tr(GONE, person.language if person else None)


def _decode(body: bytes) -> Change:
    return msgspec.json.decode(body, type=Change)


def slices(ids: Iterable[UUID], at_once: int = SLICE) -> Iterator[list[UUID]]:
    """The ids, so many at a time as one statement asks for."""
    every = list(ids)
    return (every[start : start + at_once] for start in range(0, len(every), at_once))
