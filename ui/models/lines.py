"""How a record is told in one line of a list: its title, and what stands below."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.actions.records import TAG, Row
from sync.language import mark, tr
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import fields
from sync.vocabulary import label
from ui.deadlines import Deadline

UNTITLED = {
    "meeting": mark("Meeting without a subject"),
    "issue": mark("Issue without words yet"),
    "visit": mark("Visit"),
    "filled_form": mark("Form that is not chosen yet"),
}
DATES = {
    "meeting": "held_on",
    "issue": "received_on",
    "visit": "visited_on",
    "filled_form": "filled_on",
}


@dataclass(frozen=True)
class Line:
    """One row of a list, in the language spoken when it was made."""

    id: UUID
    title: str
    below: str
    when: date | None
    review: str  # a ReviewState, or "" for kinds that have none
    unsent: bool
    conflict: bool
    bare: bool = False  # its words are on the server
    term: Deadline | None = None  # of an issue: the nearest day of its clocks


def lines(
    rows: Iterable[Row], pack: Pack, terms: Mapping[UUID, Deadline] | None = None
) -> list[Line]:
    """The lines of rows, in their order. `terms`: of issues, by id."""
    return [line(row, pack, (terms or {}).get(row["id"])) for row in rows]


def line(row: Row, pack: Pack, term: Deadline | None = None) -> Line:
    """Tell one row of desktop.actions.records."""
    return Line(
        id=row["id"],
        title=title(row),
        below=below(row, pack),
        when=row.get(DATES.get(row["kind"], "")),
        review=row["review"] or "",
        unsent=row["unsent"],
        conflict=bool(row["conflicts"]),
        bare=bool(row.get("bare")),
        term=term,
    )


def tag(row: Row) -> str:
    """The number of an issue; until the server gives one, a short tag of this record."""
    return str(row.get("number") or f"~{row['id'].hex[-TAG:].upper()}")


def title(row: Row) -> str:
    """What a person would call this record."""
    said = _TITLES.get(row["kind"], _first_text)(row)
    first = next((part.strip() for part in said.splitlines() if part.strip()), "")
    kind = row["kind"]
    if not first and row.get("bare"):
        return " · ".join(part for part in (tr(KINDS[kind].label), _sort(row)) if part)
    return first or tr(UNTITLED.get(kind, KINDS[kind].label))


def below(row: Row, pack: Pack) -> str:
    """Where, and of what sort: what tells two records with one title apart."""
    village = row.get("village")
    where = short_place(pack, village) if village else ""
    sort = tag(row) if row["kind"] == "issue" else ""
    return " · ".join(part for part in (sort, where, _sort(row)) if part)


def short_place(pack: Pack, code: str) -> str:
    """Village and okrug; the district is that of the group."""
    return ", ".join(pack.full_name(code).split(", ")[:2])


def _first_text(row: Row) -> str:
    names = (field.name for field in fields(KINDS[row["kind"]]) if field.type is str)
    return next((row[name] for name in names if row[name]), "")


def _sort(row: Row) -> str:
    names = {"meeting": "type", "issue": "category"}
    declared = {field.name: field for field in fields(KINDS[row["kind"]])}
    field = declared.get(names.get(row["kind"], ""))
    return label(field.choices, row[field.name]) if field and row[field.name] else ""


_TITLES: dict[str, Callable[[Row], str]] = {
    "meeting": lambda row: row["title"] or "",
    "issue": lambda row: row["essence"] or "",
    "visit": lambda row: label("visit_topic", row["topic"]) if row["topic"] else "",
    "filled_form": lambda row: row["title"] or "",
}
