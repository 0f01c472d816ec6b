"""A record, or the reception's register of a period, leaves as a paper: Word, or PDF where it is drawn.

Before that it can be looked at, as it would be (decision 77); a printer is the path PRINTER.

Rights, purpose and note are those of every export (decision 35); why papers are so: decision 65.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from desktop.actions import records
from desktop.actions.exporting import (
    check_kind,
    check_purpose,
    exports,
    personal_fields,
)
from desktop.actions.leaving import PRINTER, leaving
from desktop.actions.linked import part_kinds
from desktop.actions.paper_kinds import has_paper
from desktop.exports.limits import check_rate, check_volume
from desktop.exports.marks import NOT_YET, new_mark
from desktop.exports.pages import Pages
from desktop.exports.training import pages_as_training
from desktop.exports.word_pages import write_docx
from desktop.file_names import tidy_name
from desktop.papers import card, inspection_report, minutes, reception_register
from desktop.papers.source import Source, Stamp, read_source, without_private
from desktop.papers.wording import number, short_day
from desktop.session import Desk
from sync.change import now
from sync.client import exported
from sync.errors import UserError
from sync.exports import Exported
from sync.language import mark, tr
from sync.person import REGION
from sync.policy import Action, may
from sync.records import KINDS
from sync.records.base import Field
from sync.records.consented import Consented
from sync.records.inspection import Inspection
from sync.records.meeting import Meeting
from sync.records.reception import Reception

FORMATS = ("docx", "pdf")
LAYOUTS: dict[
    str, Callable[[Desk, Source, Stamp], Pages]
] = {  # of kinds that have one of their own
    Meeting.kind: minutes.lay_out,
    Inspection.kind: inspection_report.lay_out,
}
TITLES = {
    Meeting.kind: mark("Minutes of a meeting"),
    Inspection.kind: mark("Inspection report"),
    "issue": mark("Issue card"),
}
REGISTER = mark("Reception register")

Draw = Callable[[Pages], bytes]
LayOut = Callable[[Stamp], tuple[Pages, int]]  # and of how many records


@dataclass(frozen=True)
class Asked:
    """In which language a paper is wanted, and whether with people's data: then a key of PURPOSES."""

    language: str
    personal: bool = False
    purpose: str = ""


def personal_in(desk: Desk, kind: str) -> tuple[Field, ...]:
    """The fields of a record and of its parts that are a person's data, and that a paper may say."""
    kinds = (kind, *part_kinds(kind))
    proof = Consented.__annotations__
    return tuple(
        one for each in kinds for one in personal_fields(desk, each) if one.name not in proof
    )


def paper(desk: Desk, id: UUID, asked: Asked, path: Path, draw: Draw) -> Exported:
    """Write the paper of a record to a .docx or, by `draw`, .pdf file; what was noted of it.

    Raises UserError where something is missing, forbidden, or cannot be written: then nothing was.
    """
    return _write(desk, *_of_record(desk, id), asked, path, draw)


def look(desk: Desk, id: UUID, asked: Asked) -> Pages:
    """The paper as it would be, to be looked at: nothing leaves, so nothing is noted.

    Raises UserError where something is missing or forbidden.
    """
    return _look(desk, *_of_record(desk, id), asked)


def register(
    desk: Desk, since: date, until: date, asked: Asked, path: Path, draw: Draw
) -> Exported:
    """The same of the reception's visitors from the first day to the last."""
    return _write(desk, *_of_period(desk, since, until), asked, path, draw)


def look_register(desk: Desk, since: date, until: date, asked: Asked) -> Pages:
    """The register as it would be. Raises UserError as `look` does."""
    return _look(desk, *_of_period(desk, since, until), asked)


def proposed_name(desk: Desk, id: UUID, language: str) -> str:
    """Under which name the paper of a record is saved, without its ending."""
    row = records.show(desk, id)
    record = KINDS[row["kind"]]
    day = row.get(record.dated_by) or row["created"].astimezone().date()
    title = tr(TITLES.get(row["kind"], record.label), language)
    return tidy_name(f"{title} {number(row)} {short_day(day)}").replace("~", "")


def register_name(since: date, until: date, language: str) -> str:
    """The same of the register."""
    return tidy_name(f"{tr(REGISTER, language)} {short_day(since)}–{short_day(until)}")


def _visitors(desk: Desk, since: date, until: date, *, personal: bool) -> list[records.Row]:
    days = Reception.received_on.between(since, until)
    by_day = (Reception.received_on, Reception.received_at, Reception.created)
    order = [column.asc() for column in by_day]
    return [
        without_private(
            row, personal=personal and may(desk.person, Action.READ_PRIVATE, row["district"])
        )
        for row in records.list_records(desk, Reception.kind, among=[days], order=order)
        if may(desk.person, Action.READ, row["district"])
    ]


def _of_record(desk: Desk, id: UUID) -> tuple[str, LayOut]:
    """The kind of a record, and how its paper is laid out."""
    kind = records.show(desk, id)["kind"]
    if not has_paper(kind):
        raise UserError(mark("There is no paper of such records."))

    def lay_out(stamp: Stamp) -> tuple[Pages, int]:
        return LAYOUTS.get(kind, card.lay_out)(desk, read_source(desk, id, stamp), stamp), 1

    return kind, lay_out


def _of_period(desk: Desk, since: date, until: date) -> tuple[str, LayOut]:
    """The same of the register."""
    check_kind(desk, Reception.kind)
    if since > until:
        raise UserError(mark("The first day must not be after the last one."))

    def lay_out(stamp: Stamp) -> tuple[Pages, int]:
        rows = _visitors(desk, since, until, personal=stamp.personal)
        return reception_register.lay_out(desk, rows, since, until, stamp), len(rows)

    return Reception.kind, lay_out


def _look(desk: Desk, kind: str, lay_out: LayOut, asked: Asked) -> Pages:
    if asked.personal:
        check_purpose(personal_in(desk, kind), asked.purpose)
    at = now()
    pages, rows = lay_out(Stamp(asked.language, NOT_YET, at, asked.personal))
    if asked.personal and rows > 1:  # no more is shown than might leave
        check_volume(exports(desk), rows, at, region=desk.person.district == REGION)
    return pages_as_training(pages) if desk.training else pages


def _write(
    desk: Desk, kind: str, lay_out: LayOut, asked: Asked, path: Path, draw: Draw
) -> Exported:
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS and path != PRINTER:
        raise UserError(mark("The name of the file must end in .docx or .pdf."))
    if not path.parent.is_dir():
        raise UserError(mark("There is no folder {folder}."), folder=path.parent)
    if asked.personal:
        check_purpose(personal_in(desk, kind), asked.purpose)
    id, at, left = new_mark(), now(), exports(desk)
    check_rate(left, at)
    pages, rows = lay_out(Stamp(asked.language, id, at, asked.personal))
    pages = pages_as_training(pages) if desk.training else pages
    if asked.personal and rows > 1:
        check_volume(left, rows, at, region=desk.person.district == REGION)
    noted = Exported(
        id=id,
        at=at.replace(microsecond=0),
        kind=kind,
        format=ending,
        rows=rows,
        personal=asked.personal,
        purpose=asked.purpose,
    )
    with leaving(path) as file:
        if ending == "docx":
            write_docx(file, pages)
        else:
            file.write(draw(pages))
        with desk.store.begin() as session:  # before the file has its name: none goes unnoted
            exported.note(session, noted)
    return noted
