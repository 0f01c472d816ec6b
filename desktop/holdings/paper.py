"""What is held about a person, written for them: paragraphs to read or to draw, and JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from desktop.exports.training import INVENTED, TRAINING, about_training
from desktop.holdings.findings import Findings, Holding, Line, Photo, Section
from desktop.session import Desk
from sync.language import tr, trn
from sync.records import KINDS
from sync.vocabulary import label


class Rank(Enum):
    """What a paragraph is."""

    TITLE = auto()
    LINE = auto()
    RECORD = auto()  # the heading of a record
    PART = auto()  # of a part of it
    WHY = auto()  # beside the line above


_BEFORE = {Rank.RECORD: "\n== ", Rank.PART: "-- ", Rank.WHY: "    "}


@dataclass(frozen=True)
class Paragraph:
    """Some words, perhaps on several lines."""

    words: str
    rank: Rank = Rank.LINE


def paragraphs(desk: Desk, held: Findings, now: datetime, id: str = "") -> list[Paragraph]:
    """The whole paper, in the language spoken. `id`: of the note that it was made, if it was."""
    said = [*_paragraphs(held, now), *_beyond(desk, held, id)]
    if not desk.training:
        return said
    heading = Paragraph(f"{tr(TRAINING)}: {said[0].words}", said[0].rank)
    return [heading, Paragraph(tr(INVENTED)), *said[1:]]


def as_text(said: Iterable[Paragraph]) -> str:
    """The paper as plain text."""
    return "".join(f"{_BEFORE.get(one.rank, '')}{one.words}\n" for one in said)


def text(desk: Desk, held: Findings, now: datetime) -> str:
    """To be read, in the language spoken."""
    return as_text(paragraphs(desk, held, now))


def document(desk: Desk, held: Findings, now: datetime, id: str = "") -> str:
    """The same for a program. Keys are English, words in the language spoken."""
    said = {
        **(about_training() if desk.training else {}),
        "about": held.whom.typed,
        "at": now.isoformat(),
        "note": id,
        "records": [_record(one) for one in held.holdings],
        "not_looked_at": held.bare,
        "loose": [{"what": tr(one.what), "words": one.words} for one in held.loose],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def found_words(held: Findings) -> str:
    """How much was found, in one sentence."""
    n = len(held.holdings)
    if not held.holdings and not held.loose:
        words = tr("Nothing on this laptop names “{name}”.", name=held.whom.typed)
    else:
        words = trn(
            "{n} record names “{name}”.", "{n} records name “{name}”.", n, name=held.whom.typed
        )
    return f"{words} {not_looked_at(held)}".strip()


def not_looked_at(held: Findings) -> str:
    """How many records could not be searched, for their words are on the server; or nothing."""
    if not held.bare:
        return ""
    return trn(
        "{n} more record may be about this person: its words are on the server alone. Fetch it "
        "first, then look again.",
        "{n} more records may be about this person: their words are on the server alone. Fetch "
        "them first, then look again.",
        held.bare,
    )


def heading(holding: Holding) -> str:
    """The kind of a record, and what is peculiar to it."""
    words = tr(KINDS[holding.kind].label)
    if not holding.about and not holding.erasable:
        words = tr("{kind}: only mentioned", kind=words)
    return f"{words} ({tr('removed')})" if holding.removed else words


def consent_words(holding: Holding) -> str:
    """How, when and to which text consent was given, or that none is recorded."""
    if not holding.about:
        return ""
    if not holding.consent:
        return tr("No consent is recorded")
    way, *more = holding.consent
    return "; ".join([way.words, *(f"{line.label}: {line.words}" for line in more)])


def why(line: Line) -> str:
    """Purpose, term and basis of one value."""
    held = line.held
    said = [label("held_purpose", held.purpose), label("held_term", held.term)]
    return " · ".join([*said, *([label("held_basis", held.basis)] if held.basis else [])])


def _paragraphs(held: Findings, now: datetime) -> Iterator[Paragraph]:
    yield Paragraph(tr("What is held about {name}", name=held.whom.typed), Rank.TITLE)
    yield Paragraph(_moment(now))
    yield Paragraph(found_words(held))
    yield Paragraph(tr("Answers to surveys are anonymous and cannot be found by a name."))
    for holding in held.holdings:
        yield from _holding(holding)
    for one in held.loose:
        yield Paragraph(tr(one.what), Rank.RECORD)
        yield Paragraph(one.words)


def _holding(holding: Holding) -> Iterator[Paragraph]:
    yield Paragraph(heading(holding), Rank.RECORD)
    yield Paragraph(tr("Kept since {day}", day=f"{holding.since.astimezone():%d.%m.%Y}"))
    if consent := consent_words(holding):
        yield Paragraph(f"{tr('Consent')}: {consent}")
    for section in holding.sections:
        if section.id != holding.id:
            yield Paragraph(tr(KINDS[section.kind].label), Rank.PART)
        yield from _section(section)
    for photo in holding.photos:
        yield Paragraph(f"{tr('Attachment')}: {_photo_words(photo)}")
    for edit in holding.history:
        said = "; ".join(f"{name}: {words}" for name, words in edit.lines)
        yield Paragraph(f"{_moment(edit.at)} {edit.by}: {said}")


def _section(section: Section) -> Iterator[Paragraph]:
    for line in section.lines:
        first, *rest = line.words.splitlines() or [""]
        yield Paragraph("\n    ".join([f"{line.label}: {first}", *rest]))
        yield Paragraph(f"[{why(line)}]", Rank.WHY)


def _beyond(desk: Desk, held: Findings, id: str) -> Iterator[Paragraph]:
    """Who reads this, who made the paper, and where else something may lie."""
    readers = tr(
        "Records are read by the operative group of their district, by its leader and by the "
        "coordinators of the region."
    )
    yield Paragraph(tr("To know"), Rank.RECORD)
    yield Paragraph(readers)
    elsewhere = tr(
        "This is what is on one laptop. Not in it: what others have written and not synced yet, and "
        "copies of the server and of laptops, which hold what was erased for five weeks longer at "
        "most while they are used."
    )
    yield Paragraph(elsewhere)
    photos = {photo.sha256 for holding in held.holdings for photo in holding.photos}
    if n := sum(not desk.photos.has(one) for one in photos):
        words = trn(
            "{n} photo or file that is named here is on the server alone.",
            "{n} photos and files that are named here are on the server alone.",
            n,
        )
        yield Paragraph(words)
    made = tr(
        "Made by {name}. To have something put right or erased, turn to them, to the leader of the "
        "group or to the coordinator.",
        name=desk.person.name,
    )
    yield Paragraph(made)
    if id:
        yield Paragraph(tr("That this paper was made is noted under {id}.", id=id))


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%d.%m.%Y %H:%M}"


def _photo_words(photo: Photo) -> str:
    return " · ".join(filter(None, (photo.name, photo.caption)))


def _record(holding: Holding) -> dict[str, Any]:
    return {
        "kind": holding.kind,
        "id": str(holding.id),
        "removed": holding.removed,
        "about": holding.about,
        "since": holding.since.isoformat(),
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
