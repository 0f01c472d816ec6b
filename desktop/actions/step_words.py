"""What a step was, in a few words that name a record by its number and nobody by name."""

from collections.abc import Sequence

from desktop.actions.undo import Outcome
from desktop.steps import Piece, Step
from sync.language import mark, tr, trn
from sync.records import KINDS
from sync.records.base import SETTABLE, field_map
from sync.records.states import ReviewState

DECIDED = {  # by the state that a record came to
    ReviewState.DRAFT: mark("taken back from review {what}"),
    ReviewState.SENT: mark("sent for review {what}"),
    ReviewState.APPROVED: mark("approved {what}"),
    ReviewState.RETURNED: mark("returned {what}"),
    ReviewState.REJECTED: mark("rejected {what}"),
    ReviewState.DUPLICATE: mark("called a duplicate {what}"),
}


def step_words(step: Step) -> str:
    """What a person did, in the language spoken now; a step that takes one back is called as that."""
    named = step.origin or step
    if named.own is not None:
        return tr(named.own.words)
    if not named.pieces:
        return tr(named.words)
    counting = [piece for piece in named.pieces if not piece.stays] or list(named.pieces)
    wholes = dict.fromkeys(piece.whole for piece in counting)
    if len(wholes) > 1:
        return _of_many(counting, len(wholes))
    itself = [piece for piece in counting if piece.parent is None]
    return _of_one(itself[0]) if itself else _of_parts(counting)


def undo_words(step: Step) -> str:
    """What Ctrl+Z would do."""
    if not step.undoable:
        return tr("Cannot be undone: {step}", step=step_words(step))
    return tr("Undo: {step}", step=step_words(step))


def redo_words(step: Step) -> str:
    """What Ctrl+Shift+Z would do."""
    return tr("Redo: {step}", step=step_words(step))


def left_words(outcome: Outcome) -> list[str]:
    """What was not set back, and why, each reason once."""
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for of, why in outcome.left:
        by_reason.setdefault(why, []).append(of)
    return [
        f"{_what(found[0])}: {why}"
        if len(set(found)) == 1
        else trn("{n} record: {why}", "{n} records: {why}", len(found), why=why)
        for why, found in by_reason.items()
    ]


def _of_one(piece: Piece) -> str:
    what = _what(piece.of)
    if piece.before is None:
        return tr("recorded {what}", what=what)
    changed = [name for name, said in piece.after.items() if piece.before.get(name) != said]
    if "removed" in changed:
        return _removed(gone=bool(piece.after["removed"]), what=what)
    if "review" in changed:
        return tr(DECIDED[ReviewState(piece.after["review"])], what=what)
    known = field_map(KINDS[piece.kind])
    fields = [known[name].words() for name in changed if name in known]
    if len(fields) == 1:
        return tr("changed “{field}” of {what}", field=fields[0], what=what)
    return tr("changed {what}", what=what)


def _of_parts(pieces: Sequence[Piece]) -> str:
    """Of parts of one record."""
    first = pieces[0]
    part, what = tr(KINDS[first.kind].label), _what(first.of)
    if any(piece.before is None for piece in pieces):
        return tr("added “{part}” to {what}", part=part, what=what)
    if any(piece.after.get("removed") for piece in pieces):
        return tr("took “{part}” away from {what}", part=part, what=what)
    return tr("changed “{field}” of {what}", field=part, what=what)


def _of_many(pieces: Sequence[Piece], n: int) -> str:
    if all(piece.before is None for piece in pieces):
        return trn("recorded {n} record", "recorded {n} records", n)
    if all(piece.after.get("removed") for piece in pieces):
        return trn("removed {n} record", "removed {n} records", n)
    states = {piece.after.get("review") for piece in pieces if piece.parent is None}
    if len(states) == 1 and (state := states.pop()) and not _fields(pieces):
        many = trn("{n} record", "{n} records", n)
        return tr(DECIDED[ReviewState(state)], what=many)
    return trn("changed {n} record", "changed {n} records", n)


def _fields(pieces: Sequence[Piece]) -> bool:
    return any(piece.after.keys() - SETTABLE for piece in pieces if piece.parent is None)


def _removed(*, gone: bool, what: str) -> str:
    return tr("removed {what}", what=what) if gone else tr("brought back {what}", what=what)


def _what(of: tuple[str, str]) -> str:
    kind, tag = of
    return f"{tr(KINDS[kind].label)} {tag}"
