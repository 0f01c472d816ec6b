"""A row of the laptop's tables as a change: all that is filled in of it."""

from sync.change import UNSURE, Change
from sync.records.base import SYSTEM, Part, Record, fields
from sync.records.values import plain


def as_it_stands(row: Record, by: str) -> Change | None:
    """A row as a change that tells all its fields that are filled in, and that it was removed.

    None of a bare row: nobody bears witness with one, for what is empty here is not so there.
    """
    if row.bare:
        return None
    values = plain({field.name: getattr(row, field.name) for field in fields(type(row))})
    given = {field.name for field in fields(type(row)) if field.given}
    values |= {name: value for name, value in row.unknown.items() if name not in SYSTEM}
    values["removed"] = row.removed or None
    return Change(
        kind=row.kind,
        record=row.id,
        district=row.district,
        parent=row.parent if isinstance(row, Part) else None,
        fields={n: v for n, v in values.items() if v is not None and n not in given},
        base=UNSURE,
        by=by,
    )
