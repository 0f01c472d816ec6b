"""What a person would call a record."""

from desktop.actions.records import Row, short_tag
from sync.language import tr
from sync.records import KINDS
from sync.records.base import field_map, fields
from sync.vocabulary import label


def title(row: Row) -> str:
    """The first line of what names it; its kind where it has no words yet."""
    record = KINDS[row["kind"]]
    said = said_in(row, record.named_by) if record.named_by else _first_text(row)
    first = next((part.strip() for part in said.splitlines() if part.strip()), "")
    if not first and row.get("bare"):
        return " · ".join(
            part for part in (tr(record.label), said_in(row, record.told_by)) if part
        )
    return first or tr(record.untitled or record.label)


def tag(row: Row) -> str:
    """The number of an issue; until the server gives one, a short tag of this record."""
    return str(row.get("number") or short_tag(row["id"]))


def said_in(row: Row, name: str) -> str:
    """What stands in a field, in words; "" where it is empty, or no field."""
    value, field = row.get(name), field_map(KINDS[row["kind"]]).get(name)
    if not value or field is None:
        return ""
    return label(field.choices, value) if field.choices else str(value)


def _first_text(row: Row) -> str:
    """In words: a choice by its label; a place or a link is none."""
    known = fields(KINDS[row["kind"]])
    texts = (one.name for one in known if one.type is str and not (one.place or one.link))
    return next(filter(None, (said_in(row, name) for name in texts)), "")
