"""Erase a record with a person's data: it goes here at once, and everywhere as soon as they sync."""

from uuid import UUID

from sqlalchemy.orm import Session

from desktop.actions.records import find
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
    with desk.store.begin() as session:
        change = _put(desk, session, id, reason)
    tidy(desk)
    return [change]


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
