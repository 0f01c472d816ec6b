"""Which records name another one: a link is kept in one of the two, and shown at both."""

from functools import cache
from uuid import UUID

from desktop.actions.records import Row, list_records
from desktop.session import Desk
from sync.records import KINDS
from sync.records.base import Part, Values, field_map, fields
from sync.records.values import plain
from sync.rights import private


@cache
def linking_kinds(kind: str) -> tuple[tuple[str, str], ...]:
    """The kinds whose records may name one of this kind, each with the field that does."""
    return tuple(
        (other, field.name)
        for other, record in KINDS.items()
        if not (issubclass(record, Part) or record.regional)
        for field in fields(record)
        if field.link == kind
    )


@cache
def part_kinds(kind: str) -> tuple[str, ...]:
    """The kinds that belong only to this kind, in the order of their declaration."""
    return tuple(
        name
        for name, record in KINDS.items()
        if issubclass(record, Part) and kind in record.parents
    )


def linked_to(desk: Desk, kind: str, id: UUID, most: int = 200) -> list[Row]:
    """The records on this laptop that name this one, of each kind the newest first, `most` of each."""
    return [
        row
        for other, name in linking_kinds(kind)
        for row in list_records(desk, other, {name: str(id)}, limit=most)
    ]


def begun_from(row: Row, kind: str) -> Values:
    """The first values of a record of another kind that one gives rise to, as JSON.

    Its link, and what both declare alike: place, kind of appeal, essence. Nobody's own data: that
    needs a consent of its own.
    """
    source, target = KINDS[row["kind"]], KINDS[kind]
    link = dict(linking_kinds(row["kind"]))[kind]
    kept = private(source) | private(target) | {link}
    known = field_map(source)
    same = {
        field.name: row[field.name]
        for field in fields(target)
        if field.name in known
        and field.name not in kept
        and not (field.live or known[field.name].live or field.given or field.link)
        and (known[field.name].type, known[field.name].choices) == (field.type, field.choices)
        and row.get(field.name) not in (None, "")
    }
    return {link: str(row["id"]), **plain(same)}
