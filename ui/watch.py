"""How far an exchange is, told from its thread to the screens; and the person's wish to stop it."""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from sync.errors import Stopped

if TYPE_CHECKING:  # it brings the store's library, which comes after the first paint
    from sync.change import Change

TOLD_EVERY = 0.2  # seconds between two words about progress
ANNOUNCED_EVERY = 2.0  # seconds between two announcements of what came: each is read anew
MANY = 500  # changes that are not announced before the end: the lists would be read all the time


class Told(Protocol):
    """How far something is, and the changes that came with this step."""

    @property
    def changes(self) -> list["Change"]: ...


class Watch:
    """One exchange seen from outside. `tell` is called on the exchange's thread.

    `progressed` and `announce` are called there too: a signal's `emit` brings them to the screens.
    """

    def __init__(
        self,
        progressed: Callable[[Told], None],
        announce: Callable[[list["Change"]], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._progressed, self._announce, self._clock = progressed, announce, clock
        self._stopped = Event()
        self._said = self._announced = clock()
        self._came: list[Change] = []

    def tell(self, progress: Told) -> None:
        """Pass it on, not too often. Raises Stopped where the person does not want more."""
        # which records, not what they hold: there may be a hundred thousand
        self._came += [replace(change, fields={}) for change in progress.changes]
        now = self._clock()
        if now - self._said >= TOLD_EVERY:
            self._said = now
            self._progressed(progress)
        if 0 < len(self._came) <= MANY and now - self._announced >= ANNOUNCED_EVERY:
            self._announced = now
            self._announce(self.rest())
        if self._stopped.is_set():
            raise Stopped

    def stop(self) -> None:
        """The exchange ends after the step that is under way."""
        self._stopped.set()

    def rest(self) -> list["Change"]:
        """The changes that came and were not announced."""
        came, self._came = self._came, []
        return came
