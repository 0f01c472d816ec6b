"""Erase a record with a person's data: it goes here at once, and everywhere as soon as they sync."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.actions.standing import find
from desktop.session import Desk
from desktop.tidying import tidy
from sync.change import UNSURE, Change, now
from sync.client import outbox
from sync.erasure import ERASED, check_erasure
from sync.records.base import Part


def erase(desk: Desk, id: UUID, reason: str) -> list[Change]:
    """Erase a record and its parts for good. `reason` is of the vocabulary erasure_reason.

    Raises Refused where the person may not, UserError where it is not on this laptop.
    """
    return erase_all(desk, [id], reason)


def erase_all(desk: Desk, ids: Iterable[UUID], reason: str) -> list[Change]:
    """Erase several, all or none; as `erase`."""
    with desk.store.begin() as session:
        changes = [_put(desk, session, id, reason) for id in ids]
    tidy(desk)
    return changes


def _put(desk: Desk, session: Session, id: UUID, reason: str) -> Change:
    found = find(session, id)
    change = Change(
        kind=found.kind,
        record=id,
        district=found.district,
        parent=found.parent if isinstance(found, Part) else None,
        fields={ERASED: reason},
        base=found.revision or UNSURE,
        by=desk.person.id,
        at=now(),
    )
    check_erasure(desk.person, change, None, proven=False)
    return outbox.put(session, change)
