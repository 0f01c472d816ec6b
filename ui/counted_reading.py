"""A reading that takes long where there is very much: how far it is stands above, and it can be stopped."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from sync.errors import Stopped, UserError
from sync.language import mark, tr
from ui import messages
from ui.how_far import HowFar
from ui.jobs import Jobs
from ui.widgets.how_far_bar import SOON, HowFarBar

COUNTING = mark("Counting…")
Tell = Callable[[int, int], None]


class CountedReading(QObject):
    """Of one screen. Put `bar` above what is read.

    What is read anew while it is still read comes as well: where news arrive again and again, something is
    shown nevertheless. `stopped`: what a person is told who wanted no more of it.
    """

    def __init__(self, jobs: Jobs, screen: QObject, stopped: str) -> None:
        super().__init__(screen)
        self._jobs, self._stopped = jobs, stopped
        self._awaited: list[HowFar] = []
        self.bar = HowFarBar()
        self.bar.stopped.connect(self.stop)

    def begin(self, read: Callable[[Tell], Any], then: Callable[[Any], object]) -> None:
        """Give the result of `read` to `then`, if it is still awaited. `read` is told by what it says how
        far it is, on the store's thread."""
        now = HowFar()
        now.told.connect(self.bar.tell)
        self._awaited.append(now)
        self.bar.begin(tr(COUNTING), after=SOON)
        work, ended = partial(read, now.tell), partial(self._ended, now)
        self._jobs.read(self, work, partial(ended, then), partial(ended, self._refused))

    @Slot()
    def stop(self) -> None:
        """Read no more; what was shown stays, and the person is told so once."""
        last = self._awaited[-1:]
        self.leave()
        self._awaited = last

    def leave(self) -> None:
        """Nobody waits for it any more."""
        for one in self._awaited:
            one.stop()
        self._awaited = []
        self.bar.end()

    def _ended(self, one: HowFar, then: Callable[[Any], object], result: Any) -> None:
        if one in self._awaited:
            self._awaited.remove(one)
            if not self._awaited:
                self.bar.end()
            then(result)

    def _refused(self, error: UserError) -> None:
        messages.tell(tr(self._stopped) if isinstance(error, Stopped) else str(error))
