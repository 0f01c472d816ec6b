"""Many new records in one transaction: by the rules of `records.put`, without what one record costs.

Each is checked before anything is written, and then all are written, or none. While it is checked the
file is free for who works beside it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from desktop import forms
from desktop.actions.edits import Edit, home
from desktop.actions.records import Tell
from desktop.actions.standing import parent_standing, standing
from desktop.session import Desk
from sync.change import FOLLOWS, Change, new_id, now
from sync.client import outbox
from sync.consents import recorded_with
from sync.merge import Standing
from sync.records import KINDS
from sync.records.base import Record
from sync.records.values import Wrong, parse, plain
from sync.rights import check

AT_ONCE = 500  # records between two words about how far it is


def as_change(
    desk: Desk, session: Session, edit: Edit, parents: dict[UUID, Standing | None]
) -> Change:
    """What a new record is as it travels. `parents`: those that were looked for before.

    Raises Wrong with a sentence by field, or Refused where a rule forbids it.
    """
    record = KINDS[edit.kind]
    said = {name: value for name, value in forms.tidy(edit.values).items() if value is not None}
    said |= recorded_with(record, {}, said)
    if problems := forms.check(record, said):
        raise Wrong(problems)
    if edit.parent is not None and edit.parent not in parents:
        parents[edit.parent] = parent_standing(session, edit.parent)
    above = parents[edit.parent] if edit.parent is not None else None
    change = Change(
        kind=edit.kind,
        record=edit.id or new_id(),
        district=above.district if above else home(desk, record, edit, session),
        parent=edit.parent,
        fields=plain(parse(record, said)),
        by=desk.person.id,
        at=edit.at or now(),
    )
    check(desk.person, change, None, parent=above, commented=lambda: True)
    return change


def write_all(session: Session, changes: Sequence[Change], tell: Tell) -> None:
    """Write them in the caller's transaction, some at a time. What `tell` raises goes through."""
    for start in range(0, len(changes), AT_ONCE):
        tell(start, len(changes))
        outbox.put_many(session, changes[start : start + AT_ONCE])


def removals(desk: Desk, rows: Sequence[Record], at: datetime) -> list[Change]:
    """The changes that take these records away. Raises Refused where a rule forbids it."""
    found = []
    for row in rows:
        now = standing(row)
        change = Change(
            kind=row.kind,
            record=row.id,
            district=row.district,
            parent=now.parent,
            fields={"removed": True},
            base=row.revision or FOLLOWS,
            by=desk.person.id,
            at=at,
        )
        check(desk.person, change, now, parent=None, commented=lambda: True)
        found.append(change)
    return found
