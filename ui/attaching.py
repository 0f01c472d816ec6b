"""Photos and files are added to records one after another, beside everything else that is done."""

from collections import deque
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.actions import attachments
from desktop.photos import Photo
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import tr, trn
from ui import messages
from ui.dropped import Content, loaded
from ui.jobs import Jobs

MOST_TOLD = 5  # files that could not be added, each with its reason


class Attaching(QObject):
    """A photo is made small on a lane of its own, and then named in the store: nothing waits for it.

    What is no photo is passed over, and told in words when the rest is there.
    """

    moved_on = Signal(int, int)  # how many are done, of how many; of none when all are

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs
        self._waiting: deque[tuple[UUID, Content]] = deque()
        self._total = self._done = self._added = 0
        self._wrong: dict[str, None] = {}  # reasons, each once
        self._busy = False

    def add(self, record: UUID, contents: Sequence[Content]) -> None:
        """Put these behind those that wait. The record is on this laptop, or about to be saved."""
        self._waiting.extend((record, content) for content in contents)
        self._total += len(contents)
        if not self._busy:
            self._next()

    def stop(self) -> None:
        """Those that wait are not added; what is there stays."""
        self._total -= len(self._waiting)
        self._waiting.clear()

    def _next(self) -> None:
        self._busy = bool(self._waiting)
        if not self._busy:
            self._end()
            return
        self.moved_on.emit(self._done, self._total)
        record, content = self._waiting.popleft()
        named = partial(self._name, record)
        self._jobs.aside(self, partial(_prepare, self._desk, content), named, self._refused)

    def _name(self, record: UUID, photo: Photo) -> None:
        work = partial(_named, self._desk, record, photo)
        self._jobs.write(work, self._named, self._refused)

    def _named(self) -> None:
        self._added += 1
        self._go_on()

    def _refused(self, error: UserError) -> None:
        self._wrong[str(error)] = None
        self._go_on()

    def _go_on(self) -> None:
        self._done += 1
        self._next()

    def _end(self) -> None:
        total, added, wrong = self._total, self._added, list(self._wrong)
        self._total = self._done = self._added = 0
        self._wrong = {}
        self.moved_on.emit(0, 0)
        said = trn("{n} photo was added.", "{n} photos were added.", added)
        if wrong:
            more = len(wrong) - MOST_TOLD
            rest = [tr("And so on: {n} more.", n=more)] if more > 0 else []
            messages.warn("\n".join([*([said] if total > 1 else []), *wrong[:MOST_TOLD], *rest]))
        elif total > 1:
            messages.say(said)


def _prepare(desk: Desk, content: Content) -> Photo:
    return desk.photos.add(loaded(content))


def _named(desk: Desk, record: UUID, photo: Photo) -> list[Change]:
    return attachments.name_photo(desk, record, photo)
