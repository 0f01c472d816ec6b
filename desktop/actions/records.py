"""What a person does with records of any kind. One function, one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, text
from sqlalchemy.orm import Session

from desktop import steps
from desktop.actions.edits import Edit, prepared
from desktop.actions.standing import find, find_any, standing
from desktop.session import Desk
from sync.change import Change
from sync.client import outbox, striking
from sync.client.outbox import WAITS
from sync.client.tables import Foreign, Pending
from sync.errors import UserError
from sync.language import mark
from sync.records import KINDS
from sync.records.base import DISPUTED, Part, Record, Reviewed, Values, fields
from sync.records.consented import ENDED

FEW = 500  # rows
TAG = 5  # last digits of an id that stand for a number which has not come yet
Tell = Callable[[int, int], object]  # done, of how many; may raise, and then nothing is written
Row = dict[str, Any]  # id, the declared fields with their types, and what _row() adds


def list_records(
    desk: Desk,
    kind: str,
    where: Mapping[str, Any] | None = None,
    *,
    parent: UUID | None = None,
    limit: int | None = None,
    among: Iterable[ColumnElement[bool]] = (),
    order: Iterable[ColumnElement[Any]] = (),
) -> list[Row]:
    """Rows of one kind whose fields equal `where`, and which fit `among`; newest edit first."""
    record = KINDS[kind]
    query = _chosen(select(record), record, where or {}, among)
    if parent is not None and issubclass(record, Part):
        query = query.where(record.parent == parent)
    with desk.store() as session:
        found = session.scalars(
            query.order_by(*order, record.edited.desc(), record.id.desc()).limit(limit)
        ).all()
        return as_rows(session, found)


def disputed(record: type[Record]) -> ColumnElement[bool]:
    """Those on which people differ, by the few ids themselves: beside another condition or an order
    SQLite would else go through all records."""
    return record.id.in_(select(record.id).where(text(f"{record.__tablename__}.{DISPUTED}")))


def count_records(
    desk: Desk,
    kind: str,
    where: Mapping[str, Any] | None = None,
    among: Iterable[ColumnElement[bool]] = (),
) -> int:
    """How many there are of what `list_records` lists."""
    record = KINDS[kind]
    with desk.store() as session:
        query = _chosen(select(func.count(record.id)), record, where or {}, among)
        return session.scalar(query) or 0


def _chosen(
    query: Select[Any],
    record: type[Record],
    where: Mapping[str, Any],
    among: Iterable[ColumnElement[bool]],
) -> Select[Any]:
    for name, value in where.items():
        column = getattr(record, name, None)
        if column is None:
            raise UserError(mark("There is no field “{name}” here."), name=name)
        query = query.where(column == value)
    return query.where(~record.removed, *among)


def parts(desk: Desk, kind: str, parent: UUID) -> list[Row]:
    """The parts of one record, in the order in which they were made."""
    rows = list_records(desk, kind, parent=parent)
    return sorted(rows, key=lambda row: (row["created"], str(row["id"])))


def show(desk: Desk, id: UUID, kind: str | None = None) -> Row:
    """One record by its id. Raises UserError where it is not on this laptop."""
    with desk.store() as session:
        found = find(session, id, kind)
        return as_rows(session, [found])[0]


def show_foreign(desk: Desk, id: UUID) -> Row | None:
    """A record of a kind that only a newer program knows: kind and fields as they came, or None."""
    with desk.store() as session:
        found = session.get(Foreign, id)
        change = outbox.decode(found.body) if found is not None else None
    if change is None:
        return None
    system = {"district": change.district, "parent": change.parent, "revision": change.revision}
    return {"id": id, "kind": change.kind, **system, "fields": change.fields}


def save(
    desk: Desk,
    kind: str,
    values: Values,
    id: UUID | None = None,
    parent: UUID | None = None,
) -> list[Change]:
    """Create or change one record. Returns what changed: nothing when nothing did.

    Raises Wrong with a sentence by field, or Refused where a rule forbids it.
    """
    return save_all(desk, [Edit(kind, values, id, parent)])


def save_all(desk: Desk, edits: Iterable[Edit]) -> list[Change]:
    """Several edits in one transaction: all of them, or none."""
    with desk.store.begin() as session:
        changes = [put(desk, session, edit) for edit in edits]
    return [change for change in changes if change is not None]


def remove(desk: Desk, kind: str, id: UUID) -> list[Change]:
    """Take a record away. It stays as a tombstone and can be brought back."""
    return save_all(desk, [Edit(kind, {"removed": True}, id)])


def settle(desk: Desk, kind: str, id: UUID, name: str, value: Any) -> list[Change]:
    """End the conflict at a field: take either value, or a third one."""
    return save_all(desk, [Edit(kind, {name: value}, id, settles=True)])


def put(desk: Desk, session: Session, edit: Edit) -> Change | None:
    """One edit inside the caller's transaction. None when it changes nothing."""
    change = prepared(desk, session, edit)
    if change is None:
        return None
    note_all(session, [change])
    outbox.put(session, change)
    _leave_out_names(session, [change])
    return change


