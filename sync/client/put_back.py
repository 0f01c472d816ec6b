"""A person's edits that a damaged file had, put into the older one that has taken its place.

They are told by whoever kept them elsewhere, each as it waited last. The server may have had some:
each has its own id, so nothing counts twice. But the file has not read what they were made upon.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.change import Change, encode
from sync.client import outbox, striking
from sync.client.blobs import Files
from sync.client.erasure import erased_as
from sync.client.facts import recall, remember
from sync.client.rows import write
from sync.client.tables import Attention, Blob, Cursor, Draft, Pending, draft_keys
from sync.erasure import erases
from sync.errors import UserError
from sync.records import KINDS
from sync.records.notes import Attachment

READS_FIRST = "reads_first"  # the fact: {stream: how far it is to be read before anything is sent}


@dataclass
class Back:
    """What came back: how many edits, and how many of them show only when the news were read."""

    edits: int = 0
    later: int = 0
    photos: list[str] = field(default_factory=list)  # sums of the files that they name


def put_back(session: Session, told: Iterable[Change]) -> Back:
    """Put these into record and outbox, in their order; of two with one id the later one counts.

    An edit of a record that is not here, or bare, waits in the outbox alone: half a record would
    seem to be whole. None is folded into another one from here on. And what they were made upon is read
    before they are sent: the server would believe that whoever edits a revision has it.
    """
    edits = list({change.id: change for change in told}.values())
    standing = _standing(session, edits)
    shown = [one for one in edits if one.record in standing or erases(one)]
    write(session, shown)
    _drop_drafts(session, shown)
    back = Back()
    for change in edits:
        if _wait(session, change):
            back.edits += 1
            back.later += change.record not in standing
            back.photos += _files(change)
    session.flush()
    striking.leave_out(session, {one.record for one in edits}, told=False)
    session.expire_all()  # rows were written beside the session's own copies
    outbox.offer(session, outbox.newest(session))
    points = _points(session)
    for change in edits:
        points[change.district] = max(points.get(change.district, 0), change.base)
    remember(session, READS_FIRST, points)
    return back


def keep_files(session: Session, sums: Iterable[str], files: Files) -> None:
    """Those of these files whose bytes are here wait to be sent; the server may have them."""
    for sha256 in sums:
        if session.get(Blob, sha256) is None and files.has(sha256):
            try:
                size = len(files.read(sha256))
            except UserError:  # damaged: the self-check says so
                continue
            session.add(Blob(sha256=sha256, size=size, here=True, there=False))


def reads_first(session: Session) -> bool:
    """Whether something is to be read before anything is sent: what edits were made upon."""
    points = _points(session)
    read = {row.stream: row.revision for row in session.scalars(select(Cursor))} if points else {}
    return any(read.get(stream, 0) < point for stream, point in points.items())


def has_read(session: Session) -> None:
    """All that the server has for this laptop was read, whatever streams these are by now."""
    if _points(session):
        remember(session, READS_FIRST, {})


def _points(session: Session) -> dict[str, int]:
    return recall(session, READS_FIRST, dict[str, int]) or {}


def _standing(session: Session, edits: Iterable[Change]) -> set[UUID]:
    """The records that are here with their words, or that these make."""
    found = set()
    for change in edits:
        record = KINDS.get(change.kind)
        made = not change.base or change.whole
        row = session.get(record, change.record) if record is not None else None
        if not row.bare if row is not None else made:
            found.add(change.record)
    return found


def _wait(session: Session, change: Change) -> bool:
    """Whether it waits now and did not so before. One that was answered or refused has had its turn."""
    if session.get(Attention, change.id) is not None:
        return False
    if not erases(change) and _is_erased(session, change):
        return False
    row, body = session.scalar(select(Pending).where(Pending.change == change.id)), encode(change)
    if row is None:
        session.add(
            Pending(change=change.id, record=change.record, district=change.district, body=body)
        )
    elif row.revision is not None or row.body == body:
        return False
    else:
        row.body = body
    session.flush()  # their numbers are in their order
    return True


def _is_erased(session: Session, change: Change) -> bool:
    ids = filter(None, (change.record, change.parent))
    return any(erased_as(session, id) is not None for id in ids)


def _drop_drafts(session: Session, edits: Iterable[Change]) -> None:
    """What was being typed when the older file was copied has been saved since."""
    for change in edits:
        saved = Draft.key.in_(draft_keys(change.kind, change.record))
        session.execute(delete(Draft).where(saved))
        new = session.get(Draft, f"{change.kind}:new")
        if new is not None and _draft_of(new) == str(change.record):
            session.delete(new)


def _draft_of(draft: Draft) -> Any:
    typed: Mapping[str, Any] = msgspec.json.decode(draft.body)
    return typed.get("id")


def _files(change: Change) -> list[str]:
    if change.kind != Attachment.kind:
        return []
    named = (change.fields.get(name) for name in ("sha256", "thumbnail"))
    return [one for one in named if isinstance(one, str)]
