"""How far an exchange is, told from its thread to the screens; and the person's wish to stop it."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from msgspec.structs import replace

from sync.wish import Wish
from ui.turns import give_way

if TYPE_CHECKING:  # it brings the store's library, which comes after the first paint
    from sync.change import Change

TOLD_EVERY = 0.2  # seconds between two words about progress
ANNOUNCED_EVERY = 2.0  # seconds between two announcements of what came: each is read anew
MANY = 500  # changes that are announced one by one
MANY_EVERY = 10.0  # seconds between two announcements of more
ANY = UUID(int=0)  # instead of the records where there are many


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
        self.wish = Wish()
        self._said = self._announced = clock()
        self._came: list[Change] = []
        self._kinds: dict[str, Change] = {}  # of which more came: one of each

    def tell(self, progress: Told) -> None:
        """Pass it on, not too often. Raises Stopped where the person does not want more."""
        from sync.erasure import erases  # it, too, comes after the first paint

        for change in progress.changes:
            self._note(change, kept=erases(change))
        now = self._clock()
        if now - self._said >= TOLD_EVERY:
            self._said = now
            self._progressed(progress)
        every = MANY_EVERY if self._kinds else ANNOUNCED_EVERY
        if self._came and now - self._announced >= every:
            self._announced = now
            self._announce(self.rest())
        self.wish.heed()
        give_way()

    def stop(self) -> None:
        """The exchange ends after the step that is under way, and waits for no line any more."""
        self.wish.make()

    def rest(self) -> list["Change"]:
        """The changes that came and were not announced; of more than MANY, one of each kind.

        It stands for ANY records, which saves every screen to look through all of them.
        """
        came = [*self._came, *self._kinds.values()]
        if self._kinds:
            each = {one.kind: replace(one, record=ANY, parent=None) for one in came}
            came = [*(one for one in came if one.fields), *each.values()]
        self._came, self._kinds = [], {}
        return came

    def _note(self, change: "Change", *, kept: bool) -> None:
        """Which record, not what it holds: there may be a hundred thousand."""
        if kept:
            self._came.append(change)
        elif len(self._came) < MANY:
            self._came.append(replace(change, fields={}))
        elif change.kind not in self._kinds:
            self._kinds[change.kind] = replace(change, fields={})
