"""Records leave the program as a table: what a person may read, noted before the file is there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from desktop.actions.exporting_open import OPEN, endings, write_open
from desktop.actions.leaving import leaving
from desktop.actions.listing import ALL, CONFLICT, UNSENT, Wish, read_listing, read_rows
from desktop.actions.records import TAG, Row
from desktop.exports.limits import check_rate, check_volume
from desktop.exports.marks import fits, new_mark, stamped
from desktop.exports.tables import Cell, Column, Table, Tell, Written, write_csv, write_xlsx
from desktop.exports.training import about_training, as_training
from desktop.exports.whose import Found
from desktop.session import Desk
from sync.change import now
from sync.client import exported
from sync.client.quiet import emptied
from sync.errors import Refused, UserError
from sync.exports import FIGURES, HELD, OVERDUE, PURPOSES, RATINGS, Exported
from sync.language import mark, tr, trn
from sync.person import REGION
from sync.policy import Action, Place, may, reach
from sync.records import KINDS
from sync.records.base import Field, Part, Record, Reviewed, fields
from sync.records.filled_form import FilledForm
from sync.vocabulary import choices, label

FORMATS = ("xlsx", "csv")  # tables; others: exporting_open.OPEN
PAGE = 500  # records that are read together
OTHERS = {
    UNSENT: mark("Waits"),
    CONFLICT: mark("Two versions"),
}  # filters that are no review state
# Parts mean nothing without their records, and a form is a file of its own.
KINDS_OUT = tuple(
    kind for kind, record in KINDS.items() if not issubclass(record, Part) and kind != "form"
)
DISTRICT, REVIEW, RECORDED, EXPORT = (
    mark("District"),
    mark("Review"),
    mark("Recorded"),
    mark("Export"),
)
ENDING = mark("The name of the file must end in one of: {endings}.")
NOT_HERE = mark("(on the server)")
ABOUT = mark("What is held about a person")
RATED = mark("Ratings of a survey wave")
COUNTED = mark("Figures of a report")
LATE = mark("What is late")
PROFILE, WHOLE = "profile", mark("All records")


@dataclass(frozen=True)
class Wanted:
    """One export that somebody asks for. `purpose`: a key of PURPOSES, needed with `personal`."""

    kind: str
    wish: Wish = field(default_factory=Wish)
    personal: bool = False
    purpose: str = ""


def check_kind(desk: Desk, kind: str) -> None:
    """Raise Refused, in words, where this person reads no records of the kind."""
    if not reach(desk.person.role, Action.READ) & _places(KINDS[kind]):
        raise Refused(mark("Your role does not read these records, so it cannot export them."))


def personal_fields(desk: Desk, kind: str) -> tuple[Field, ...]:
    """The fields that are a person's data, as far as this person may ever read them."""
    record = KINDS[kind]
    if not reach(desk.person.role, Action.READ_PRIVATE) & _places(record):
        return ()
    return tuple(one for one in fields(record) if one.private)


def export(desk: Desk, wanted: Wanted, path: Path, tell: Tell = lambda *_: None) -> Exported:
    """Write the records of a list, in its order, to an .xlsx or .csv file; what was noted of it.

    Raises UserError where something is missing, forbidden, or cannot be written: then nothing was.
    """
    check_kind(desk, wanted.kind)
    ending = path.suffix.lower().removeprefix(".")
    if ending not in (can := (*FORMATS, *endings(wanted.kind))):
        raise UserError(ENDING, endings=", ".join(f".{one}" for one in can))
    if not path.parent.is_dir():
        raise UserError(mark("There is no folder {folder}."), folder=path.parent)
    if wanted.personal:
        check_purpose(personal_fields(desk, wanted.kind), wanted.purpose)
    listing = read_listing(desk, wanted.kind, wanted.wish)
    assert listing is not None  # it is wanted as long as this runs
    id, at = new_mark(), now()
    left = exports(desk)
    check_rate(left, at)
    if wanted.personal:
        region = desk.person.district == REGION
        check_volume(left, len(listing.ids), at, region=region)
    table = _table(desk, wanted, listing.ids, id, at)
    table = as_training(table) if desk.training else table
    with leaving(path) as file:
        if ending in OPEN:
            written = _write_open(file, ending, desk, wanted, listing.ids, table, tell)
        else:
            written = _write(file, table, ending, tell, path.parent)
        noted = Exported(
            id=id,
            at=at.replace(microsecond=0),
            kind=wanted.kind,
            format=ending,
            rows=written.rows,
            personal=wanted.personal,
            purpose=wanted.purpose,
            state=wanted.wish.state,
            searched=bool(wanted.wish.words.strip()),
        )
        with desk.store.begin() as session:  # before the file has its name: none goes unnoted
            exported.note(session, noted)
    return noted


