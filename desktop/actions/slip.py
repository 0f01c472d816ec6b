"""What an applicant takes home: the number of their issue or visit, and what happens next.

It says who received it and when, and nothing of what it is about or whose it is: a slip gets lost.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec

from desktop import people
from desktop.actions import records, terms
from desktop.actions.records import TAG, Row
from desktop.exports.training import TRAINING
from desktop.files import write_whole
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, named, tr
from sync.person import REGION
from sync.records import KINDS
from sync.records.issue import Issue
from sync.records.numbered import number_field

ENDED = frozenset({"answered", "closed"})  # of issue_state and reception_state
ROOM, SMALL = 60, 24  # characters of a name, and of a number, that people typed
MOST = 2  # answers that are awaited: the nearest
NO_SLIP = mark("Slips are for issues and for visits to the reception.")
NOT_DRAWN = mark(
    "The PDF could not be drawn, and nothing was written. Save it from the window instead."
)
PDF_ONLY = mark("A slip is a PDF file. Choose a name that ends in .pdf.")


Draw = Callable[["Slip"], bytes]


class Slip(msgspec.Struct, frozen=True, tag=True):
    """All that a slip says, in the applicant's language. It travels to the process that draws it."""

    title: str
    office: list[str]  # whose slip it is, a line each
    label: str  # above the number
    number: str  # or the tag that stands for it
    note: str  # where that is a tag
    code: list[bytes]  # its QR code, line by line; 1: dark
    facts: list[tuple[str, str]]
    heading: str
    following: list[str]  # what happens next
    keep: str  # what it is good for


def make_slip(desk: Desk, row: Row, language: str) -> Slip:
    """The slip of a record. Raises UserError where its kind has none."""
    record = KINDS[row["kind"]]
    field = number_field(record)
    if field is None:
        raise UserError(NO_SLIP)
    number = row[field.name] or f"~{row['id'].hex[-TAG:].upper()}"
    waits = tr(
        "The number comes with the next exchange. Until then, and later too, this is found by the "
        "short mark above.",
        language,
    )
    trained = [tr(TRAINING, language)] if desk.training else []
    return Slip(
        title=" · ".join([*trained, tr("Slip of the appeal", language)]),
        office=_office(desk, row["district"], language),
        label=tr("Registration number", language),
        number=number,
        note="" if row[field.name] else waits,
        code=qr_code(number),
        facts=[*_facts(desk, row, language)],
        heading=tr("What happens next", language),
        following=[*_following(desk, row, language)],
        keep=_keep(desk, row["district"], language),
    )


def save_slip(desk: Desk, id: UUID, language: str, path: Path, draw: Draw) -> Slip:
    """Write the slip of a record to `path` by `draw`; what it says.

    Raises UserError where the record is not here or has no slip, or the file cannot be written.
    """
    if path.suffix.casefold() != ".pdf":
        raise UserError(PDF_ONLY)
    slip = make_slip(desk, records.show(desk, id), language)
    write_whole(path, draw(slip))
    return slip


def file_name(row: Row) -> str:
    """What a slip is called where nobody names it otherwise."""
    return f"{row.get('number') or row['id'].hex[-TAG:].upper()}.pdf"


def qr_code(text: str) -> list[bytes]:
    """The code without its margin. A quarter of it may be unreadable: paper is folded."""
    import segno  # here: it takes longer to load than a slip to draw

    return [bytes(line) for line in segno.make_qr(text, error="q").matrix]


def _office(desk: Desk, district: str, language: str) -> list[str]:
    found = desk.pack.district(district) if district != REGION else None
    where = [found.words(language)] if found is not None else []
    return [named(desk.pack.names, language), *where, tr("Operative group", language)]


def _facts(desk: Desk, row: Row, language: str) -> Iterator[tuple[str, str]]:
    at = row.get("received_at")
    day = short_day(row.get("received_on"))
    if day:
        yield tr("Received on", language), f"{day} {at:%H:%M}" if at else day
    who = row.get("received_by") or people.name_of(desk, row["author"])
    yield tr("Received by", language), _cut(who)


def _following(desk: Desk, row: Row, language: str) -> Iterator[str]:
    if row.get("state") in ENDED:
        yield tr("It is closed. Ask by the number what the answer was.", language)
        return
    if row["kind"] == Issue.kind:
        yield from _of_the_issue(desk, row, language)
        due = row["due_on"]
    else:
        due = row.get("prolonged_to") or row.get("due_on")
    if due:
        yield tr("The group tells you the outcome by {day}.", language, day=short_day(due))
    else:
        yield tr("The group has set no term yet. Ask by the number.", language)


def _of_the_issue(desk: Desk, row: Row, language: str) -> Iterator[str]:
    """To whom it was handed, and when their answer is due by law."""
    body, on = row["handed_to"], row["handed_on"]
    if body and on:
        said = tr("Handed over on {day}: {body}.", language, day=short_day(on), body=_cut(body))
        if theirs := row["incoming_number"]:
            said += " " + tr("Their number: {number}.", language, number=_cut(theirs, SMALL))
        yield said
    for one in terms.clocks(desk, [row])[row["id"]].answers[:MOST]:
        day = short_day(one.due)
        if one.body and one.body != body:
            yield tr("An answer is due by {day}: {body}.", language, day=day, body=_cut(one.body))
        else:
            yield tr("Their answer is due by {day}.", language, day=day)


def _keep(desk: Desk, district: str, language: str) -> str:
    phone = desk.pack.phones.get(district) or desk.pack.phones.get("")
    if phone:
        return tr(
            "Keep this slip: by the number you are told how far it is. Phone: {phone}",
            language,
            phone=phone,
        )
    return tr("Keep this slip: by the number you are told how far it is.", language)


def short_day(day: date | None) -> str:
    """«29.11.2026»; nothing for none."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}" if day else ""


def _cut(text: str, room: int = ROOM) -> str:
    """A name that people typed, as far as a small sheet has room for it."""
    words = " ".join(text.split())
    return words if len(words) <= room else f"{words[: room - 1].rstrip()}…"
