"""A part of a record in one line: its most telling words, and what else matters. Both as it is declared."""

from datetime import date
from functools import cache

from desktop.actions.records import Row
from sync.language import tr
from sync.places import Pack
from sync.records.base import Field, Part, fields
from ui.models.record_page import Links, spell

MOST = 500  # characters of a long text: a line shows fewer, and more of them take time to measure


@cache
def telling(record: type[Part]) -> Field:
    """The field that says most: the first that must be filled in and is no day, which parts share."""
    known = fields(record)
    return next((one for one in known if one.required and one.type is not date), known[0])


@cache
def besides(record: type[Part]) -> tuple[Field, ...]:
    """What else is told: what a table of such parts would have as columns."""
    first = telling(record).name
    return tuple(one for one in fields(record) if one.listed and one.name != first)


def part_words(
    record: type[Part], row: Row, pack: Pack, links: Links | None = None
) -> tuple[str, str]:
    """Its words, and the rest of what it says; the name of its kind where it has no words yet.

    Of several days each is named: a term looks like the day on which it was kept.
    """
    words = _said(telling(record), row, pack, links)
    days = [one for one in besides(record) if one.type is date]
    rest = [
        f"{one.words()}: {said}" if one in days and len(days) > 1 else said
        for one in besides(record)
        if (said := _said(one, row, pack, links))
    ]
    return words or tr(record.label), " · ".join(rest)


def _said(field: Field, row: Row, pack: Pack, links: Links | None) -> str:
    """In one line; "" where nothing stands there. Yes and no say nothing without their field."""
    value = row.get(field.name)
    if value is None or value is False or value in ("", []):  # 0 is a number
        return ""
    if value is True:
        return field.words()
    told = value[:MOST] if isinstance(value, str) and field.long else value
    return " ".join(line.strip() for line in spell(field, told, pack, links).splitlines())
