"""The fields of a kind as its form has them: under headings, in rows. Their declaration says it."""

from datetime import date

from sync.records.base import Field, Record, Values, fields
from sync.records.consented import Consented, tells_of_person

Section = tuple[
    str, tuple[tuple[str, ...], ...]
]  # heading, rows of fields that stand side by side


def beginning(record: type[Record], today: date) -> Values:
    """What a new record begins with, so that it need not be typed: JSON values."""
    day = {record.dated_by: today.isoformat()} if record.dated_by else {}
    return {**day, **record.begins}


def sections(record: type[Record]) -> tuple[Section, ...]:
    """The sections of a kind's form, in the order of its declaration; fields that are asked for
    elsewhere are left out.

    How consent was given is asked before the first field that is kept by it.
    """
    shared = Consented.__annotations__
    consent = [one for one in fields(record) if one.name in shared]
    found: list[tuple[str, list[tuple[str, ...]]]] = []
    for field in [one for one in fields(record) if one.name not in shared]:
        if field.under or not found:
            found.append((field.under, []))
        if tells_of_person(field):
            _put(found[-1][1], consent)
            consent = []
        if not field.apart:
            _put(found[-1][1], [field])
    return tuple((heading, tuple(rows)) for heading, rows in found)


def _put(rows: list[tuple[str, ...]], more: list[Field]) -> None:
    for field in more:
        if field.beside and rows:
            rows[-1] += (field.name,)
        else:
            rows.append((field.name,))
