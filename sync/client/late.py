"""Late edits that wait on the server for this person's decision, as they were last told here."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from sync.client.facts import recall, remember
from sync.late import Late, mark_of
from sync.striking import names_of, struck

LATE = "late"  # the fact: they themselves


def held(session: Session) -> list[Late]:
    """The oldest first."""
    return recall(session, LATE, list[Late]) or []


def known(session: Session) -> str:
    """Their mark, for the server to compare."""
    return mark_of(one.change.id for one in held(session))


def keep(session: Session, edits: Iterable[Late]) -> None:
    """These wait now, and no others."""
    remember(session, LATE, list(edits))


def drop(session: Session, change: UUID) -> None:
    """One was decided about."""
    keep(session, (one for one in held(session) if one.change.id != change))


def strike(session: Session, kinds: Mapping[UUID, str]) -> None:
    """The names of these records, whose consent has ended, leave them: {record: its kind}."""
    before = held(session)
    left = [_struck(one, kinds) for one in before]
    if left != before:
        keep(session, left)


def _struck(one: Late, kinds: Mapping[UUID, str]) -> Late:
    names = names_of(kinds.get(one.change.record, ""))
    return msgspec.structs.replace(one, change=struck(one.change, names)) if names else one


def forget(session: Session, records: Iterable[UUID]) -> None:
    """Nothing is kept of what was said in these records, or in parts of them."""
    gone, before = set(records), held(session)
    left = [one for one in before if not {one.change.record, one.change.parent} & gone]
    if len(left) < len(before):
        keep(session, left)
