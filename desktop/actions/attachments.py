"""Photos and files of a record: kept here at once, sent after the records."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions.edits import Edit
from desktop.actions.records import Row, parts, put
from desktop.photos import Photo
from desktop.session import Desk
from sync.change import Change
from sync.client.away import are_away, fetch
from sync.client.quiet import KEPT
from sync.client.tables import Blob
from sync.errors import Offline, Refused, UserError
from sync.language import mark
from sync.records.notes import Attachment

DAYS_HERE = KEPT.days  # that a photo stays after its record was closed and left alone


def attach(
    desk: Desk, record: UUID, content: Path | bytes, caption: str = "", name: str = ""
) -> list[Change]:
    """Add one file to a record that is on this laptop.

    The bytes are written before the row that names them: a crash between the two leaves bytes
    without a name, never a name without bytes. `name` overrides the file's own; either is tidied.
    Raises UserError for what is no picture or too large, Refused where a rule forbids it.
    """
    return name_photo(desk, record, desk.photos.add(content, name), caption)


def name_photo(desk: Desk, record: UUID, photo: Photo, caption: str = "") -> list[Change]:
    """Name a file that is kept. Raises Refused where a rule forbids it."""
    with desk.store.begin() as session:
        change = put_photo(desk, session, record, photo, caption)
    return [change] if change is not None else []


def put_photo(
    desk: Desk, session: Session, record: UUID, photo: Photo, caption: str
) -> Change | None:
    """Name a file that is kept, inside the caller's transaction."""
    values = {
        "sha256": photo.sha256,
        "name": photo.name,
        "media_type": photo.media_type,
        "size": photo.size,
        "caption": caption,
    }
    if photo.thumbnail:
        values["thumbnail"] = photo.thumbnail
    change = put(desk, session, Edit("attachment", values, parent=record))
    wait(session, photo)
    return change


def wait(session: Session, photo: Photo) -> None:
    """A file that is kept is to be sent, and its small picture."""
    _wait(session, photo.sha256, photo.size)
    if photo.thumbnail:
        _wait(session, photo.thumbnail, photo.thumbnail_size)


def _wait(session: Session, sha256: str, size: int) -> None:
    if (blob := session.get(Blob, sha256)) is None:
        session.add(Blob(sha256=sha256, size=size, here=True, there=False))
    else:  # its bytes may have been on the server alone
        blob.here, blob.away, blob.since, blob.unfit = True, False, None, False


def attachments(desk: Desk, record: UUID) -> list[Row]:
    """The files of one record, in the order in which they were added."""
    return parts(desk, "attachment", record)


def removed(desk: Desk, record: UUID) -> list[UUID]:
    """Photos of a record that were removed: whoever had them keeps them, and so does the server."""
    query = select(Attachment.id).where(
        Attachment.parent == record,
        Attachment.removed,
        Attachment.media_type == "image/jpeg",
        Attachment.sha256.is_not(None),
    )
    with desk.store() as session:
        return list(session.scalars(query.order_by(Attachment.created)))


def read(desk: Desk, sha256: str) -> bytes | None:
    """What is in a file, or None while it is not on this laptop yet."""
    return desk.photos.read(sha256) if desk.photos.has(sha256) else None


def picture(desk: Desk, sha256: str) -> bytes | None:
    """A photo to look at: itself, or its small picture while it has not come, or None."""
    if desk.photos.has(sha256):
        return desk.photos.read(sha256)
    with desk.store() as session:
        smalls = session.scalars(
            select(Attachment.thumbnail).where(
                Attachment.sha256 == sha256, Attachment.thumbnail.is_not(None)
            )
        ).all()
    here = (small for small in smalls if small and desk.photos.has(small))
    return next(map(desk.photos.read, here), None)


def away(desk: Desk, sums: list[str]) -> set[str]:
    """Those of these files that are on the server alone: what they belong to is long done with."""
    with desk.store() as session:
        return are_away(session, sums)


def bring(desk: Desk, sha256: str) -> bytes:
    """A file that is on the server alone, fetched from there to be opened.

    Raises UserError without a line, or where the server does not give it; SignInAgain.
    """
    try:
        fetch(desk.store, desk.server, desk.photos, sha256)
    except Offline as error:
        raise UserError(
            mark(
                "This file is on the server alone: its record was closed more than {days} days "
                "ago. Nothing is lost. Open it again where there is a connection."
            ),
            days=DAYS_HERE,
        ) from error
    except Refused as error:
        raise UserError(
            mark(
                "The server did not give this file out. Its record is unchanged. Sync, then open "
                "it again; if that does not help, tell your administrator."
            )
        ) from error
    return desk.photos.read(sha256)
