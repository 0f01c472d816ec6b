"""Erasure of a person's data: what is said, what stays of a record, and who may do it.

An erasure travels as a Change whose only field is `erased`. From the person who erases it is a
reason of the vocabulary; from the server it is a Stone, and so it is when a laptop tells it again
to a server that was restored from a backup. Why so: docs/decisions/0012-erasure.md.
"""

from datetime import datetime
from typing import Any

import msgspec

from sync.change import Change
from sync.errors import Refused
from sync.language import mark
from sync.merge import Standing
from sync.person import Person
from sync.policy import Action, may
from sync.records import KINDS
from sync.records.base import Values
from sync.rights import check_place
from sync.vocabulary import choices

ERASED = "erased"  # the one field of such a change
REASONS = "erasure_reason"  # the vocabulary
TERM_ENDED = "term_ended"  # of them, the one that the server gives by itself
GONE = mark(
    "This record was erased to protect a person's data. What you wrote in it was not kept. "
    "Nothing needs to be done."
)


class Stone(msgspec.Struct, frozen=True):
    """What stays of a record beside its id, kind, district and revision. Nothing about anybody."""

    reason: str  # vocabulary erasure_reason
    by: str  # who erased it
    at: datetime  # by that laptop's clock
    seal: str = ""  # the server's: whoever has it may tell the erasure again


def erases(change: Change) -> bool:
    """Whether this change is an erasure."""
    return ERASED in change.fields


def is_erased(standing: Standing | None) -> bool:
    """Whether only a stone is left of this record."""
    return standing is not None and bool(standing.fields.get(ERASED))


def stone_of(change: Change) -> Stone:
    """The stone that an erasure leaves. Raises Refused where it is none."""
    said = change.fields[ERASED]
    try:
        if isinstance(said, str):
            return Stone(reason=said, by=change.by, at=change.at)
        return msgspec.convert(said, Stone)
    except msgspec.ValidationError:
        raise Refused(mark("Please check this.")) from None


def emptied(change: Change) -> Change:
    """That an edit was made, without anything that was said in it."""
    return msgspec.structs.replace(change, fields={}, was={})


def as_fields(stone: Stone) -> Values:
    """As it travels from the server, and from a witness."""
    said: dict[str, Any] = msgspec.to_builtins(stone)
    return {ERASED: said}


def may_erase(person: Person, district: str) -> bool:
    """Whether this person erases records of this district. Asked early, to show the command."""
    return may(person, Action.ERASE, district)


def check_erasure(
    person: Person, change: Change, standing: Standing | None, *, proven: bool
) -> Stone:
    """The stone that is to take the record's place, or Refused with the reason.

    `proven`: its seal is the server's own. Then anybody may tell it; else only who may erase.
    """
    record = KINDS.get(change.kind)
    if record is None or change.fields.keys() != {ERASED}:
        raise Refused(mark("Please check this."))
    if standing is not None and standing.kind != change.kind:
        raise Refused(mark("A record cannot become another kind of record."))
    stone = stone_of(change)
    if stone.reason not in {choice.key for choice in choices(REASONS)}:
        raise Refused(mark("Say for which of the known reasons this is erased."))
    if proven:
        return stone
    check_place(person, record, change, standing, (Action.ERASE,))
    return msgspec.structs.replace(stone, by=change.by)
