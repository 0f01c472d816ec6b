"""Edits that came after their person had left the district: they wait for whoever decides there.

The reply to a sync names the mark of those that wait, where the laptop knows another one; only then
does it ask for them.

GET  /v1/late          → those of the districts that one decides about
POST /v1/late/<change> ← {"take": true}: written into the record as its author's; false: dropped
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import msgspec

from sync.change import Change
from sync.language import mark
from sync.person import REGION, Person
from sync.policy import Action, may
from sync.records import KINDS

HELD = mark(
    "You no longer work in this district. Your edit waits on the server: its leader or the "
    "coordinator decides whether it is taken."
)


class Late(msgspec.Struct, frozen=True):
    """An edit that waits on the server, as it was sent, and when it came by the server's clock."""

    change: Change
    received: datetime


class Verdict(msgspec.Struct, frozen=True):
    """What is to become of it."""

    take: bool


def mark_of(edits: Iterable[UUID]) -> str:
    """What stands for these edits, by the ids of their changes; "" for none."""
    told = b"".join(sorted(one.bytes for one in edits))
    return sha256(told).hexdigest()[:8] if told else ""


def as_then(person: Person, change: Change) -> Person | None:
    """The person as they were when they worked in the change's district; None where it is no late
    edit: made there by who may write, of a kind that belongs to districts."""
    record = KINDS.get(change.kind)
    elsewhere = person.district not in (REGION, change.district)
    if record is None or record.regional or change.witness:
        return None
    if not elsewhere or change.district == REGION:
        return None
    then = msgspec.structs.replace(person, district=change.district)
    needed = Action.SHARE if record.handed_out else Action.EDIT
    return then if may(then, needed, change.district) else None


def decides(person: Person, district: str) -> bool:
    """Whether this person decides about late edits of a district."""
    return may(person, Action.DECIDE_LATE, district)
