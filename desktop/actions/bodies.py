"""The directory of departments, partners and competent bodies: listed, saved, and offered while in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desktop.actions import directory, records
from desktop.actions.directory import BACKWARDS
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.folding import fold, kazakh_key
from sync.person import REGION
from sync.records import KINDS
from sync.records.base import Values, field_map
from sync.records.organisation import PARTNER
from sync.records.values import Wrong, missing, typed
from sync.vocabulary import label

ORGANISATION, COMPETENT = "organisation", "competent_body"
DEPARTMENT, RESPONSIBLE = "department", "responsible"  # what fields are offered, beside PARTNER
KINDS_HERE = (ORGANISATION, COMPETENT)


@dataclass(frozen=True)
class Body:
    """One of the list."""

    id: UUID
    name: str
    sort: str  # in words; "" of a competent body
    place: str  # in words
    since: date | None
    until: date | None

    def in_force(self, on: date) -> bool:
        """Whether it is one on this day."""
        return (self.since or on) <= on <= (self.until or on)


def list_bodies(desk: Desk, kind: str, words: str = "") -> list[Body]:
    """Those that have all these words, in Kazakh order; those of earlier days last."""
    wanted, today = fold(words).split(), _today()
    found = [_body(desk, row) for row in records.list_records(desk, kind)]
    found = [
        one
        for one in found
        if all(word in fold(f"{one.name} {one.sort} {one.place}") for word in wanted)
    ]
    over = [one.until is not None and one.until < today for one in found]
    pairs = sorted(
        zip(over, found, strict=True), key=lambda pair: (pair[0], kazakh_key(pair[1].name))
    )
    return [one for _, one in pairs]


def offered(desk: Desk, sort: str) -> list[str]:
    """The names of what is in force today: partners, or all that answer for something; of who may be
    responsible, officials in office, too.

    In a district, its own and those of the region.
    """
    if sort == RESPONSIBLE:
        today = _today()
        people = [one for one in directory.list_officials(desk) if one.in_office(today)]
        named = {", ".join(part for part in (one.name, one.post) if part) for one in people}
        return sorted({*offered(desk, DEPARTMENT), *named} - {""}, key=kazakh_key)
    today, own = _today(), desk.person.district
    rows = records.list_records(desk, ORGANISATION)
    names = {
        row["name"]
        for row in rows
        if (row["sort"] == PARTNER) == (sort == PARTNER)
        and row["name"]
        and _body(desk, row).in_force(today)
        and (own == REGION or not row["territory"] or row["territory"] == own)
    }
    return sorted(names, key=kazakh_key)


def save(desk: Desk, kind: str, values: Values, id: UUID | None = None) -> list[Change]:
    """Write one down, or change an entry by what of it changes. `values` as JSON.

    Raises Wrong where a field is missing or it ends before it begins, Refused where the person may not.
    """
    known = field_map(KINDS[kind])
    row = records.show(desk, id, kind) if id is not None else {}
    whole: dict[str, Any] = {**{name: row.get(name) for name in known}, **values}
    problems = missing(KINDS[kind], whole)
    days = [_day(kind, name, whole.get(name)) for name in ("since", "until")]
    if days[0] and days[1] and days[1] < days[0]:
        problems["until"] = UserError(BACKWARDS)
    if problems:
        raise Wrong(problems)
    return records.save(desk, kind, values, id)


def districts(desk: Desk) -> list[tuple[str, str]]:
    """(code, words) of the districts that a body may be of."""
    found = [(code, one.words()) for code, one in desk.pack.districts.items()]
    return sorted(found, key=lambda pair: kazakh_key(pair[1]))


def _day(kind: str, name: str, value: object) -> date | None:
    try:
        found: object = typed(field_map(KINDS[kind])[name], value)
    except UserError:  # said by the check of the fields
        return None
    return found if isinstance(found, date) else None


def _body(desk: Desk, row: Mapping[str, Any]) -> Body:
    sort, place = row.get("sort"), row.get("territory")
    return Body(
        id=row["id"],
        name=row["name"] or "",
        sort=label("organisation_sort", sort) if sort else "",
        place=desk.pack.full_name(place) if place else "",
        since=row["since"],
        until=row["until"],
    )


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day of the place
