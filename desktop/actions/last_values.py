"""Fields whose next new record begins with what the last one said: chosen one by one, until midnight.

Kept in the encrypted file of this laptop. Never a person's data, nor an answer of a survey.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

import msgspec

from desktop.actions import drafts
from desktop.session import Desk
from sync.records import KINDS
from sync.records.base import Field, Record, Values, fields
from sync.records.filled_form import FilledForm

PINNED = "last"  # where it is kept


@dataclass(frozen=True)
class Last:
    """Which fields of a kind are pinned, and what they begin with today, as JSON."""

    pinned: frozenset[str] = frozenset()
    values: Values = field(default_factory=dict)


def pinnable(record: type[Record]) -> frozenset[str]:
    """The fields that may be pinned: none that tells of a person, names the record or is a story."""
    if record is FilledForm:
        return frozenset()
    return frozenset(one.name for one in fields(record) if _may(record, one))


def recall(desk: Desk, kind: str, today: date) -> Last:
    """What is pinned; values of another day are forgotten, also in the file."""
    kept = drafts.recall(desk, _key(kind)) or {}
    pinned = frozenset(kept.get("pinned", ())) & pinnable(KINDS[kind])
    values = {name: said for name, said in kept.get("values", {}).items() if name in pinned}
    if kept.get("day") == today.isoformat():
        return Last(pinned, values)
    if values:
        _keep(desk, kind, pinned, {}, today)
    return Last(pinned)


def pin(desk: Desk, kind: str, name: str, value: object, today: date) -> Last:
    """From now on new records begin with this value of a field; with what is said next if None."""
    last = recall(desk, kind, today)
    if name not in pinnable(KINDS[kind]):
        return last
    values = {**last.values, name: value} if value is not None else last.values
    return _keep(desk, kind, {*last.pinned, name}, values, today)


def unpin(desk: Desk, kind: str, name: str, today: date) -> Last:
    """They begin without it again."""
    last = recall(desk, kind, today)
    values = {one: said for one, said in last.values.items() if one != name}
    return _keep(desk, kind, last.pinned - {name}, values, today)


def note(desk: Desk, kind: str, values: Values, today: date) -> None:
    """A new record was saved with these values."""
    last = recall(desk, kind, today)
    if last.pinned:
        said = {name: values[name] for name in last.pinned if values.get(name) is not None}
        _keep(desk, kind, last.pinned, said, today)


def _keep(desk: Desk, kind: str, pinned: Collection[str], values: Values, today: date) -> Last:
    plain: Values = msgspec.to_builtins(values)
    body = {"pinned": sorted(pinned), "values": plain, "day": today.isoformat()}
    drafts.keep(desk, _key(kind), body)
    return Last(frozenset(pinned), plain)


def _may(record: type[Record], one: Field) -> bool:
    named = one.name in (record.named_by, record.dated_by)
    closed = one.private or one.long or one.given or one.apart or one.live or bool(one.check)
    return not (named or closed) and one.type not in (list, dict)


def _key(kind: str) -> str:
    return f"{PINNED}:{kind}"
