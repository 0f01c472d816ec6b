"""What a line becomes: a record, written down by Enter, kept as one types; then the next one."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.actions import drafts, records
from desktop.session import Desk
from sync.change import Change, new_id
from sync.errors import UserError
from sync.language import tr
from sync.records.base import Values
from sync.records.values import Wrong
from ui import messages
from ui.jobs import Jobs
from ui.widgets.quick_line import QuickLine

PAUSE = 600  # ms after the last key until what was typed is kept, as in every editor


class Held(msgspec.Struct):
    """What is in a line. `saved`: what of it is in the record of this id, if there is one."""

    values: Values
    id: UUID | None = None
    saved: Values = {}


class LineKeeper(QObject):
    """Enter in the first field writes down at once; Enter elsewhere begins the next.

    `key`: under which the line is kept. What could not be saved comes back into the line, at the
    latest when that is free again.
    """

    changed = Signal()  # another record is in the line, or the same one was saved

    def __init__(self, desk: Desk, jobs: Jobs, line: QuickLine, key: str) -> None:
        super().__init__(line)
        self._desk, self._jobs, self._line, self._key = desk, jobs, line, key
        self.id: UUID | None = None  # of the record in the line, once written down
        self.last: UUID | None = None  # what was written down last
        self._saved: Values = {}
        self._waiting: list[Held] = []  # what could not be saved, while another is in the line
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        line.edited.connect(self._timer.start)
        line.entered.connect(self.enter)

    # what a line of a sort says

    parent_id: UUID | None = None  # of parts: what they belong to
    wanted = ""  # what is said where there is nothing to save, already translated

    def start(self) -> Values:
        """What a new record says besides what was typed, as JSON."""
        return dict(self._line.record.begins)

    def dated(self, said: Values) -> Values:
        """What is saved of what was typed, with what follows from it."""
        return said

    def carried(self) -> Values:
        """What stays in the line for the next one."""
        return {}

    # keys

    def enter(self, field: str) -> None:
        """Enter, in this field."""
        if field == self._line.first and self.id is None:
            if self.save():
                self._line.go_on()
        else:
            self.next()

    def next(self) -> None:
        """Save what is in the line, and begin with the next."""
        if self.finish():
            self._line.go_to()

    def finish(self) -> bool:
        """Save what is in the line and empty it; False where something in it is wrong."""
        if not self.save_typed():
            return False
        kept = self.carried()
        self.id, self._saved = None, {}
        self._line.clear(kept)
        if self._waiting:
            self._take_up(self._waiting.pop(0))
        self.keep()
        self.changed.emit()
        return True

    def save_typed(self) -> bool:
        """Save what is in the line, if anything; False where something in it is wrong."""
        return self._line.blank() or self.save()

    def save(self) -> bool:
        """Write down what is in the line; False where something in it is wrong, or it is empty."""
        values = self._line.values()
        if self._line.blank():
            self._line.say(self.wanted)
            self._line.go_to()
            return False
        if not self._line.check(values):
            return False
        before = Held(values, self.id, self._saved)
        said = {name: one for name, one in values.items() if self._saved.get(name) != one}
        if self.id is None:
            said, self.id = self.start() | said, new_id()
        said = self.dated(said)
        if said:
            self.last, self._saved = self.id, values
            self._timer.stop()
            work = partial(self._write, said, self.id, self.parent_id)
            self._jobs.write(work, _saved, partial(self._refused, self.id, before))
            self.changed.emit()
        return True

    # keeping

    def keep(self) -> None:
        """What is typed and not saved outlives a crash."""
        self._timer.stop()
        values = self._line.values()
        held = [] if self._line.blank() or values == self._saved else [self._held()]
        body = {"lines": msgspec.to_builtins([*held, *self._waiting])}
        work = drafts.keep if body["lines"] else _drop
        self._jobs.read(self, partial(work, self._desk, self._key, body), _nothing)

    def leave(self) -> None:
        """The page goes: keep what was typed."""
        if self._timer.isActive():
            self.keep()

    def reset(self, key: str) -> None:
        """An empty line that is kept under another key; what was in it stays kept under its own."""
        self.leave()
        self.id, self.last, self._saved, self._waiting = None, None, {}, []
        self._key = key
        self._line.clear()

    def recall(self) -> None:
        """Read what was kept: after a crash the line is as it was."""
        self._jobs.read(self, partial(drafts.recall, self._desk, self._key), self._restore)

    def _restore(self, kept: dict[str, Any] | None) -> None:
        if kept and self._line.blank():
            first, *self._waiting = msgspec.convert(kept["lines"], list[Held])
            self._take_up(first)
            self.changed.emit()

    def _held(self) -> Held:
        return Held(self._line.values(), self.id, self._saved)

    def _take_up(self, held: Held) -> None:
        self.id, self._saved = held.id, held.saved
        self.last = held.id or self.last
        self._line.set_values(held.values)

    def _write(self, values: Values, id: UUID, parent: UUID | None) -> list[Change]:
        """Save, and only then forget the draft: a crash between the two costs nothing."""
        changes = records.save(self._desk, self._line.record.kind, values, id, parent)
        drafts.drop(self._desk, self._key)
        return changes

    def _refused(self, id: UUID, before: Held, error: UserError) -> None:
        if self.id != id and not self._line.blank():
            self._waiting.append(before)
        else:
            self._take_up(before)
            if isinstance(error, Wrong):
                self._line.show_problems(dict(error.problems))
            self.changed.emit()
        self.keep()
        messages.warn(str(error), about=messages.SAVING)


def _saved() -> None:
    messages.say(tr("Saved here."), about=messages.SAVING)


def _drop(desk: Desk, key: str, _: Values) -> None:
    drafts.drop(desk, key)


def _nothing(_: object) -> None:
    """The draft is on the disk; nobody waits for it."""
