"""What is held about a person, as a file for them: a text to read, JSON, or both with the photos."""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from desktop.actions.attachments import read
from desktop.file_names import tidy_name
from desktop.files import write_whole
from desktop.holdings.findings import Findings, Holding, Line, Photo, Section
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, tr, trn
from sync.records import KINDS
from sync.vocabulary import label

TEXT, JSON, BOTH = ENDINGS = ".txt", ".json", ".zip"
NAME = "dala"  # of the two files in the archive


def write(desk: Desk, held: Findings, path: Path) -> None:
    """Write it to `path`, whose ending chooses: .txt, .json, or .zip with both and the photos.

    Whole or not at all: a file of that name is replaced when the new one is on the disk.

    Raises UserError for another ending, and where it cannot be written. The file is not encrypted:
    it is for the person.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(mark("The name of the file must end with .txt, .json or .zip."))
    now = datetime.now(UTC)
    said = {TEXT: text(desk, held, now), JSON: document(held, now)}
    content = _archive(desk, held, said) if ending == BOTH else said[ending].encode()
    write_whole(path, content)


def text(desk: Desk, held: Findings, now: datetime) -> str:
    """To be read, in the language spoken."""
    return "\n".join([*_lines(held, now), "", *_beyond(desk)]) + "\n"


def document(held: Findings, now: datetime) -> str:
    """The same for a program. Keys are English, words in the language spoken."""
    said = {
        "about": held.whom.typed,
        "at": now.isoformat(),
        "records": [_record(one) for one in held.holdings],
        "loose": [{"what": tr(one.what), "words": one.words} for one in held.loose],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def found_words(held: Findings) -> str:
    """How much was found, in one sentence."""
    if not held.holdings and not held.loose:
        return tr("Nothing on this laptop names “{name}”.", name=held.whom.typed)
    n = len(held.holdings)
    return trn("{n} record names “{name}”.", "{n} records name “{name}”.", n, name=held.whom.typed)


def heading(holding: Holding) -> str:
    """The kind of a record, and what is peculiar to it."""
    words = tr(KINDS[holding.kind].label)
    if not holding.about and not holding.erasable:
        words = tr("{kind}: only mentioned", kind=words)
    return f"{words} ({tr('removed')})" if holding.removed else words


def consent_words(holding: Holding) -> str:
    """How and when consent was given, or that none is recorded."""
    if not holding.about:
        return ""
    if not holding.consent:
        return tr("No consent is recorded")
    return ", ".join(line.words for line in holding.consent)


def _beyond(desk: Desk) -> Iterator[str]:
    """Who reads this, who made the paper, and where else something may lie."""
    yield tr(
        "Records are read by the operative group of their district, by its leader and by the "
        "coordinators of the region."
    )
    yield tr(
        "This is what is on one laptop. Not in it: what others have written and not synced yet, and "
        "copies of the server and of laptops, which hold what was erased for five weeks longer at "
        "most while they are used."
    )
    yield tr(
        "Made by {name}. To have something put right or erased, turn to them, to the leader of the "
        "group or to the coordinator.",
        name=desk.person.name,
    )


def _archive(desk: Desk, held: Findings, said: dict[str, str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, words in said.items():
            archive.writestr(f"{NAME}{ending}", words)
        for name, content in _photos(desk, held):
            archive.writestr(name, content)
    return made.getvalue()


def _lines(held: Findings, now: datetime) -> Iterator[str]:
    yield tr("What is held about {name}", name=held.whom.typed)
    yield now.astimezone().strftime("%d.%m.%Y %H:%M")
    yield found_words(held)
    yield tr("Answers to surveys are anonymous and cannot be found by a name.")
    for holding in held.holdings:
        yield ""
        yield f"== {heading(holding)}"
        if consent := consent_words(holding):
            yield f"{tr('Consent')}: {consent}"
        for section in holding.sections:
            if section.id != holding.id:
                yield f"-- {tr(KINDS[section.kind].label)}"
            yield from _section(section)
        for photo in holding.photos:
            yield f"{tr('Attachment')}: {_photo_words(photo)}"
        for edit in holding.history:
            said = "; ".join(f"{name}: {words}" for name, words in edit.lines)
            yield f"{edit.at.astimezone():%d.%m.%Y %H:%M} {edit.by}: {said}"
    for one in held.loose:
        yield ""
        yield f"== {tr(one.what)}"
        yield one.words


def _section(section: Section) -> Iterator[str]:
    for line in section.lines:
        first, *rest = line.words.splitlines() or [""]
        yield f"{line.label}: {first}"
        yield from (f"    {one}" for one in rest)
        yield f"    [{why(line)}]"


def why(line: Line) -> str:
    """Purpose, term and basis of one value."""
    held = line.held
    said = [label("held_purpose", held.purpose), label("held_term", held.term)]
    return " · ".join([*said, *([label("held_basis", held.basis)] if held.basis else [])])


def _photo_words(photo: Photo) -> str:
    return " · ".join(filter(None, (photo.name, photo.caption)))


def _photos(desk: Desk, held: Findings) -> Iterator[tuple[str, bytes]]:
    """Those that are on this laptop; their names are data, so a number keeps them apart."""
    photos = (photo for holding in held.holdings for photo in holding.photos)
    for number, photo in enumerate(photos, 1):
        if (content := read(desk, photo.sha256)) is not None:
            yield f"photos/{number} {tidy_name(photo.name)}".strip(), content


def _record(holding: Holding) -> dict[str, Any]:
    return {
        "kind": holding.kind,
        "id": str(holding.id),
        "removed": holding.removed,
        "about": holding.about,
        "consent": consent_words(holding),
        "parts": [
            {
                "kind": section.kind,
                "id": str(section.id),
                "fields": [
                    {
                        "label": line.label,
                        "words": line.words,
                        "names_the_person": bool(line.named),
                        "why": why(line),
                    }
                    for line in section.lines
                ],
            }
            for section in holding.sections
        ],
        "photos": [{"name": one.name, "caption": one.caption} for one in holding.photos],
        "history": [
            {"at": edit.at.isoformat(), "by": edit.by, "fields": dict(edit.lines)}
            for edit in holding.history
        ],
    }
