"""What a change must look like before any rule is asked: no laptop can be stopped by its news."""

from datetime import UTC, datetime

import msgspec

from sync.change import FOLLOWS, Change
from sync.errors import Refused
from sync.language import mark
from sync.merge import Standing
from sync.records.keepable import DEEPEST, keepable

LONGEST_KIND = 100  # characters
UNKEEPABLE = mark("This holds a character or a number that cannot be kept.")


def stamped(change: Change, person: str, newest: int) -> Change:
    """The change with what only the server knows: its author, and times and bases that exist."""
    return msgspec.structs.replace(
        change,
        by=person,
        revision=0,
        base=max(FOLLOWS, min(change.base, newest)),
        at=_utc(change.at),
    )


def check_shape(change: Change, standing: Standing | None) -> None:
    """Raise Refused where the change cannot be passed on as it is, whatever its fields hold."""
    if standing and standing.kind != change.kind:
        raise Refused(mark("A record cannot become another kind of record."))
    if not isinstance(change.fields.get("removed", False), bool):
        raise Refused(mark("Please check this."))


def storable(change: Change) -> Change:
    """The change as the ledger keeps it: of one that no database can hold, only that it came."""
    if holdable(change):
        return change
    return msgspec.structs.replace(change, kind="", fields={})


def holdable(change: Change) -> bool:
    """Whether a database can hold it. Whatever the rules of its kind let pass is."""
    named = "\0" not in change.kind and len(change.kind) <= LONGEST_KIND
    return named and keepable(change.fields, DEEPEST + 1)


def _utc(at: datetime) -> datetime:
    """A laptop's clock may be anything, but no time that cannot be told in UTC."""
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)
