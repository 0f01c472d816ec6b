"""How a record is told in one line of a list: its title, what stands below, and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desktop.actions.records import Row
from sync.folding import fold
from sync.language import mark, spoken, tr
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import fields
from sync.vocabulary import label

UNTITLED = {
    "meeting": mark("Meeting without a subject"),
    "issue": mark("Issue without words yet"),
    "visit": mark("Visit"),
}
DATES = {"meeting": "held_on", "issue": "received_on", "visit": "visited_on"}


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
    found_by: str  # folded; not shown


class Teller:
    """Tells rows, and tells again only those that changed: most of a long list did not."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._told: dict[UUID, tuple[Any, Line]] = {}

    def lines(self, rows: list[Row]) -> list[Line]:
        """The lines of rows, in their order. Call it on one thread only."""
        return [self._line(row) for row in rows]

    def _line(self, row: Row) -> Line:
        state = (spoken(), row["edited"], row["revision"], row["unsent"], bool(row["conflicts"]))
        before = self._told.get(row["id"])
        if before is None or before[0] != state:
            before = self._told[row["id"]] = (state, line(row, self._pack))
        return before[1]


def line(row: Row, pack: Pack) -> Line:
    """Tell one row of desktop.actions.records."""
    return Line(
        id=row["id"],
        title=title(row),
        below=below(row, pack),
        when=row.get(DATES.get(row["kind"], "")),
        review=row["review"] or "",
        unsent=row["unsent"],
        conflict=bool(row["conflicts"]),
        found_by=found_by(row, pack),
    )


def tag(row: Row) -> str:
    """The number of an issue; until the server gives one, a short tag of this record."""
    return str(row.get("number") or f"~{row['id'].hex[:5].upper()}")


def title(row: Row) -> str:
    """What a person would call this record."""
    said = _TITLES.get(row["kind"], _first_text)(row)
    first = next((part.strip() for part in said.splitlines() if part.strip()), "")
    return first or tr(UNTITLED.get(row["kind"], KINDS[row["kind"]].label))


def below(row: Row, pack: Pack) -> str:
    """Where, and of what sort: what tells two records with one title apart."""
    village = row.get("village")
    where = short_place(pack, village) if village else ""
    sort = tag(row) if row["kind"] == "issue" else ""
    return " · ".join(part for part in (sort, where, _sort(row)) if part)


def found_by(row: Row, pack: Pack) -> str:
    """Everything on the record that a person may remember, folded for search."""
    words = [tag(row)]
    for field in fields(KINDS[row["kind"]]):
        value = row[field.name]
        if not value or field.link:
            continue
        if field.place:
            words.append(pack.full_name(value))
        elif field.choices:
            words.append(label(field.choices, value))
        elif field.type is str:
            words.append(value)
        elif field.type is date:
            words.append(value.strftime("%d.%m.%Y"))
    return fold("\n".join(words))


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
}