def exports(desk: Desk) -> list[Exported]:
    """What left this laptop, the newest first."""
    with desk.store() as session:
        return exported.kept(session)[::-1]


def kind_words(one: Exported) -> str:
    """What was taken out, in words."""
    named = {HELD: ABOUT, RATINGS: RATED, FIGURES: COUNTED, OVERDUE: LATE, PROFILE: WHOLE}
    return tr(named[one.kind] if one.kind in named else KINDS[one.kind].label)


def known_among(desk: Desk, found: Found) -> list[Exported]:
    """The exports of this laptop that these marks tell of."""
    told = found.written | found.seconds
    return [one for one in exports(desk) if any(fits(one.id, each) for each in told)]


def check_purpose(personal: Sequence[Field], purpose: str) -> None:
    """Raise UserError where people's data are wanted: none of it is there, or no purpose is said."""
    if not personal:
        raise Refused(mark("There are no personal data in these records that your role may read."))
    if purpose not in {choice.key for choice in choices(PURPOSES)}:
        raise UserError(mark("Say what the personal data are taken out for."))


def _write(file: IO[bytes], table: Table, ending: str, tell: Tell, beside: Path) -> Written:
    if ending == "csv":
        return write_csv(file, table, tell)
    return write_xlsx(file, table, tell, beside)


def _write_open(
    file: IO[bytes],
    ending: str,
    desk: Desk,
    wanted: Wanted,
    ids: Sequence[str],
    table: Table,
    tell: Tell,
) -> Written:
    """The same records as the table has, with what its cover says."""
    written, at = Written(), now()
    shown = [
        *_shown(wanted.kind),
        *(personal_fields(desk, wanted.kind) if wanted.personal else ()),
    ]

    def rows() -> Iterator[Row]:
        for row in _read(desk, wanted.kind, ids):
            if written.rows % PAGE == 0:
                tell(written.rows, len(ids))
            written.rows += 1
            yield row

    about = {
        "format": "dala-list",
        "version": 1,
        "export": table.mark,
        "kind": wanted.kind,
        "made": at.replace(microsecond=0),
        "by": desk.person.id,
        "filter": filter_words(wanted.wish),
        "personal": wanted.personal,
        "left_out": [one.name for one in fields(KINDS[wanted.kind]) if one not in shown],
        **(about_training() if desk.training else {}),
    }
    write_open(file, ending, desk, wanted.kind, rows(), shown, about, at)
    return written


def _shown(kind: str) -> list[Field]:
    """The fields that a list leaves with, but for a person's data."""
    return [one for one in fields(KINDS[kind]) if one.listed and not one.private and not one.link]


def _places(record: type[Record]) -> frozenset[Place]:
    return frozenset({Place.REGION} if record.regional else {Place.OWN, Place.OTHER})


def _table(desk: Desk, wanted: Wanted, ids: Sequence[str], id: str, at: datetime) -> Table:
    record = KINDS[wanted.kind]
    shown = _shown(wanted.kind)
    personal = list(personal_fields(desk, wanted.kind)) if wanted.personal else []
    asked = None
    if record is FilledForm:  # here: what reads forms is no small thing
        from desktop.exports.answer_columns import AnswerColumns

        asked = AnswerColumns(desk, ids, personal=wanted.personal)
    own = [one for one in personal if one.type is not dict]  # answers have columns of their own
    columns = [Column(one.words(), _width(one)) for one in (*shown, *own)]
    columns += asked.columns() if asked is not None else []
    if not record.regional:
        columns.append(Column(tr(DISTRICT), 20))
    if issubclass(record, Reviewed):
        columns.append(Column(tr(REVIEW), 16))
    columns += [Column(tr(RECORDED), 17), Column(tr(EXPORT), 16)]
    bare: list[str] = []  # ids of records whose words are not here
    gone = emptied(record)
    span: list[datetime] = []  # the first and the last moment that a record was made

    def rows() -> Iterator[list[Cell]]:
        for row in _read(desk, wanted.kind, ids):
            made = row["created"].astimezone().replace(tzinfo=None)
            lacking = [one for one in (*shown, *own) if row["bare"] and one.name in gone]
            bare.extend([row["id"].hex] if lacking else [])
            span[:] = [min([*span[:1], made]), max([*span[1:], made])]
            yield [
                *(tr(NOT_HERE) if one in lacking else _cell(desk, one, row) for one in shown),
                *(_private(desk, one, row, lacking) for one in own),
                *(asked.cells(row, tr(NOT_HERE)) if asked is not None else ()),
                *([] if record.regional else [desk.pack.full_name(row["district"])]),
                *([label("review_state", row["review"])] if issubclass(record, Reviewed) else []),
                stamped(made, id),
                id,
            ]

    def cover(written: Written) -> list[tuple[str, Cell]]:
        return list(_cover(desk, wanted, personal, written, span, len(bare), id, at))

    when = at.astimezone().strftime("%d.%m.%Y %H:%M")
    return Table(
        title=tr(record.label),
        columns=columns,
        rows=rows(),
        count=len(ids),
        footer=f"{desk.person.name} · {when} · {id}",
        mark=id,
        cover=cover,
    )


