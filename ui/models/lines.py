"""How a record is told in one line of a list: its title, and what stands below."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.actions.records import TAG, Row
from sync.language import tr
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import field_map, fields
from sync.vocabulary import label
from ui.deadlines import Deadline


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
        when=row.get(KINDS[row["kind"]].dated_by),
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
    record = KINDS[row["kind"]]
    said = said_in(row, record.named_by) if record.named_by else _first_text(row)
    first = next((part.strip() for part in said.splitlines() if part.strip()), "")
    if not first and row.get("bare"):
        return " · ".join(
            part for part in (tr(record.label), said_in(row, record.told_by)) if part
        )
    return first or tr(record.untitled or record.label)


def below(row: Row, pack: Pack) -> str:
    """Where, and of what sort: what tells two records with one title apart."""
    record = KINDS[row["kind"]]
    village = row.get("village")
    where = short_place(pack, village) if village else ""
    sort = tag(row) if row["kind"] == "issue" else ""
    return " · ".join(part for part in (sort, where, said_in(row, record.told_by)) if part)


def short_place(pack: Pack, code: str) -> str:
    """Village and okrug; the district is that of the group."""
    return ", ".join(pack.full_name(code).split(", ")[:2])


def _first_text(row: Row) -> str:
    names = (field.name for field in fields(KINDS[row["kind"]]) if field.type is str)
    return next((row[name] for name in names if row[name]), "")


def said_in(row: Row, name: str) -> str:
    """What stands in a field, in words; "" where it is empty, or no field."""
    value, field = row.get(name), field_map(KINDS[row["kind"]]).get(name)
    if not value or field is None:
        return ""
    return label(field.choices, value) if field.choices else str(value)
