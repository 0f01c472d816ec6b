"""What a person does with records of any kind. One function, one transaction."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select, text, union_all
from sqlalchemy.orm import Session

from desktop import forms, steps
from desktop.actions import in_use
from desktop.session import Desk
from sync import elements
from sync.change import FOLLOWS, UNSURE, Change, new_id, now
from sync.client import outbox, striking
from sync.client.erasure import erased_as
from sync.client.outbox import WAITS
from sync.client.tables import Foreign, Pending
from sync.consents import recorded_with
from sync.erasure import GONE, REASONS
from sync.errors import Refused, UserError
from sync.language import mark
from sync.merge import Standing, merged_field
from sync.person import REGION
from sync.records import KINDS
from sync.records.base import (
    DISPUTED,
    SETTABLE,
    Part,
    Record,
    Reviewed,
    Values,
    field_map,
    fields,
)
from sync.records.consented import ENDED
from sync.records.filled_form import FilledForm
from sync.records.states import ReviewState
from sync.records.survey import Wave
from sync.records.values import Wrong, parse, plain
from sync.rights import check, sends
from sync.vocabulary import Term

STATES = tuple(ReviewState)  # a tuple: also what cannot be hashed may be looked for in it
FEW = 500  # rows
TAG = 5  # last digits of an id that stand for a number which has not come yet
KIND_OF = union_all(  # one question in place of one for each kind
    *(
        select(literal(record.kind)).where(record.__table__.c.id == bindparam("id"))
        for record in KINDS.values()
    )
)
BARE = mark(
    "The words of this record are on the server. Open it where there is a connection, so that it is "
    "whole here; then change it. Nothing was changed."
)
Tell = Callable[[int, int], object]  # done, of how many; may raise, and then nothing is written
Row = dict[str, Any]  # id, the declared fields with their types, and what _row() adds


@dataclass(frozen=True)
class Edit:
    """One record to create (id None) or to change. `values` as typed, or as JSON."""

    kind: str
    values: Values = field(default_factory=dict)
    id: UUID | None = None
    parent: UUID | None = None
    base: int | None = None  # the revision the person was looking at, if not the newest here
    was: Values = field(default_factory=dict)  # what stood there then, if not what stands here
    settles: bool = False  # also counts where the value stays: it ends a conflict
    at: datetime | None = None  # the moment, if it is one with other edits


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


def prepared(
    desk: Desk, session: Session, edit: Edit, waits: Collection[UUID] | None = None
) -> Change | None:
    """The change that an edit would be, by all the rules; nothing is written. None for no change.

    `waits`: the records with edits that wait, where many are prepared.
    Raises Wrong with a sentence by field, or Refused where a rule forbids it.
    """
    record = KINDS[edit.kind]
    known = session.get(record, edit.id) if edit.id else None
    if known is None and edit.id is not None:
        _check_unused(session, edit.id)
    system = {name: edit.values[name] for name in SETTABLE & edit.values.keys()}
    _check_system(record, system)
    declared = {name: value for name, value in edit.values.items() if name not in system}
    before = _plain(known) if known is not None else {}
    tidied, was = _tidied(desk, session, before, declared, edit)
    changed = (tidied if edit.settles else _changed(known, tidied)) | system
    if known is not None and not changed:
        return None
    parent = known.parent if isinstance(known, Part) else edit.parent
    above = _any(session, parent) if parent else None
    if any(one is not None and one.bare for one in (known, above)):
        raise Refused(BARE)
    in_use.check(session, known, changed)
    changed |= recorded_with(record, before, changed)
    whole = before | _declared(record, changed)
    if problems := forms.check(record, whole) or _wave_problems(desk, session, record, whole):
        raise Wrong(problems)
    changed |= plain(parse(record, _declared(record, changed)))  # 14:30 as the wire has it
    if record is FilledForm and _is_sent(known, changed):
        _check_filled(desk, session, before | changed)
    refused = known is not None and _was_refused(desk, session, known, waits)
    if refused:
        changed = {name: value for name, value in before.items() if value is not None} | changed
    district = known.district if known is not None else home(desk, record, edit, session)
    change = Change(
        kind=edit.kind,
        record=edit.id or new_id(),
        district=district,
        parent=parent,
        fields=changed,
        base=_base(desk, known, edit, refused=refused),
        was={name: was.get(name, before.get(name)) for name in _merged(known, changed)},
        by=desk.person.id,
        at=edit.at or now(),
    )
    check(
        desk.person,
        change,
        standing(known) if known is not None else None,
        parent=parent_standing(session, parent),
        commented=lambda: True,  # the server looks; `decide` writes the comment first
    )
    return change


def note_all(session: Session, changes: Sequence[Change]) -> None:
    """The command that runs is about to write these."""
    if steps.is_recording():
        for change in changes:
            steps.note(session, _piece(session, change))


def _piece(session: Session, change: Change) -> steps.Piece:
    known = session.get(KINDS[change.kind], change.record)
    named = (_any(session, change.parent) if change.parent else None) or known
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


def _tidied(
    desk: Desk, session: Session, before: Values, said: Values, edit: Edit
) -> tuple[Values, Values]:
    """What is said as JSON, answers in their place; and what stood there, as far as that is told."""
    if KINDS[edit.kind] is not FilledForm:
        return forms.tidy(said), edit.was
    # Here: what reads forms is no small thing, and is loaded where one is filled in.
    from desktop.actions import filled_forms

    was = edit.was
    if edit.settles and any(map(elements.path_of, said)):  # two people differ about an answer
        [(name, value)] = said.items()
        said, was = filled_forms.settled(before, name, value)
    return filled_forms.arrange(session, desk.pack, before, forms.tidy(said)), was


def _is_sent(known: Record | None, changed: Values) -> bool:
    before = known.review if isinstance(known, Reviewed) else ReviewState.DRAFT
    after = ReviewState(changed.get("review", before))
    return sends(ReviewState(before), after)


def _check_filled(desk: Desk, session: Session, values: Values) -> None:
    from desktop.actions import filled_forms

    if values.get("form"):  # else it is said that this is missing
        filled_forms.check_sending(session, desk.pack, values)


def _wave_problems(
    desk: Desk, session: Session, record: type[Record], values: Values
) -> dict[str, UserError]:
    """A wave is asked by a form, which says whether its cells and questions fit."""
    if record is not Wave:
        return {}
    # Here: what reads forms is no small thing, and few people ever save a wave.
    from desktop.actions.wave_forms import check as check_wave

    return check_wave(desk, session, values)


def _check_unused(session: Session, id: UUID) -> None:
    """Two records with one id would be one record to the server."""
    if erased_as(session, id) is not None:
        raise Refused(GONE)
    if _any(session, id) is not None or session.get(Foreign, id) is not None:
        raise Refused(mark("A record cannot become another kind of record."))


def _check_system(record: type[Record], values: Values) -> None:
    """Raise Wrong for values of the undeclared fields that no record can have."""
    problems = {}
    if not isinstance(values.get("removed", False), bool):
        problems["removed"] = UserError(mark("Write true or false."))
    if "review" in values and not issubclass(record, Reviewed):
        problems["review"] = UserError(mark("There is no field “{name}” here."), name="review")
    elif values.get("review", ReviewState.DRAFT) not in STATES:
        problems["review"] = UserError(mark("Choose one of the list."))
    if problems:
        raise Wrong(problems)


def _base(desk: Desk, known: Record | None, edit: Edit, *, refused: bool) -> int:
    """The revision that the edit is made upon, or one of the bases that sync.change names."""
    if known is None:
        return 0
    if known.revision:
        return known.revision if edit.base is None else min(edit.base, known.revision)
    if known.author != desk.person.id:
        return UNSURE
    return 0 if refused else FOLLOWS


def _was_refused(
    desk: Desk, session: Session, known: Record, waits: Collection[UUID] | None
) -> bool:
    """Whether this person's new record was not taken: the next edit must carry all of it."""
    mine = known.revision == 0 and known.author == desk.person.id
    return mine and known.id not in (outbox.unsent(session, known.id) if waits is None else waits)


