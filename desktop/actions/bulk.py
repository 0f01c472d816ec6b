"""The same change for many records at once: shown first, then one command, which is undone as one.

What each would become, and why some cannot, the same rules say that save one record.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import drafts
from desktop.actions.edits import Edit, prepared
from desktop.actions.records import Tell, as_rows, put_many
from desktop.actions.review import LEADS_TO, Decision
from desktop.actions.standing import standing
from desktop.actions.titles import tag, title
from desktop.forms import in_words
from desktop.session import Desk
from sync.change import Change, now
from sync.client import outbox
from sync.errors import Refused, UserError
from sync.language import mark
from sync.person import REGION
from sync.policy import Action, reach
from sync.records import KINDS
from sync.records.base import Field, Record, Reviewed, Values, fields
from sync.records.filled_form import FilledForm
from sync.rights import reviews

MOST = 5_000  # records at once
STEP = 100  # records between two words about how far it is
SAME = mark("It stands so already.")
GONE = mark("It is not on this laptop any more.")
NO_WORD = mark("Say in the comment what is to be put right, then return them.")
SAVED = "bulk"  # where changes with a name are kept
REMOVE = "remove"  # what may be done beside the decisions of review


@dataclass(frozen=True)
class Wish:
    """What is to become of the records: fields as JSON, a step of review or REMOVE, a comment."""

    values: Values = field(default_factory=dict)
    move: str = ""  # of offered_moves()
    comment: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is wished."""
        return not (self.values or self.move or self.comment.strip())


@dataclass(frozen=True)
class Fate:
    """What becomes of one record: {field: (old, new)}; or `why` it stays as it is."""

    kind: str
    id: UUID
    tag: str
    title: str
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    why: str = ""
    same: bool = False  # it stays because it is so already

    @property
    def goes(self) -> bool:
        """Whether it is to be changed."""
        return not self.why


@dataclass(frozen=True)
class Plan:
    """What would become of each record, in the order in which they were chosen."""

    wish: Wish
    fates: tuple[Fate, ...] = ()


class Saved(msgspec.Struct, frozen=True):
    """A wish with a name, for oneself."""

    name: str
    values: Values = {}
    move: str = ""
    comment: str = ""


def settable(desk: Desk, kind: str) -> list[Field]:
    """The fields that may be set for many at once: chosen from a list, of people, days, yes or no."""
    record = KINDS[kind]
    if record is FilledForm or not may_change(desk, kind):
        return []
    return [one for one in fields(record) if _fits(one)]


def _fits(one: Field) -> bool:
    typed = one.type.__name__ in ("date", "bool") or bool(one.choices) or bool(one.offers)
    apart = one.private or one.given or one.long or one.apart or one.link or one.type is list
    return typed and not (apart or one.name.startswith("consent"))


def may_change(desk: Desk, kind: str) -> bool:
    """Whether this person changes records of a kind anywhere."""
    places = reach(desk.person.role, Action.EDIT)
    return bool(places) and (not KINDS[kind].regional or desk.person.district == REGION)


def offered_moves(desk: Desk, kinds: Sequence[str]) -> list[str]:
    """The steps that may be wished for records of these kinds; of review those of the person."""
    reviewed = all(issubclass(KINDS[kind], Reviewed) for kind in kinds)
    found = [Decision.SEND.value] if reviewed and reach(desk.person.role, Action.SEND) else []
    if reviewed and reviews(desk.person):
        found += [Decision.APPROVE.value, Decision.RETURN.value]
    return [*found, *([REMOVE] if reach(desk.person.role, Action.REMOVE) else [])]


def plan(
    desk: Desk, records: Sequence[tuple[str, UUID]], wish: Wish, tell: Tell = lambda *_: None
) -> Plan:
    """What would become of these records, by kind and id; nothing is written.

    Raises Refused for a return without a word, and what `tell` raises.
    """
    if wish.move == Decision.RETURN and not wish.comment.strip():
        raise Refused(NO_WORD)
    with desk.store() as session:
        rows, waits = _load(session, records), outbox.unsent(session)
        told = {row["id"]: row for row in as_rows(session, list(rows.values()))}
        fates = []
        for number, (kind, id) in enumerate(records):
            if number % STEP == 0:
                tell(number, len(records))
            if id not in rows:
                fates.append(Fate(kind, id, "", "", why=str(UserError(GONE))))
                continue
            fates.append(_fate(desk, session, rows[id], told[id], wish, waits))
    return Plan(wish, tuple(fates))


