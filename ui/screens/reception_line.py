"""The visitor who is here now: written down by Enter, kept as one types, then the next one."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.actions import drafts, records
from desktop.actions.reception_day import IN_PERSON, came
from desktop.session import Desk
from sync.change import Change, new_id
from sync.errors import UserError
from sync.language import tr
from sync.person import REGION
from sync.records.base import Values
from sync.records.reception import Reception
from sync.records.values import Wrong
from ui import messages
from ui.jobs import Jobs
from ui.models.record_page import draft_key
from ui.widgets.quick_visitor import CONSENT, FIRST, QuickVisitor

KIND = Reception.kind
DRAFT = f"quick:{KIND}"
PAUSE = 600  # ms after the last key until what was typed is kept, as in every editor
OUTREACH = "outreach"  # all who come there come from one village


class ReceptionLine(QObject):
    """Enter in the first field writes the visitor down at once; Enter elsewhere begins the next one.

    `day` and `how` say for which day, and how, somebody is received when they are written down.
    """

    changed = Signal()  # another visitor is in the line, or the same one was saved

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        quick: QuickVisitor,
        day: Callable[[], date],
        how: Callable[[], str | None],
    ) -> None:
        super().__init__(quick)
        self._desk, self._jobs, self.quick = desk, jobs, quick
        self._day, self._how = day, how
        self.id: UUID | None = None  # of the visitor in the line, once written down
        self.last: UUID | None = None  # who was written down last
        self._saved_values: Values = {}
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        quick.edited.connect(self._timer.start)
        quick.entered.connect(self.enter)
        quick.next_wanted.connect(self.next)
        jobs.read(self, partial(drafts.recall, desk, DRAFT), self._restore)

    def enter(self, field: str) -> None:
        """Enter, in this field."""
        if field == FIRST and self.id is None:
            if self.save():
                self.quick.go_on()
        else:
            self.next()

    def next(self) -> None:
        """Save what is in the line, and begin with the next visitor."""
        if self.finish():
            self.quick.go_to()

    def finish(self) -> bool:
        """Save what is in the line and empty it; False where something in it is wrong."""
        if not self.save_typed():
            return False
        village = self.quick.values()["village"] if self._how() == OUTREACH else None
        self.id, self._saved_values = None, {}
        self.quick.clear(village=village)
        self._drop()
        self.changed.emit()
        return True

    def save_typed(self) -> bool:
        """Save what is in the line, if anything; False where something in it is wrong."""
        return self.quick.blank() or self.save()

    def save(self) -> bool:
        """Write down what is in the line; False where something in it is wrong, or it is empty."""
        values = self.quick.values()
        if self.quick.blank():
            self.quick.say(tr("Write in a few words what they came with."))
            self.quick.go_to()
            return False
        home = self._desk.person.district != REGION or self.id is not None
        if not self.quick.check(values, homeless=not home):
            return False
        before, new = self._saved_values, self.id is None
        said = {name: value for name, value in values.items() if before.get(name) != value}
        if new:
            moment = datetime.now().astimezone()
            said = came(self._desk, self._day(), moment, self._how() or IN_PERSON) | said
            self.id = new_id()
        if said.get(CONSENT):
            said["consent_on"] = self._day().isoformat()
        if said and self.id is not None:
            self.last, self._saved_values = self.id, values
            self._timer.stop()
            work = partial(_write, self._desk, said, self.id)
            refused = partial(self._refused, self.id, before, values, new)
            self._jobs.write(work, self._saved, refused)
            self.changed.emit()
        return True

    def keep(self) -> None:
        """What is typed and not saved outlives a crash."""
        self._timer.stop()
        values = self.quick.values()
        if self.quick.blank() or values == self._saved_values:
            self._drop()
            return
        id = str(self.id) if self.id else None
        body = {"id": id, "values": values, "saved": self._saved_values}
        self._jobs.read(self, partial(drafts.keep, self._desk, DRAFT, body), _nothing)

    def leave(self) -> None:
        """The page goes: keep what was typed."""
        if self._timer.isActive():
            self.keep()

    def _saved(self) -> None:
        messages.say(tr("Saved here."), about=messages.SAVING)

    def _refused(
        self, id: UUID, before: Values, values: Values, new: bool, error: UserError
    ) -> None:
        """What was typed goes back into the line; where the next one is in it, into the whole form."""
        if self.id != id and not self.quick.blank():
            body = {"id": str(id), "values": values, "base": 0, "was": {}, "panels": []}
            key = draft_key(KIND, None if new else id)
            self._jobs.read(self, partial(drafts.keep, self._desk, key, body), _nothing)
        else:
            self.id, self._saved_values = (None if new else id), before
            self.quick.set_values(values)
            if isinstance(error, Wrong):
                self.quick.show_problems(error.problems)
            self.keep()
            self.changed.emit()
        messages.warn(str(error), about=messages.SAVING)

    def _drop(self) -> None:
        self._timer.stop()
        self._jobs.read(self, partial(drafts.drop, self._desk, DRAFT), _nothing)

    def _restore(self, kept: dict[str, Any] | None) -> None:
        """After a crash the line is as it was."""
        if kept and self.quick.blank():
            self.id = UUID(kept["id"]) if kept["id"] else None
            self.last, self._saved_values = self.id, kept["saved"]
            self.quick.set_values(kept["values"])
            self.changed.emit()


def _write(desk: Desk, values: Values, id: UUID) -> list[Change]:
    """Save, and only then forget the draft: a crash between the two costs nothing."""
    changes = records.save(desk, KIND, values, id)
    drafts.drop(desk, DRAFT)
    return changes


def _nothing(_: object) -> None:
    """The draft is on the disk; nobody waits for it."""
