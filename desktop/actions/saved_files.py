"""A file of a record leaves the program: a paper is not shown here, it is saved and opened elsewhere."""

from pathlib import Path
from uuid import UUID

from desktop.actions import attachments
from desktop.exports.limits import check_rate
from desktop.exports.marks import new_mark
from desktop.file_names import tidy_name
from desktop.files import writing
from desktop.session import Desk
from sync.change import now
from sync.client import exported
from sync.errors import UserError
from sync.exports import Exported
from sync.language import mark
from sync.records.notes import Attachment

NOT_ENCRYPTED = mark(
    "Saved as {name}. Outside Dala it is not encrypted: keep it where others do not look, and delete "
    "it when it has served."
)
PICTURE = "image/jpeg"  # as the program keeps every picture: those are shown in the window


def is_paper(media_type: str | None) -> bool:
    """Whether a file cannot be shown here."""
    return media_type != PICTURE


def proposed_name(name: str | None, media_type: str | None = "") -> str:
    """Under which name a file is saved: its own, which came from elsewhere, tidied."""
    return tidy_name(name or "") or ("dala.jpg" if media_type == PICTURE else "dala")


def save_file(desk: Desk, id: UUID, path: Path) -> Exported:
    """Write the bytes of an attachment, as they are, to `path`; what was noted of it (decision 35).

    One that is on the server alone is fetched. Raises UserError where there is no such file, it has
    not come yet, or cannot be written, or so many left within this hour: then nothing was.
    """
    with desk.store() as session:
        row = session.get(Attachment, id)
        if row is None or row.removed or not row.sha256:
            raise UserError(mark("There is no such file."))
        sha256 = row.sha256
    if not path.parent.is_dir():
        raise UserError(mark("There is no folder {folder}."), folder=path.parent)
    with desk.store() as session:
        check_rate(exported.kept(session), now())
    content = attachments.read(desk, sha256)
    if content is None and not attachments.away(desk, [sha256]):
        raise UserError(
            mark("This file has not come from the server yet. Sync, then save it again.")
        )
    if content is None:
        content = attachments.bring(desk, sha256)
    noted = Exported(
        id=new_mark(),
        at=now().replace(microsecond=0),
        kind=Attachment.kind,
        format=path.suffix.lower().removeprefix(".")[:40],
        rows=1,
    )
    with writing(path) as file:
        file.write(content)
        with desk.store.begin() as session:  # before the file has its name: none goes unnoted
            exported.note(session, noted)
    return noted
