"""How far something long is, told from its thread to the screens; and the wish to stop it."""

from threading import Event
from time import monotonic

from PySide6.QtCore import QObject, Signal

from sync.errors import Stopped
from ui.turns import give_way

TOLD_EVERY = 0.2  # seconds between two words about it


class HowFar(QObject):
    """One piece of work seen from outside. Hand `tell` to the work."""

    told = Signal(int, int)  # how many are done, of how many

    def __init__(self) -> None:
        super().__init__()
        self._stopped = Event()
        self._said = 0.0

    def tell(self, done: int, of: int) -> None:
        """Pass it on, not too often. Call on any thread. Raises Stopped where nobody wants more."""
        if self._stopped.is_set():
            raise Stopped
        give_way()
        if (now := monotonic()) - self._said >= TOLD_EVERY:
            self._said = now
            self.told.emit(done, of)

    def stop(self) -> None:
        """The work ends after the step that is under way."""
        self._stopped.set()
