"""The paper for a person as a file: a text, JSON, both with the photos, or what the window draws."""

import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from desktop.actions.attachments import read
from desktop.actions.leaving import PRINTER, leaving
from desktop.exports.marks import NOT_YET, new_mark
from desktop.file_names import tidy_name
from desktop.holdings import paper
from desktop.holdings.findings import Findings
from desktop.holdings.notes import note
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark

TEXT, JSON, BOTH = ENDINGS = ".txt", ".json", ".zip"
PDF = ".pdf"  # where there is a window, which draws it
NAME = "dala"  # of the two files in the archive

Draw = Callable[[list[paper.Paragraph]], bytes]


def write(desk: Desk, held: Findings, path: Path, draw: Draw | None = None) -> None:
    """Write it to `path`, whose ending chooses: .txt, .json, .zip with both and the photos, or .pdf.

    Whole or not at all: a file of that name is replaced when the new one is on the disk. That it was
    made is noted before. Raises UserError for another ending, for .pdf without `draw`, and where it
    cannot be written. The file is not encrypted: it is for the person.
    """
    ending = path.suffix.lower()
    if ending == PDF and draw is None:
        raise UserError(
            mark("The window makes the PDF. Here the name must end with .txt, .json or .zip.")
        )
    if ending not in (*ENDINGS, PDF) and path != PRINTER:
        raise UserError(mark("The name of the file must end with .txt, .json or .zip."))
    id, now = new_mark(), datetime.now(UTC)
    said = paper.paragraphs(desk, held, now, id)
    with leaving(path) as file:
        if draw is not None and (ending == PDF or path == PRINTER):
            file.write(draw(said))
        else:
            words = {TEXT: paper.as_text(said), JSON: paper.document(desk, held, now, id)}
            content = _archive(desk, held, words) if ending == BOTH else words[ending].encode()
            file.write(content)
        note(desk, held, id, ending.removeprefix("."))


def look(desk: Desk, held: Findings) -> list[paper.Paragraph]:
    """What the paper would say, to be looked at: nothing leaves, so nothing is noted."""
    return paper.paragraphs(desk, held, datetime.now(UTC), NOT_YET)


def _archive(desk: Desk, held: Findings, said: dict[str, str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, words in said.items():
            archive.writestr(f"{NAME}{ending}", words)
        for name, content in _photos(desk, held):
            archive.writestr(name, content)
    return made.getvalue()


def _photos(desk: Desk, held: Findings) -> Iterator[tuple[str, bytes]]:
    """Those that are on this laptop; their names are data, so a number keeps them apart."""
    photos = (photo for holding in held.holdings for photo in holding.photos)
    for number, photo in enumerate(photos, 1):
        if (content := read(desk, photo.sha256)) is not None:
            yield f"photos/{number} {tidy_name(photo.name)}".strip(), content
