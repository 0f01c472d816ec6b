"""How far something long is, told from its thread to the screens; and the wish to stop it."""

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from sync.wish import Wish, heeded
from ui.turns import give_way

TOLD_EVERY = 0.2  # seconds between two words about it

T = TypeVar("T")


class HowFar(QObject):
    """One piece of work seen from outside. Hand `tell` to the work; where it waits for a line, do it
    within `over`."""

    told = Signal(int, int)  # how many are done, of how many

    def __init__(self) -> None:
        super().__init__()
        self._wish = Wish()
        self._said = 0.0

    def tell(self, done: int, of: int) -> None:
        """Pass it on, not too often. Call on any thread. Raises Stopped where nobody wants more."""
        self._wish.heed()
        give_way()
        if (now := monotonic()) - self._said >= TOLD_EVERY:
            self._said = now
            self.told.emit(done, of)

    def over(self, work: Callable[[], T]) -> Callable[[], T]:
        """The same work, which waits for no line after `stop`."""
        return partial(heeded, self._wish, work)

    def stop(self) -> None:
        """The work ends after the step that is under way."""
        self._wish.make()
