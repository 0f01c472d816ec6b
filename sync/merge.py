"""Who wins, field by field. Pure: no session, no clock, no order but the server's revisions."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from sync.change import Change, Rival
from sync.records.base import Values

Touched = tuple[int, str]  # the revision at which a field last changed, and who changed it


class Standing(msgspec.Struct, kw_only=True):
    """A record as it stands on the server: all its fields, and when and by whom each changed."""

    kind: str
    record: UUID
    district: str
    parent: UUID | None = None
    revision: int = 0
    by: str = ""
    at: datetime | None = None
    fields: Values
    touched: dict[str, Touched]


class Merged(msgspec.Struct, frozen=True):
    """The record after a change, and whether it is more or less than what the change said."""

    standing: Standing
    as_sent: bool  # False: the laptop that sent it must be told how the record stands


def merge(standing: Standing, change: Change, revision: int) -> Merged:
    """Apply `change`, which becomes `revision`, to the record as it stands.

    A field that nobody else touched since the change's base is taken. The same person's later
    arrival overrides their earlier one, from whichever laptop. Anything else that two people
    changed is a conflict: what stands stays, the other value waits beside it in `conflicts`.
    An edit made by someone who has seen the conflict settles it.
    """
    values, touched = dict(standing.fields), dict(standing.touched)
    conflicts: dict[str, list[Any]] = dict(values.get("conflicts") or {})
    as_sent = True
    for name, value in change.fields.items():
        when, who = touched.get(name, (0, ""))
        rivals = conflicts.get(name, [])
        others = _without(rivals, change.by)  # whoever says something new no longer means the old
        if when <= change.base or who in (change.by, ""):
            settled = bool(rivals) and when <= change.base
            conflicts[name] = [] if settled else others
            as_sent = as_sent and not settled  # the settling itself is news
            if settled or values.get(name) != value or name not in touched:
                values[name], touched[name] = value, (revision, change.by)
        elif values.get(name) != value:
            rival = Rival(value=value, by=change.by, at=change.at, change=change.id)
            conflicts[name] = [*others, msgspec.to_builtins(rival)]
            touched[name] = (revision, who)
            as_sent = False
        elif others != rivals:  # they agree by now
            conflicts[name], touched[name] = others, (revision, who)
            as_sent = False
    values["conflicts"] = {name: rivals for name, rivals in conflicts.items() if rivals}
    after = msgspec.structs.replace(
        standing,
        fields=values,
        touched=touched,
        revision=revision,
        by=change.by,
        at=change.at,
    )
    return Merged(after, as_sent)


def _without(rivals: list[Any], person: str) -> list[Any]:
    return [rival for rival in rivals if rival["by"] != person]