def put_many(
    desk: Desk, session: Session, edits: Sequence[Edit], tell: Tell = lambda *_: None
) -> list[Change]:
    """As `put`, each of another record: all are checked first, and written some at a time.

    Raises what `put` raises, and what `tell` raises: then nothing is written.
    """
    waits = outbox.unsent(session)
    found = (prepared(desk, session, edit, waits) for edit in edits)
    changes = [change for change in found if change is not None]
    note_all(session, changes)
    for start in range(0, len(changes), FEW):
        tell(start, len(changes))
        outbox.put_many(session, changes[start : start + FEW])
    _leave_out_names(session, changes)
    return changes


def _leave_out_names(session: Session, changes: Sequence[Change]) -> None:
    ended = [change.record for change in changes if change.fields.get(ENDED)]
    if ended:  # what of it was not sent yet says no name
        striking.leave_out(session, ended, told=False)


def note_all(session: Session, changes: Sequence[Change]) -> None:
    """The command that runs is about to write these."""
    if steps.is_recording():
        for change in changes:
            steps.note(session, _piece(session, change))


def _piece(session: Session, change: Change) -> steps.Piece:
    known = session.get(KINDS[change.kind], change.record)
    named = (find_any(session, change.parent) if change.parent else None) or known
    number = getattr(named, "number", None) or short_tag(named.id if named else change.record)
    stood = standing(known).fields | {"removed": known.removed} if known is not None else None
    return steps.Piece(
        kind=change.kind,
        record=change.record,
        parent=change.parent,
        before=None if stood is None else {name: stood.get(name) for name in change.fields},
        after=dict(change.fields),
        of=(named.kind if named is not None else change.kind, number),
        stays=known is None and KINDS[change.kind].append_only,
    )


def short_tag(id: UUID) -> str:
    """What stands for the number of a record that has none."""
    return f"~{id.hex[-TAG:].upper()}"


def as_rows(session: Session, found: Sequence[Record]) -> list[Row]:
    """Rows as plain data, in their order, with whether they wait."""
    if len(found) <= FEW:  # of few, what else waits is not looked at
        ids = [row.id for row in found]
        unsent = set(session.scalars(select(Pending.record).where(WAITS, Pending.record.in_(ids))))
    else:
        unsent = outbox.unsent(session)
    return [_row(row, unsent) for row in found]


def _row(row: Record, unsent: set[UUID]) -> Row:
    """The row as plain data: ORM objects never reach a screen."""
    return {
        "id": row.id,
        "kind": row.kind,
        "district": row.district,
        "author": row.author,
        "created": row.created,
        "edited": row.edited,
        "revision": row.revision,
        "removed": row.removed,
        "review": row.review if isinstance(row, Reviewed) else None,
        "parent": row.parent if isinstance(row, Part) else None,
        "conflicts": row.conflicts or {},
        "unsent": row.id in unsent,
        "bare": row.bare,
        **{field.name: getattr(row, field.name) for field in fields(type(row))},
    }
