"""The fields of a record that its reader may not read: they do not leave the server.

Which revisions a stream has stays the same for everyone, so that laptops and server can still be
compared (`sync.tally`).
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sync.change import Change
from sync.elements import field_of
from sync.person import Person
from sync.policy import Action, may
from sync.records import KINDS
from sync.rights import private


def veiled(changes: Iterable[Change], person: Person) -> Iterator[Change]:
    """The news without other people's data where this person may not read them.

    Fields that are still JSON are read only there.
    """
    seen: dict[str, bool] = {}  # {stream: whether everything in it may be read}
    for change in changes:
        stream = change.district
        if stream not in seen:
            seen[stream] = may(person, Action.READ_PRIVATE, stream)
        hidden = frozenset() if seen[stream] else private(KINDS[change.kind])
        yield (
            msgspec.structs.replace(change, fields=_without(change, hidden)) if hidden else change
        )


def _without(change: Change, hidden: frozenset[str]) -> dict[str, Any]:
    fields: Any = change.fields
    said = msgspec.json.decode(fields) if isinstance(fields, msgspec.Raw) else fields
    kept = {name: value for name, value in said.items() if name not in hidden}
    if rivals := kept.get("conflicts"):
        kept["conflicts"] = {
            name: each for name, each in rivals.items() if field_of(name) not in hidden
        }
    return kept