def run(desk: Desk, found: Plan, tell: Tell = lambda *_: None) -> list[Change]:
    """Change the records that go, all or none, as one command.

    Raises UserError where one of them cannot be changed any more, and what `tell` raises.
    """
    going = [(fate.kind, fate.id) for fate in found.fates if fate.goes]
    at = now()
    with desk.store.begin() as session:
        rows = _load(session, going)
        if len(rows) < len(going):
            raise UserError(GONE)
        edits = [edit for _, id in going for edit in _edits(rows[id], found.wish, at)]
        return put_many(desk, session, edits, tell)


def saved(desk: Desk, kind: str) -> list[Saved]:
    """The changes that this person has given a name, of one kind of record."""
    kept = drafts.recall(desk, f"{SAVED}:{kind}") or {}
    return [msgspec.convert(one, Saved) for one in kept.get("saved", [])]


def save(desk: Desk, kind: str, name: str, wish: Wish) -> list[Saved]:
    """Keep a wish under a name, in the place of one of that name; all that there are."""
    one = Saved(name.strip(), wish.values, wish.move, wish.comment)
    return _keep(desk, kind, [*_others(desk, kind, one.name), one])


def forget(desk: Desk, kind: str, name: str) -> list[Saved]:
    """Keep it no more."""
    return _keep(desk, kind, _others(desk, kind, name))


def _others(desk: Desk, kind: str, name: str) -> list[Saved]:
    return [one for one in saved(desk, kind) if one.name != name]


def _keep(desk: Desk, kind: str, wishes: list[Saved]) -> list[Saved]:
    ordered = sorted(wishes, key=lambda one: one.name)
    drafts.keep(desk, f"{SAVED}:{kind}", {"saved": msgspec.to_builtins(ordered)})
    return ordered


def _load(session: Session, records: Sequence[tuple[str, UUID]]) -> dict[UUID, Record]:
    """Their rows, in few questions; while they are held, the session asks for none of them again."""
    by_kind: dict[str, list[UUID]] = {}
    for kind, id in records:
        by_kind.setdefault(kind, []).append(id)
    found: dict[UUID, Record] = {}
    for kind, ids in by_kind.items():
        record = KINDS[kind]
        for start in range(0, len(ids), STEP):
            some = record.id.in_(ids[start : start + STEP])
            found |= {row.id: row for row in session.scalars(select(record).where(some))}
    return found


def _fate(
    desk: Desk,
    session: Session,
    row: Record,
    told: Mapping[str, Any],
    wish: Wish,
    waits: Collection[UUID],
) -> Fate:
    of = Fate(row.kind, row.id, tag(dict(told)), title(dict(told)))
    if row.removed:
        return Fate(of.kind, of.id, of.tag, of.title, why=str(UserError(GONE)))
    before = standing(row).fields | {"removed": row.removed}
    changes: dict[str, tuple[Any, Any]] = {}
    try:
        for edit in _edits(row, wish, now()):
            change = prepared(desk, session, edit, waits)
            if change is None:
                continue
            if change.record == row.id:
                changes |= {name: (before.get(name), said) for name, said in change.fields.items()}
            else:
                changes["comment"] = (None, wish.comment.strip())
    except UserError as error:
        return Fate(of.kind, of.id, of.tag, of.title, why=in_words(error, type(row)))
    if not changes:
        return Fate(of.kind, of.id, of.tag, of.title, why=str(UserError(SAME)), same=True)
    return Fate(of.kind, of.id, of.tag, of.title, changes)


def _edits(row: Record, wish: Wish, at: datetime) -> list[Edit]:
    """The comment before the step of review, which asks for one."""
    values = dict(wish.values)
    if wish.move == REMOVE:
        values = {"removed": True}
    elif wish.move:
        values["review"] = LEADS_TO[Decision(wish.move)].value
        if isinstance(row, Reviewed) and row.review == values["review"]:
            del values["review"]  # it is no step
    found = []
    if words := wish.comment.strip():
        found.append(Edit("comment", {"about": "", "text": words}, parent=row.id, at=at))
    return [*found, *([Edit(row.kind, values, row.id)] if values else [])]
