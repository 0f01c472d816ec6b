"""Who wins, field by field. Pure: no session, no clock, no order but the server's revisions."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from sync import elements
from sync.change import FOLLOWS, Change, Rival
from sync.records import KINDS
from sync.records.base import SYSTEM, Values, field_map
from sync.records.consented import has_consent, kept_by_consent
from sync.threeway import merge_sets, merge_texts

Touched = tuple[int, str]  # the revision at which a field last changed, and who changed it
SEVERAL = "*"  # stands in `touched` for people who said the same and did not know of each other
BORN = ""  # stands in `touched` for the record itself: when it came, and by whom


class Standing(msgspec.Struct, kw_only=True):
    """A record as it stands on the server: all its fields, and when and by whom each changed.

    A field that stands as it came with the record is not in `touched`: see `last_touched`.
    """

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


def last_touched(standing: Standing, name: str) -> Touched | None:
    """When and by whom a field was changed last; None where it was never filled in."""
    found = standing.touched.get(name)
    if found is None and name not in SYSTEM and _is_filled(standing, name):
        return standing.touched.get(BORN)
    return found


def names(standing: Standing) -> tuple[str, ...]:
    """The fields of a record, and the elements of those that hold some."""
    return tuple(
        dict.fromkeys((*standing.fields, *elements.apart(standing.kind, standing.fields)))
    )


def _is_filled(standing: Standing, name: str) -> bool:
    return name in standing.fields or name in elements.apart(standing.kind, standing.fields)


def merge(standing: Standing, change: Change, revision: int) -> Merged:
    """Apply `change`, which becomes `revision`, to the record as it stands.

    A field that nobody else touched since the change's base is taken. Sets and long texts are
    brought together where both edits fit. The same person's later arrival overrides their earlier
    one, from whichever laptop. Anything else that two people changed is a conflict: what stands
    stays, the other value waits beside it in `conflicts`. An edit made by someone who has seen the
    conflict settles it. An edit of a record that was removed meanwhile is a conflict about that.
    Of a filled-in form each question is a field by itself, see `sync.elements`.
    Where consent ends, what was kept by it goes, whoever wrote it and when.
    """
    if not standing.revision and not change.was:
        return Merged(_first(standing, change, revision), as_sent=True)
    if not elements.holders(change.kind):
        return _merge(standing, change, revision)
    values = elements.apart(change.kind, standing.fields)
    before = msgspec.structs.replace(standing, fields=values)
    return _held_together(_merge(before, elements.said_apart(change), revision), change)


def _merge(standing: Standing, change: Change, revision: int) -> Merged:
    values, touched = dict(standing.fields), dict(standing.touched)
    conflicts: dict[str, list[Any]] = dict(values.get("conflicts") or {})
    as_sent = True
    for name, said in _said(change, values).items():
        last = last_touched(standing, name)
        when, who = last or (0, "")
        rivals = conflicts.get(name, [])
        others = _without(rivals, change.by)  # whoever says something new no longer means the old
        together = _together(change, name, values) if when > change.base else None
        value = said if together is None else together
        as_sent = as_sent and value == said
        if when <= change.base or who in (change.by, "") or together is not None:
            settled = bool(rivals) and when <= change.base
            conflicts[name] = [] if settled else others
            as_sent = as_sent and not settled  # the settling itself is news
            if settled or last is None or values.get(name) != value:
                values[name], touched[name] = value, (revision, change.by)
        elif values.get(name) != value:
            conflicts[name] = [*others, _rival(change, value)]
            touched[name] = (revision, who)
            as_sent = False
        else:  # they agree: whoever says something else from here on must know of both
            if not change.whole:  # that only repeats what was said
                touched[name] = (revision, SEVERAL)
            if others != rivals:
                conflicts[name] = others
                as_sent = False
    if _came_too_late(change, values, touched):
        _claim(change, conflicts, touched, revision)
        as_sent = False
    for name in _without_consent(change.kind, values, conflicts):
        values[name], touched[name], conflicts[name] = None, (revision, change.by), []
        as_sent = False
    values["conflicts"] = {name: rivals for name, rivals in conflicts.items() if rivals}
    repeats = change.witness and touched == standing.touched
    after = msgspec.structs.replace(
        standing,
        fields=values,
        touched=touched,
        revision=revision,
        by=standing.by if repeats else change.by,
        at=standing.at if repeats else change.at,
    )
    return Merged(after, as_sent)


def _held_together(merged: Merged, change: Change) -> Merged:
    """Elements back in the fields that hold them; one that changed is news of its field."""
    after = merged.standing
    values, touched = elements.together(after.kind, after.fields), dict(after.touched)
    for name, (when, _) in after.touched.items():
        if when == after.revision and elements.field_of(name) != name:
            touched[elements.field_of(name)] = (when, change.by)
    whole = {
        name: change.fields[name] for name in change.fields.keys() & elements.holders(after.kind)
    }
    same = all(values.get(name) == said for name, said in whole.items())
    after = msgspec.structs.replace(after, fields=values, touched=touched)
    return Merged(after, merged.as_sent and same)


def _said(change: Change, values: Values) -> Values:
    """A witness who repeats what stands says nothing, and settles no conflict about it."""
    if not change.witness:
        return change.fields
    return {name: said for name, said in change.fields.items() if values.get(name) != said}


def _first(standing: Standing, change: Change, revision: int) -> Standing:
    """A record that nobody has edited yet takes all that its first change says."""
    mine, said, touched = (revision, change.by), change.fields, dict(standing.touched)
    if touched.get(BORN) != mine:
        touched.update(dict.fromkeys(said, mine))
    elif not said.keys().isdisjoint(SYSTEM):
        touched.update(dict.fromkeys(SYSTEM & said.keys(), mine))
    return Standing(
        kind=standing.kind,
        record=standing.record,
        district=standing.district,
        parent=standing.parent,
        revision=revision,
        by=change.by,
        at=change.at,
        fields={**standing.fields, **said},
        touched=touched,
    )


def claimed_back(standing: Standing, change: Change, revision: int) -> Standing:
    """A removed record to which `change` added a part: whether it is to stay removed is asked."""
    conflicts, touched = dict(standing.fields.get("conflicts") or {}), dict(standing.touched)
    _claim(change, conflicts, touched, revision)
    fields = {**standing.fields, "conflicts": conflicts}
    return msgspec.structs.replace(standing, fields=fields, touched=touched, revision=revision)


def _came_too_late(change: Change, values: Values, touched: dict[str, Touched]) -> bool:
    """Whether the record was removed before its editor knew."""
    removed_at, remover = touched.get("removed", (0, ""))
    knew = change.base >= removed_at or (change.base == FOLLOWS and remover == change.by)
    late = bool(values.get("removed")) and not knew and "removed" not in change.fields
    return late and not change.witness  # who repeats what was said does not work on it


def _claim(
    change: Change, conflicts: dict[str, list[Any]], touched: dict[str, Touched], revision: int
) -> None:
    """The record stays removed; that somebody still works on it waits beside that."""
    conflicts["removed"] = [
        *_without(conflicts.get("removed", []), change.by),
        _rival(change, False),
    ]
    touched["removed"] = (revision, touched.get("removed", (0, ""))[1])


def _without_consent(kind: str, values: Values, conflicts: dict[str, list[Any]]) -> list[str]:
    """What may not stay, nor wait, though whoever ended the consent did not know or name it.

    Source: docs/decisions/0039-consent.md.
    """
    record = KINDS.get(kind)
    if record is None or has_consent(record, values):
        return []
    known, kept = dict.fromkeys((*values, *conflicts)), kept_by_consent(record)
    return [
        name
        for name in known
        if elements.field_of(name) in kept and (values.get(name) or conflicts.get(name))
    ]


def merged_field(kind: str, name: str) -> bool:
    """Whether two people's edits of this field are brought together: a set, a long text, answers."""
    found = field_map(KINDS[kind]).get(name) if kind in KINDS else None
    return found is not None and (found.long or found.type in (list, dict))


def _together(change: Change, name: str, values: Values) -> Any:
    """Both people's edits of a set, a long text, what repeats; None where only one can stand."""
    repeats = elements.field_of(name) != name
    if name not in change.was or not (repeats or merged_field(change.kind, name)):
        return None
    was, stands, said = change.was[name], values.get(name), change.fields[name]
    if repeats:
        some = [one or {} for one in (was, stands, said)]
        return elements.merge_instances(*some) if all(isinstance(o, dict) for o in some) else None
    if all(isinstance(one, list) for one in (was or [], stands or [], said or [])):
        return merge_sets(was or [], stands or [], said or [])
    if all(isinstance(one, str) for one in (was or "", stands or "", said or "")):
        return merge_texts(was or "", stands or "", said or "")
    return None


def _rival(change: Change, value: Any) -> Any:
    return msgspec.to_builtins(Rival(value=value, by=change.by, at=change.at, change=change.id))


def _without(rivals: list[Any], person: str) -> list[Any]:
    return [rival for rival in rivals if rival["by"] != person]
