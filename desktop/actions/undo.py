"""A command is taken back: what it wrote is set back by edits like any other, which travel.

A field goes back only where it still holds what the command wrote; what somebody changed since
stays, and is said. Taken back in a recording (`desktop.steps`), that is itself a step, and taking it
back does the command again. Why so: docs/decisions/0071-undo.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions.edits import Edit, prepared
from desktop.actions.records import put, put_many
from desktop.actions.standing import standing
from desktop.forms import in_words
from desktop.session import Desk
from desktop.steps import Piece, Step
from sync import elements
from sync.change import Change
from sync.client import outbox
from sync.errors import UserError
from sync.language import mark
from sync.person import Person
from sync.policy import may
from sync.records import KINDS
from sync.records.base import Part, Record, Values, field_map
from sync.records.filled_form import FilledForm
from sync.records.states import ReviewState
from sync.review import TRANSITIONS

MANY = 50  # records that are set back together
GONE = mark("It is not on this laptop any more.")
CHANGED = mark("It was changed since; that stays.")
WORKED_AT = mark("Somebody has worked at it since, so it stays.")
NO_WAY = mark("The review went on since, so its state stays.")


@dataclass
class Outcome:
    """How much was set back, and what stays as it is: the kind and tag of a record, and why."""

    done: int = 0
    left: list[tuple[tuple[str, str], str]] = field(default_factory=list)


def take_back(desk: Desk, step: Step, outcome: Outcome) -> list[Change]:
    """Set back what a step wrote, all that can be, in one transaction. `outcome` tells the rest."""
    if step.own is not None:
        changes = step.own.back()
        outcome.done += 1
        return changes
    with desk.store.begin() as session:
        held = load(session, step.pieces)  # by the session, as long as this is held
        if len(step.pieces) > MANY and (alone := _each_alone(desk, session, step, outcome)):
            changes = put_many(desk, session, alone)
            outcome.done += len(changes)
        else:
            changes = _one_by_one(desk, session, step, outcome)
        del held
    return changes


def load(session: Session, pieces: Sequence[Piece]) -> list[Record]:
    """The rows of these, read together. While they are held, the session asks for none of them."""
    by_kind: dict[str, list[UUID]] = {}
    for piece in pieces:
        by_kind.setdefault(piece.kind, []).append(piece.record)
    return [
        row
        for kind, ids in by_kind.items()
        for start in range(0, len(ids), MANY)
        for row in session.scalars(
            select(KINDS[kind]).where(KINDS[kind].id.in_(ids[start : start + MANY]))
        )
    ]


def _each_alone(desk: Desk, session: Session, step: Step, outcome: Outcome) -> list[Edit]:
    """Of many records one edit each, as of a bulk action; nothing where any needs more, or several
    belong together."""
    found, left, waits = [], Outcome(), outbox.unsent(session)
    for piece in reversed(step.pieces):
        if piece.parent is not None and not piece.stays:
            return []
        try:
            edits = _edits(desk, session, piece, step, left)
            if len(edits) > 1:
                return []
            if edits and prepared(desk, session, edits[0], waits) is not None:
                found.append(edits[0])
        except UserError as error:
            left.left.append((piece.of, in_words(error, KINDS[piece.kind])))
    outcome.left += left.left
    return found


def _one_by_one(desk: Desk, session: Session, step: Step, outcome: Outcome) -> list[Change]:
    changes: list[Change] = []
    for piece in reversed(step.pieces):
        before = len(changes)
        try:
            for edit in _edits(desk, session, piece, step, outcome):
                made = put(desk, session, edit)
                changes += [made] if made is not None else []
        except UserError as error:
            outcome.left.append((piece.of, in_words(error, KINDS[piece.kind])))
        outcome.done += len(changes) > before
    return changes


def _edits(desk: Desk, session: Session, piece: Piece, step: Step, outcome: Outcome) -> list[Edit]:
    """What sets one record back. Raises UserError where nothing of it can be."""
    if piece.stays:
        return []
    row = session.get(KINDS[piece.kind], piece.record)
    if row is None:
        raise UserError(GONE)
    now = standing(row).fields | {"removed": row.removed}
    if piece.before is None:
        return _take_away(desk.person, session, piece, row, now)
    values, others = _as_before(piece, now)
    if others:
        outcome.left.append((piece.of, str(UserError(CHANGED))))
    return _by_review(desk.person, piece, now, step, row.district, values)


def _take_away(
    person: Person, session: Session, piece: Piece, row: Record, now: Values
) -> list[Edit]:
    """What the command made goes, unless others have worked at it."""
    if now["removed"]:
        return []
    known = field_map(type(row))
    written = {name for name, one in known.items() if not one.given} | {"review"} & now.keys()
    changed = any(now.get(name) != _made(piece, name) for name in written)
    if changed or row.conflicts or _has_parts_of_others(session, piece, person):
        raise UserError(WORKED_AT)
    return [Edit(piece.kind, {"removed": True}, piece.record)]


def _made(piece: Piece, name: str) -> Any:
    return piece.after.get(name, ReviewState.DRAFT.value if name == "review" else None)


def _has_parts_of_others(session: Session, piece: Piece, person: Person) -> bool:
    for part in KINDS.values():
        if issubclass(part, Part) and (not part.parents or piece.kind in part.parents):
            theirs = (part.parent == piece.record, ~part.removed, part.author != person.id)
            if session.scalar(select(part.id).where(*theirs).limit(1)) is not None:
                return True
    return False


def _as_before(piece: Piece, now: Values) -> tuple[Values, bool]:
    """The fields that still hold what the command wrote, as they were; whether others do not."""
    assert piece.before is not None
    values: Values = {}
    others = False
    for name, said in piece.after.items():
        before = piece.before.get(name)
        if before == said or (name == "title" and KINDS[piece.kind] is FilledForm):
            continue  # of a filled-in form the title follows from the rest
        if name in elements.holders(piece.kind):
            answers, changed = _answers(before or {}, said or {}, now.get(name) or {})
            others |= changed
            if answers:
                values[name] = answers
        elif now.get(name) == said:
            values[name] = before
        else:
            others |= now.get(name) != before
    return values, others


def _answers(before: Values, said: Values, now: Values) -> tuple[Values, bool]:
    """The same of the answers to a form, question by question."""
    found: Values = {}
    others = False
    for path in before.keys() | said.keys():
        if before.get(path) == said.get(path):
            continue
        if now.get(path) == said.get(path):
            found[path] = before.get(path)
        else:
            others |= now.get(path) != before.get(path)
    return found, others


def _by_review(
    person: Person, piece: Piece, now: Values, step: Step, district: str, values: Values
) -> list[Edit]:
    """The edits that set `values`: a state of review is come to by the ways that there are.

    One's own record that was returned and sent again becomes a draft: to return it is not one's own
    to do. Raises UserError where no way leads back.
    """
    if "review" not in values:
        return [Edit(piece.kind, values, piece.record)] if values else []
    rest = {name: value for name, value in values.items() if name != "review"}
    stands, wanted = ReviewState(now["review"]), ReviewState(values["review"])
    said = _comments(piece, step) if wanted is ReviewState.RETURNED else []
    if wanted is ReviewState.RETURNED and not said:
        wanted = ReviewState.DRAFT
    way = _way(person, district, stands, wanted)
    if not way:
        raise UserError(NO_WAY)
    first = [Edit(piece.kind, rest, piece.record)] if rest else []
    moves = [Edit(piece.kind, {"review": state.value}, piece.record) for state in way]
    return [*moves[:-1], *said, moves[-1], *first]


def _comments(piece: Piece, step: Step) -> list[Edit]:
    """What was said when the record was returned, to be said again: the server wants a word anew."""
    pieces: Sequence[Piece] = (step.origin or step).pieces
    return [
        Edit(one.kind, one.after, parent=one.parent)
        for one in pieces
        if one.kind == "comment" and one.parent == piece.record
    ]


def _way(
    person: Person, district: str, stands: ReviewState, wanted: ReviewState
) -> list[ReviewState]:
    """The shortest way of steps that this person may take, at most through one state between."""

    def open_to(before: ReviewState, after: ReviewState) -> bool:
        action = TRANSITIONS.get((before, after))
        return action is not None and may(person, action, district)

    if open_to(stands, wanted):
        return [wanted]
    between = (state for state in ReviewState if state is not ReviewState.RETURNED)
    found = (one for one in between if open_to(stands, one) and open_to(one, wanted))
    return next(([one, wanted] for one in found), [])
