"""The coordinator's decisions, and the author's answer to them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from itertools import takewhile
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.actions.edits import Edit
from desktop.actions.records import Row, disputed, list_records, parts, put, show
from desktop.session import Desk
from sync.change import Change
from sync.client import earlier
from sync.client.tables import Earlier
from sync.errors import Refused
from sync.language import mark
from sync.records import KINDS
from sync.records.base import Record, Reviewed
from sync.records.states import ReviewState
from sync.rights import reviews


class Decision(StrEnum):
    """What may be decided about a record; the command line's words."""

    SEND = "send"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    DUPLICATE = "duplicate"
    UNDO = "undo"


LEADS_TO = {
    Decision.SEND: ReviewState.SENT,
    Decision.APPROVE: ReviewState.APPROVED,
    Decision.RETURN: ReviewState.RETURNED,
    Decision.REJECT: ReviewState.REJECTED,
    Decision.DUPLICATE: ReviewState.DUPLICATE,
    Decision.UNDO: ReviewState.SENT,
}
REVIEWABLE = tuple(kind for kind, record in KINDS.items() if issubclass(record, Reviewed))


def decide(
    desk: Desk, id: UUID, decision: Decision, comments: Mapping[str, str] | None = None
) -> list[Change]:
    """Move a record on, with comments by field ("" for the whole), in one transaction.

    The comments have one moment: by it screens know which belong to one return.
    Raises Refused where a rule forbids it; then nothing is written.
    """
    row = show(desk, id)
    said = {name: text.strip() for name, text in (comments or {}).items() if text.strip()}
    if decision is Decision.RETURN and not said:
        raise Refused(mark("Say at a field what is to be put right, then return it."))
    at = datetime.now(UTC)
    with desk.store.begin() as session:
        edits = [
            *(
                Edit("comment", {"about": name, "text": said[name]}, parent=id, at=at)
                for name in said
            ),
            Edit(row["kind"], {"review": LEADS_TO[decision].value}, id),
        ]
        changes = [put(desk, session, edit) for edit in edits]
    return [change for change in changes if change is not None]


def queue(desk: Desk) -> list[Row]:
    """What waits for a decision of this person, the longest waiting first: `waits_since`.

    Also records on which two people differ, whatever their state: also removed ones.
    """
    if not reviews(desk.person):
        return []
    with desk.store() as session:
        ids = [
            (kind, id)
            for kind in REVIEWABLE
            for id in session.scalars(select(KINDS[kind].id).where(_waits(KINDS[kind])))
        ]
    rows = [show(desk, id, kind) for kind, id in ids]
    with desk.store() as session:
        since = _before_mine(desk, session, [row["id"] for row in rows])
    rows = [row | {"waits_since": since.get(row["id"], row["edited"])} for row in rows]
    return sorted(rows, key=lambda row: (row["waits_since"], str(row["id"])))


def _before_mine(desk: Desk, session: Session, ids: list[UUID]) -> dict[UUID, datetime]:
    """Of what this person decided and took back, when it came: it waits as long as it did before."""
    kept: dict[UUID, list[Earlier]] = {}
    for one in earlier.of(session, ids):
        kept.setdefault(one.record, []).append(one)
    found = {}
    for id, changes in kept.items():
        mine = list(takewhile(lambda one: _is_turn_of(desk, one), reversed(changes)))
        if mine and len(mine) < len(changes):
            found[id] = changes[-1 - len(mine)].at
        elif mine:
            found[id] = show(desk, id)["created"]
    return found


def _is_turn_of(desk: Desk, one: Earlier) -> bool:
    """Whether this person decided on it or took that back; sending it is the author's."""
    before = earlier.values_of(one).get("review", ReviewState.DRAFT.value)
    return one.by == desk.person.id and before != ReviewState.DRAFT.value


def returned(desk: Desk) -> list[Row]:
    """The person's own records that came back with comments."""
    return [
        row
        for kind in REVIEWABLE
        for row in list_records(
            desk, kind, {"review": ReviewState.RETURNED, "author": desk.person.id}
        )
    ]


def comments(desk: Desk, id: UUID) -> list[Row]:
    """What was said about a record, oldest first; `about` names the field or is empty."""
    return parts(desk, "comment", id)


def count_waiting(desk: Desk) -> int:
    """How many records wait for this person's decision."""
    if not reviews(desk.person):
        return 0
    with desk.store() as session:
        return sum(
            session.scalar(select(func.count(KINDS[kind].id)).where(_waits(KINDS[kind]))) or 0
            for kind in REVIEWABLE
        )


def _waits(record: type[Record]) -> ColumnElement[bool]:
    table = record.__table__
    sent = and_(table.c.review == ReviewState.SENT.value, ~table.c.removed)
    return or_(sent, disputed(record))
