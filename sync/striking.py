"""Striking names from history: what is struck of an edit, and when. Pure.

A consent that was withdrawn strikes what was kept by it from all that was ever said of its record:
on the server, and on laptops. Not at once: within thirty days whoever pressed by mistake takes it back.
Why so: docs/decisions/0040-striking.md.
"""

from datetime import timedelta

import msgspec

from sync.change import Change
from sync.merge import Standing, last_touched
from sync.records import KINDS
from sync.records.base import Values
from sync.records.consented import ENDED, kept_by_consent

AFTER = timedelta(days=30)  # the end of a consent, by the server's clock
CONSENTED = tuple(kind for kind, record in KINDS.items() if record.consent_field)


def names_of(kind: str) -> frozenset[str]:
    """The fields of a kind that are struck; none where it keeps nothing by consent."""
    record = KINDS.get(kind)
    return kept_by_consent(record) if record is not None else frozenset()


def ended_at(standing: Standing) -> int | None:
    """The revision by which the consent of a record ended; None where none has."""
    if standing.kind not in CONSENTED or not standing.fields.get(ENDED):
        return None
    touched = last_touched(standing, ENDED)
    return touched[0] if touched else standing.revision


def says_name(change: Change, names: frozenset[str]) -> bool:
    """Whether an edit holds a value of any of these fields; that one is empty is none."""
    return any(said.get(name) for said in (change.fields, change.was) for name in names)


def struck(change: Change, names: frozenset[str]) -> Change:
    """The edit without these fields."""
    fields, was = without(change.fields, names), without(change.was, names)
    return msgspec.structs.replace(change, fields=fields, was=was)


def without(values: Values, names: frozenset[str]) -> Values:
    """The values without these fields."""
    return {name: value for name, value in values.items() if name not in names}