def _merged(known: Record | None, changed: Values) -> list[str]:
    """The fields whose edits the server brings together with other people's: see sync.merge."""
    return [name for name in changed if known is not None and merged_field(known.kind, name)]


def standing(row: Record) -> Standing:
    """A laptop's row as the rules see it."""
    values = _plain(row)
    if isinstance(row, Reviewed):
        values["review"] = row.review
    return Standing(
        kind=row.kind,
        record=row.id,
        district=row.district,
        parent=row.parent if isinstance(row, Part) else None,
        revision=row.revision,
        fields=values,
        touched={},
    )


def home(desk: Desk, record: type[Record], edit: Edit, session: Session) -> str:
    """The district of a new record: its parent's, else the person's own.

    A coordinator, who has none, works in the district of the village that the record names.
    """
    if record.regional:
        return REGION
    if record.handed_out:  # a coordinator's is the region's
        return desk.person.district
    if edit.parent is not None and (whole := _any(session, edit.parent)) is not None:
        return whole.district
    if desk.person.district != REGION:
        return desk.person.district
    district = desk.pack.district_of(str(edit.values.get("village") or ""))
    if not district:
        raise Refused(mark("Choose the village first: it tells which district this belongs to."))
    return district


def find(session: Session, id: UUID, kind: str | None = None) -> Record:
    """The row of a record. Raises UserError where it is not on this laptop."""
    found = session.get(KINDS[kind], id) if kind else _any(session, id)
    if found is None and (stone := erased_as(session, id)) is not None:
        raise UserError(
            mark("This record was erased on {day}: {reason}. Nothing of it is left."),
            day=stone.at.astimezone().strftime("%d.%m.%Y"),
            reason=Term(REASONS, stone.reason),
        )
    if found is None:
        raise UserError(
            mark("This record is not on this laptop. Perhaps it comes with the next sync.")
        )
    return found


def _any(session: Session, id: UUID) -> Record | None:
    kind: str | None = session.scalar(KIND_OF, {"id": id})
    return session.get(KINDS[kind], id) if kind else None


def parent_standing(session: Session, parent: UUID | None) -> Standing | None:
    """The record that a part belongs to, as the rules see it."""
    whole = _any(session, parent) if parent else None
    return standing(whole) if whole is not None else None


def _changed(known: Record | None, values: Values) -> Values:
    if known is None:
        return {name: value for name, value in values.items() if value is not None}
    before = _plain(known)
    return {name: value for name, value in values.items() if before.get(name) != value}


def _declared(record: type[Record], values: Values) -> Values:
    return {name: value for name, value in values.items() if name in field_map(record)}


def _plain(row: Record) -> Values:
    return plain({field.name: getattr(row, field.name) for field in fields(type(row))})


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