def _read(desk: Desk, kind: str, ids: Sequence[str]) -> Iterator[Row]:
    """The records in their order, without those that this person may not read."""
    for start in range(0, len(ids), PAGE):
        for row in read_rows(desk, kind, ids[start : start + PAGE]):
            if may(desk.person, Action.READ, row["district"]):
                yield row


def _private(desk: Desk, field: Field, row: Row, lacking: Collection[Field]) -> Cell:
    if not may(desk.person, Action.READ_PRIVATE, row["district"]):
        return None
    if field in lacking:
        return tr(NOT_HERE)
    return _cell(desk, field, row)


def _cell(desk: Desk, field: Field, row: Row) -> Cell:
    """A value in words, or as what a spreadsheet reckons with."""
    value: Any = row[field.name]
    if field.given and not value:
        return f"~{row['id'].hex[-TAG:]}"  # as lists show it until the server gives a number
    if value is None:
        return None
    if isinstance(value, list):
        return ", ".join(str(_words(desk, field, one)) for one in value)
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, datetime):
        return value.astimezone().replace(tzinfo=None)
    return value if isinstance(value, int | float | date | time) else _words(desk, field, value)


def _words(desk: Desk, field: Field, value: str) -> str:
    if field.place:
        return desk.pack.full_name(value)
    return label(field.choices, value) if field.choices else value


def _width(field: Field) -> int:
    return 50 if field.long else 30 if field.place else 12 if field.type is date else 20


def _cover(
    desk: Desk,
    wanted: Wanted,
    personal: Sequence[Field],
    written: Written,
    span: Sequence[datetime],
    bare: int,
    id: str,
    at: datetime,
) -> Iterator[tuple[str, Cell]]:
    yield tr("Records"), tr(KINDS[wanted.kind].label)
    yield tr("Filter"), filter_words(wanted.wish)
    yield tr("Rows"), written.rows
    yield tr("Recorded"), " – ".join(f"{one:%d.%m.%Y}" for one in span) or None
    yield tr("Exported by"), f"{desk.person.name} ({desk.person.id})"
    yield tr("Role"), label("role", desk.person.role)
    if desk.person.district != REGION:
        yield tr("District"), desk.pack.full_name(desk.person.district)
    yield tr("Exported at"), at.astimezone().replace(tzinfo=None, second=0, microsecond=0)
    yield tr("Export"), id
    if personal:
        yield tr("Personal data"), ", ".join(one.words() for one in personal)
        yield tr("Taken out for"), label(PURPOSES, wanted.purpose)
    else:
        yield tr("Personal data"), tr("None were asked for. Texts may still name people.")
    out = [
        one for one in fields(KINDS[wanted.kind]) if one not in (*_shown(wanted.kind), *personal)
    ]
    if out:
        yield tr("Left out"), ", ".join(one.words() for one in out)
    if bare:
        names = ", ".join(
            one.words()
            for one in fields(KINDS[wanted.kind])
            if one.name in emptied(KINDS[wanted.kind]) and (one in personal or not one.private)
        )
        words = trn(
            "{n} row lacks words that are on the server alone: {names}. Open the record first.",
            "{n} rows lack words that are on the server alone: {names}. Open the records first.",
            bare,
            names=names,
        )
        yield tr("Not here"), words
    if n := written.cut:
        words = trn("{n} text was too long for a cell and is cut", "{n} texts are cut", n)
        yield tr("Cut"), words
    yield (
        tr("To know"),
        tr(
            "This export is noted under its number. Moments are right to the minute. The file is "
            "not encrypted: keep it where others do not look, and delete it when it has served."
        ),
    )


def filter_words(wish: Wish) -> str:
    """What a list shows, in words."""
    state = wish.state
    said = tr("All") if state == ALL else tr(OTHERS.get(state, "")) or label("review_state", state)
    return f"{said}, “{wish.words.strip()}”" if wish.words.strip() else said
