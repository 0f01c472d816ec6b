"""A photo gets black boxes: another picture takes its place, and the one before leaves the laptop.

What certainly never left it is replaced as if it had never been. What was sent, or may have been, is
removed beside the new one: who may erase takes it away everywhere, see `docs/decisions/0073`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.actions import attachments, erasure
from desktop.actions.edits import Edit
from desktop.actions.records import Row, as_rows, put
from desktop.actions.saved_files import PICTURE
from desktop.actions.standing import find
from desktop.covering import Box, burned
from desktop.photos import Photo
from desktop.session import Desk
from desktop.steps import note_final
from desktop.tidying import sweep
from sync.change import Change
from sync.client import earlier, outbox, scrub
from sync.client.photos import may_be_there
from sync.errors import Refused, UserError
from sync.language import mark
from sync.records.filled_form import FilledForm
from sync.records.notes import Attachment

BURNED = mark("burned black boxes into a photo")


@dataclass(frozen=True)
class Covered:
    """What became of the picture before: nothing is left of it unless `sent` or `elsewhere`."""

    changes: list[Change]
    sent: bool = False  # the server and other laptops have it, or may
    elsewhere: bool = False  # another record on this laptop shows the same picture


def cover(desk: Desk, id: UUID, boxes: Sequence[Box]) -> Covered:
    """Burn boxes into the photo of an attachment; the bytes before that are gone when this returns.

    One that is on the server alone is fetched first. Raises UserError where it is no photo, is not
    to be had, or there is no room; Refused where the person may not.
    """
    with desk.store() as session:
        row = as_rows(session, [find(session, id, Attachment.kind)])[0]
        _check(session, row)
    content = attachments.read(desk, row["sha256"])
    if content is None:
        content = attachments.bring(desk, row["sha256"])
    if not boxes:
        return Covered([])
    photo = desk.photos.add_made(burned(content, boxes), row["name"] or "")
    with desk.store.begin() as session:
        changes = _replace(desk, session, row, photo)
        sums = {one for one in (row["sha256"], row["thumbnail"]) if one}
        stays = sums - scrub.cover(session, sums) - {photo.sha256, photo.thumbnail}
        note_final(BURNED)
    sweep(desk)
    return Covered(changes, sent=len(changes) > 1, elsewhere=bool(stays))


def erase_removed(desk: Desk, record: UUID, reason: str) -> list[Change]:
    """Erase everywhere, for good, the photos of a record that were removed; as `erasure.erase`."""
    return erasure.erase_all(desk, attachments.removed(desk, record), reason)


def _check(session: Session, row: Row) -> None:
    if row["media_type"] != PICTURE or row["removed"] or not row["sha256"]:
        raise UserError(mark("There is no such photo."))
    if isinstance(find(session, row["parent"]), FilledForm):
        raise Refused(
            mark(
                "This photo is the answer to a question of a form. Open the form, take the photo "
                "away there, and add one that shows nobody."
            )
        )


def _replace(desk: Desk, session: Session, row: Row, photo: Photo) -> list[Change]:
    if _never_left(session, row):
        values = {"sha256": photo.sha256, "size": photo.size, "thumbnail": photo.thumbnail}
        change = put(desk, session, Edit(Attachment.kind, values, row["id"]))
        attachments.wait(session, photo)
        earlier.forget(session, [row["id"]])
        return [change] if change is not None else []
    caption = row["caption"] or ""
    added = attachments.put_photo(desk, session, row["parent"], photo, caption)
    gone = put(desk, session, Edit(Attachment.kind, {"removed": True}, row["id"]))
    return [change for change in (added, gone) if change is not None]


def _never_left(session: Session, row: Row) -> bool:
    """Whether neither the record of the photo nor a byte of it can be anywhere but here."""
    edits = outbox.waiting_of(session, [row["id"]])
    sums = [one for one in (row["sha256"], row["thumbnail"]) if one]
    return (
        row["revision"] == 0
        and bool(edits)
        and min(edit.number for edit in edits) > outbox.offered(session)
        and not may_be_there(session, sums)
    )
