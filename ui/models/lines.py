"""How a record is told in one line of a list: its title, and what stands below."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.actions.records import Row
from desktop.actions.titles import said_in, tag, title
from sync.places import Pack
from sync.records import KINDS
from sync.records.numbered import number_field
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


def below(row: Row, pack: Pack) -> str:
    """Where, and of what sort: what tells two records with one title apart."""
    record = KINDS[row["kind"]]
    village = row.get("village")
    where = short_place(pack, village) if village else ""
    sort = tag(row) if number_field(record) else ""
    return " · ".join(part for part in (sort, where, said_in(row, record.told_by)) if part)


def short_place(pack: Pack, code: str) -> str:
    """Village and okrug; the district is that of the group."""
    return ", ".join(pack.full_name(code).split(", ")[:2])
