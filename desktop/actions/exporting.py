"""Records leave the program as a table: what a person may read, noted before the file is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desktop.actions.exporting_open import OPEN, endings, write_open
from desktop.actions.exporting_table import PAGE, Asked, lay_out, read_allowed
from desktop.actions.leaving import leaving
from desktop.actions.listing import ALL, CONFLICT, UNSENT, Wish, read_listing
from desktop.actions.records import Row
from desktop.exports.limits import check_rate, check_volume
from desktop.exports.marks import fits, new_mark
from desktop.exports.tables import Table, Tell, Written, write_csv, write_xlsx
from desktop.exports.training import about_training, as_training
from desktop.exports.whose import Found
from desktop.session import Desk
from sync.change import now
from sync.client import exported
from sync.errors import Refused, UserError
from sync.exports import FIGURES, HELD, OVERDUE, PURPOSES, RATINGS, Exported
from sync.language import mark, quoted, tr
from sync.person import REGION
from sync.policy import Action, Place, reach
from sync.records import KINDS
from sync.records.base import Field, Part, Record, fields
from sync.vocabulary import choices, label

FORMATS = ("xlsx", "csv")  # tables; others: exporting_open.OPEN
OTHERS = {
    UNSENT: mark("Waits"),
    CONFLICT: mark("Two versions"),
}  # filters that are no review state
# Parts mean nothing without their records, and a form is a file of its own.
KINDS_OUT = tuple(
    kind for kind, record in KINDS.items() if not issubclass(record, Part) and kind != "form"
)
ENDING = mark("The name of the file must end in one of: {endings}.")
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
    asked = Asked(
        kind=wanted.kind,
        ids=listing.ids,
        shown=_shown(wanted.kind),
        personal=personal_fields(desk, wanted.kind) if wanted.personal else (),
        with_answers=wanted.personal,
        purpose=wanted.purpose,
        filter=filter_words(wanted.wish),
        id=id,
        at=at,
    )
    table = lay_out(desk, asked)
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
        for row in read_allowed(desk, wanted.kind, ids):
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


def filter_words(wish: Wish) -> str:
    """What a list shows, in words."""
    state = wish.state
    said = tr("All") if state == ALL else tr(OTHERS.get(state, "")) or label("review_state", state)
    return f"{said}, {quoted(wish.words.strip())}" if wish.words.strip() else said
