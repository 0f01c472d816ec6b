"""A field that holds a value for each question of a form: to the merge each of them is a field.

`answers` of {"/data/size": "4"} is taken apart to {"answers:/data/size": "4"}: an *element*. Conflicts
and comments name elements, too. What lies in a group that repeats is one element, of {path: value}:
its numbers mean other people once an instance is taken away, so two edits of it are brought together
only where neither adds or removes one.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from sync.change import Change
from sync.records import KINDS
from sync.records.base import Values, fields

REPEATS = "[]"  # ends the name of an element that is a repeat: no path of a question ends so
SETTLED = ""  # stands in `was` for an element that is said again: it ends a conflict


@cache
def holders(kind: str) -> tuple[str, ...]:
    """The fields of a kind that hold a value for each question."""
    record = KINDS.get(kind)
    return tuple(one.name for one in fields(record) if one.type is dict) if record else ()


def element(name: str, path: str) -> str:
    """What the answer to a question is called among fields; in a repeat, what that is called."""
    plain, repeats, _ = path.partition("[")
    return f"{name}:{plain}{REPEATS if repeats else ''}"


def field_of(name: str) -> str:
    """The field that an element is of; a field's own name stays as it is."""
    return name.partition(":")[0]


def path_of(name: str) -> str:
    """The path of an element's question, or of its repeat; of a field nothing."""
    return name.partition(":")[2].removesuffix(REPEATS)


def value_at(values: Mapping[str, Any], name: str) -> Any:
    """What stands at a field or at an element; of a repeat {path: value}."""
    holder = field_of(name)
    if holder == name:
        return values[name]
    found = {one: at for one, at in (values[holder] or {}).items() if element(holder, one) == name}
    return found if name.endswith(REPEATS) else found.get(path_of(name))


def apart(kind: str, values: Values) -> Values:
    """The fields with elements in the place of those that hold them."""
    names = holders(kind)
    if not any(name in values for name in names):
        return values
    found = {name: value for name, value in values.items() if name not in names}
    for name in names:
        found |= _elements(name, values.get(name) or {})
    return found


def together(kind: str, values: Values) -> Values:
    """The fields as they are kept: elements back in what holds them; nothing where all are empty."""
    names = holders(kind)
    found: Values = {}
    held: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        holder, colon, path = name.partition(":")
        if not colon or holder not in names:
            found[name] = value
        elif isinstance(value, dict):
            held.setdefault(holder, {}).update(value)
        else:
            held.setdefault(holder, {}).update({} if value is None else {path: value})
    return found | {name: held[name] or None for name in held}


def said_apart(change: Change) -> Change:
    """The edit with the elements that it says anew; without `was`, all that it has."""
    if not any(name in change.fields for name in holders(change.kind)):
        return change
    was, said = apart(change.kind, change.was), apart(change.kind, change.fields)
    for name in holders(change.kind):
        if name in change.fields and name in change.was:
            before, after = _of(name, was), _of(name, said)
            for one in before | after:
                if before.get(one) == after.get(one):
                    said.pop(one, None)
                else:
                    said[one] = after.get(one)
                    was[one] = before.get(one)
    return msgspec.structs.replace(change, fields=said, was=was)


def settles(change: Change) -> bool:
    """Whether the edit says an element again."""
    return any(
        SETTLED in (change.was.get(name) or {}).values()
        for name in holders(change.kind)
        if isinstance(change.was.get(name), dict)
    )


def before_settling(name: str, path: str, values: Mapping[str, str]) -> dict[str, str]:
    """What is said to have stood before an element is said again: anything but what stands."""
    one = element(name, path)
    others = {at: value for at, value in values.items() if element(name, at) != one}
    return others | {path: SETTLED}


def merge_instances(
    was: Mapping[str, str], stands: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, str] | None:
    """Two edits of what repeats; None where either adds or removes instances, or they differ."""
    if not _instances(was) == _instances(stands) == _instances(said):
        return None
    merged: dict[str, str | None] = {}
    for path in dict.fromkeys((*stands, *said)):
        before, theirs, ours = was.get(path), stands.get(path), said.get(path)
        if before not in (theirs, ours) and theirs != ours:
            return None
        merged[path] = theirs if ours == before else ours
    return {path: value for path, value in merged.items() if value is not None}


def _elements(name: str, values: Mapping[str, Any]) -> Values:
    found: Values = {}
    for path, value in values.items():
        one = element(name, path)
        if "[" in path:
            found.setdefault(one, {})[path] = value
        else:
            found[one] = value
    return found


def _of(name: str, values: Values) -> Values:
    return {one: value for one, value in values.items() if one.startswith(f"{name}:")}


def _instances(paths: Iterable[str]) -> set[str]:
    return {instance for path in paths for instance in _around(path)}


def _around(path: str) -> Iterator[str]:
    """/a/b[1]/c[2]/d → /a/b[1] and /a/b[1]/c[2]"""
    parts = path.split("]")
    for many in range(1, len(parts)):
        yield "]".join(parts[:many]) + "]"
