"""What a command wrote, so that it can be taken back: noted while it is done, kept while one works.

Light: it is there before the store's library is loaded. `desktop.actions.undo` takes a step back,
`step_words` says what it was. Why so: docs/decisions/0071-undo.md.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sync.change import Change

MOST = 100  # steps that are kept
NOTED = "noted"  # in Session.info: what this transaction has written so far

Values = dict[str, Any]


@dataclass(frozen=True)
class Piece:
    """One record as a command found it and left it, in the fields that it changed, as JSON."""

    kind: str
    record: UUID
    parent: UUID | None
    before: Values | None  # None: the command made it
    after: Values
    of: tuple[str, str]  # kind and tag of what a person would name: it, or what it is a part of
    stays: bool = False  # it was written once, and is not taken away again

    @property
    def whole(self) -> UUID:
        """The record that a person would name."""
        return self.parent or self.record


@dataclass(frozen=True)
class Own:
    """A command with a way back of its own. `words` are English and marked."""

    words: str
    back: Callable[[], list["Change"]]
    forth: Callable[[], list["Change"]] | None = (
        None  # None: it notes by itself how it is done again
    )
    here: bool = False  # on the screen's thread: nothing is written
    about: frozenset[UUID] = frozenset()  # records of which it holds words


@dataclass(frozen=True)
class Step:
    """One command: what it wrote, or its own way back; with neither it cannot be undone."""

    pieces: tuple[Piece, ...] = ()
    own: Own | None = None
    words: str = ""  # English and marked, where neither says what it was
    origin: "Step | None" = None  # of what takes a step back: that step, which it is named after

    @property
    def undoable(self) -> bool:
        """Whether there is anything that can be set back."""
        return self.own is not None or any(not piece.stays for piece in self.pieces)


@dataclass
class Recording:
    """What a command has written so far, and is on the disk."""

    pieces: dict[UUID, Piece] = field(default_factory=dict)
    own: Own | None = None
    final: str = ""  # it is done for good: what it was, English and marked

    def step(self) -> Step | None:
        """What was done; None where nothing is other than before."""
        if self.final:
            return Step(words=self.final)
        if self.own is not None:
            return Step(own=self.own)
        pieces = tuple(filter(_counts, self.pieces.values()))
        return Step(pieces) if pieces else None

    def add(self, pieces: Collection[Piece]) -> None:
        """They were committed."""
        for piece in pieces:
            known = self.pieces.get(piece.record)
            self.pieces[piece.record] = piece if known is None else _after(known, piece)


_now: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording(into: Recording) -> Iterator[None]:
    """What is written on this thread meanwhile belongs to one command."""
    token = _now.set(into)
    try:
        yield
    finally:
        _now.reset(token)


def is_recording() -> bool:
    """Whether anybody wants to know."""
    return _now.get() is not None


def note(session: "Session", piece: Piece) -> None:
    """A record is about to be written by the command that runs; it counts once it is committed."""
    into = _now.get()
    if into is None:
        return
    waiting: list[Piece] = session.info.setdefault(NOTED, [])
    if not waiting:
        from sqlalchemy import event  # here: it is heavy, and there whenever there is a session

        event.listen(session, "after_commit", partial(_committed, into, waiting), once=True)
    waiting.append(piece)


def note_own(own: Own) -> None:
    """The command that runs has a way back of its own, in place of what it wrote."""
    into = _now.get()
    if into is not None:
        into.own = own


def note_final(words: str) -> None:
    """The command that runs is done for good: of what it wrote only these words are kept."""
    into = _now.get()
    if into is not None:
        into.final = words


class Steps:
    """The commands of one person at one open file, the last one on top. Nothing of it is saved."""

    def __init__(self, changed: Callable[[], object] = lambda: None) -> None:
        self._changed = changed
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def to_undo(self) -> Step | None:
        """What would be taken back next."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Step | None:
        """What would be done again next."""
        return self._undone[-1] if self._undone else None

    def did(self, step: Step) -> None:
        """A person did this; what was taken back before is not done again any more."""
        self._undone.clear()
        self._done = [*self._done, step][-MOST:]
        self._changed()

    def take(self, step: Step | None = None) -> Step | None:
        """The last command, or that one if it still stands, which is now to be taken back."""
        if step is None:
            return self._pop(self._done)
        left = [one for one in self._done if one is not step]
        if len(left) == len(self._done):
            return None
        self._done = left
        self._changed()
        return step

    def take_again(self) -> Step | None:
        """What was taken back last, which is now to be done again."""
        return self._pop(self._undone)

    def undone(self, origin: Step, step: Step) -> None:
        """By `step` a command was taken back: taking that back does it again."""
        self._undone.append(replace(step, origin=origin.origin or origin))
        self._changed()

    def redone(self, origin: Step, step: Step) -> None:
        """By `step` a command was done again."""
        self._done = [*self._done, replace(step, origin=origin.origin or origin)][-MOST:]
        self._changed()

    def strike(self, records: Collection[UUID]) -> None:
        """These were erased: nothing here tells of them, or of their parts, any more."""
        gone = frozenset(records)
        self._done = [left for one in self._done if (left := _without(one, gone))]
        self._undone = [left for one in self._undone if (left := _without(one, gone))]
        self._changed()

    def _pop(self, stack: list[Step]) -> Step | None:
        step = stack.pop() if stack else None
        if step is not None:
            self._changed()
        return step


def _committed(into: Recording, waiting: list[Piece], _: "Session") -> None:
    into.add(waiting)
    waiting.clear()


def _after(first: Piece, then: Piece) -> Piece:
    """Both writings of a record as one."""
    if first.before is None:
        return replace(first, after={**first.after, **then.after})
    before = {**(then.before or {}), **first.before}
    return replace(first, before=before, after={**first.after, **then.after})


def _counts(piece: Piece) -> bool:
    if piece.before is None:
        return not piece.after.get("removed")
    return any(piece.before.get(name) != value for name, value in piece.after.items())


def _without(step: Step, gone: frozenset[UUID]) -> Step | None:
    """The step as far as it tells of other records; None where nothing is left of it."""
    if step.own is not None:
        return None if step.own.about & gone else step
    if not step.pieces:
        return step
    pieces = tuple(p for p in step.pieces if p.record not in gone and p.parent not in gone)
    origin = _without(step.origin, gone) if step.origin is not None else None
    return replace(step, pieces=pieces, origin=origin) if pieces else None
