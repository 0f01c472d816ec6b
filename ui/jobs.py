"""Work that must not freeze the screen."""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.steps import Recording, Step, Steps, recording
from sync.errors import UserError
from sync.wish import Wish, heeded
from ui import turns
from ui.watch import Told, Watch

if TYPE_CHECKING:  # it brings the store's library, which comes after the first paint
    from sync.change import Change

HANDOVER = 0.001  # seconds after which a busy thread lets the window's have its turn
Then = Callable[[Any], object]
Refused = Callable[[UserError], None]
Tell = Callable[[Told], None]


class Jobs(QObject):
    """Runs work on a thread and brings its result back to the screen that asked.

    Work on the store goes one at a time, in the order it was asked for; the network, the lists
    and what takes long have lanes of their own. Call the verbs on the thread of the screen. A UserError goes to the caller's `refused`
    where one is given, else to `failed` as words; every other exception is a bug and goes to
    `crashed`. Results never arrive inside the call that asked, nor at a deleted QObject.
    """

    recorded = Signal(list)  # changes, made here or brought by an exchange
    failed = Signal(str)  # words for the person
    crashed = Signal(object)  # a bug: the exception, with its traceback
    exchanging = Signal(bool)  # an exchange began or ended
    progressed = Signal(object)  # how far the exchange is that runs
    stepped = Signal()  # something else would be undone or done again now
    idle = Signal()  # nothing runs or waits any more
    closing = Signal()  # its threads end: what was made on them for the screen is let go of
    _finished = Signal(object)  # carries a closure from a worker to this thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(HANDOVER)
        self._store = ThreadPoolExecutor(1, "store")
        self._network = ThreadPoolExecutor(1, "network")
        self._lists = ThreadPoolExecutor(1, "lists")
        self._beside = ThreadPoolExecutor(1, "aside")
        self.steps = Steps(self.stepped.emit)  # what was done here, to be undone
        self._watches: list[Watch] = []  # of the exchange that runs, and those that come after it
        self._wishes: set[Wish] = set()  # of all that may wait for a line, or comes to it
        self._open = 0
        self._closed = False
        # queued: never inside the call that asked, however quick the work was
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def read(
        self, owner: QObject, work: Callable[[], Any], then: Then, refused: Refused | None = None
    ) -> None:
        """Give the result of `work` to `then`, unless `owner` is closed by then."""
        self._submit(self._store, owner, partial(_when_shown, work), then, refused)

    def write(
        self,
        work: Callable[[], list["Change"]],
        then: Callable[[], None] | None = None,
        refused: Refused | None = None,
        *,
        taken: Callable[[Step], None] | None = None,
    ) -> None:
        """Announce what was written, even if the screen has been closed meanwhile.

        It is one command, which can be undone. `taken`: who keeps the step instead.
        """
        wrote, keep = Recording(), taken or self.steps.did  # of whoever works now

        def ended() -> None:
            if step := wrote.step():  # also of what was refused half-way
                keep(step)

        announce = partial(self._announce, then=then)
        self._submit(self._store, self, partial(_recorded, wrote, work), announce, refused, ended)

    def forget_steps(self) -> None:
        """The file is closed: nothing of what was done is kept, nor of what still ends."""
        self.steps = Steps(self.stepped.emit)
        self.stepped.emit()

    def exchange(
        self,
        work: Callable[[Tell], Any],
        then: Then | None = None,
        refused: Refused | None = None,
    ) -> None:
        """Run one exchange with the server, which tells how far it is.

        The changes that it brought are announced while it runs, the rest when it has ended, in
        whatever way.
        """
        watch = Watch(self.progressed.emit, self.recorded.emit)
        self._watches.append(watch)
        self.exchanging.emit(True)

        def ended() -> None:
            self._watches.remove(watch)
            self.exchanging.emit(self.is_exchanging())
            self.recorded.emit(watch.rest())

        given = partial(_give, then=then)
        told = partial(work, watch.tell)
        self._reach(self._network, self, told, given, refused, watch.wish, ended)

    def is_exchanging(self) -> bool:
        """Whether one runs or is to come."""
        return bool(self._watches)

    def stop_exchange(self) -> None:
        """End the exchange that runs, and those asked for since, after the step that is under way;
        no line is waited for. They are refused as Stopped."""
        for watch in self._watches:
            watch.stop()

    def call(
        self, owner: QObject, work: Callable[[], Any], then: Then, refused: Refused | None = None
    ) -> None:
        """As `read`, on the network's lane: for long calls that do not touch the store."""
        self._reach(self._network, owner, work, then, refused, Wish())

    def look(
        self, owner: QObject, work: Callable[[], Any], then: Then, refused: Refused | None = None
    ) -> None:
        """As `read`, on the lists' lane: a long search does not hold up what is saved."""
        self._submit(self._lists, owner, partial(_when_shown, work), then, refused)

    def aside(
        self, owner: QObject, work: Callable[[], Any], then: Then, refused: Refused | None = None
    ) -> None:
        """As `read`, on a lane of its own: what takes long and holds up nobody."""
        self._reach(self._beside, owner, work, then, refused, Wish())

    def after_all(self, owner: QObject, then: Callable[[], object]) -> None:
        """After the drafts on the store's lane, a search, and a copy that is being made.

        What comes then on the network's lane comes after an exchange that still runs.
        """

        def ask(lanes: Sequence[Callable[..., None]]) -> None:
            if self._closed:  # the window went meanwhile, and with it what was to come
                return
            if lanes:
                lanes[0](owner, bool, lambda _: ask(lanes[1:]))
            else:
                then()

        ask((self.read, self.look, self.aside))

    def working(self) -> bool:
        """Whether anything runs, waits, or is on its way back."""
        return self._open > 0

    def close(self) -> None:
        """Finish all work on the store, and what runs besides. Nothing is asked for afterwards, and no
        line is waited for: what does so is refused as Stopped.

        What is on the way back still arrives, if its owner is there.
        """
        self._closed = True
        self.closing.emit()
        turns.end()  # this thread waits for them now
        for wish in self._wishes:
            wish.make()
        self._store.shutdown(wait=True)  # what was typed last is kept
        self._lists.shutdown(wait=True, cancel_futures=True)
        self._beside.shutdown(wait=True, cancel_futures=True)
        self._network.shutdown(wait=True, cancel_futures=True)

    def _reach(
        self,
        lane: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[], Any],
        then: Then,
        refused: Refused | None,
        wish: Wish,
        ended: Callable[[], None] | None = None,
    ) -> None:
        """Submit what may wait for a line, until it is wished that it ends."""

        def over() -> None:
            self._wishes.discard(wish)
            if ended:
                ended()

        self._wishes.add(wish)
        self._submit(lane, owner, partial(heeded, wish, work), then, refused, over)

    def _submit(
        self,
        lane: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[], Any],
        then: Then,
        refused: Refused | None,
        ended: Callable[[], None] | None = None,
    ) -> None:
        self._open += 1
        future = lane.submit(work)
        settle = partial(self._settle, owner=owner, then=then, refused=refused, ended=ended)
        future.add_done_callback(lambda done: self._finished.emit(partial(settle, done)))

    @Slot(object)
    def _deliver(self, settle: Callable[[], None]) -> None:
        turns.begin()
        try:
            settle()
        finally:
            self._open -= 1
            if not self._open:
                self.idle.emit()

    def _settle(
        self,
        done: Future[Any],
        owner: QObject,
        then: Then,
        refused: Refused | None,
        ended: Callable[[], None] | None,
    ) -> None:
        if ended:
            ended()
        if done.cancelled():
            return
        error = done.exception()
        if isinstance(error, UserError):
            if refused and shiboken6.isValid(owner) and _reachable(refused):
                refused(error)
            else:
                self.failed.emit(str(error))
        elif error is not None:
            self.crashed.emit(error)
        elif shiboken6.isValid(owner):  # the screen may be closed by now
            then(done.result())

    def _announce(self, changes: list["Change"], then: Callable[[], None] | None) -> None:
        self.recorded.emit(changes)
        if then and _reachable(then):
            then()


def _when_shown(work: Callable[[], Any]) -> Any:
    """A screen that asks while it is made is painted first: there is nothing to put it into before."""
    turns.give_way()
    return work()


def _recorded(into: Recording, work: Callable[[], list["Change"]]) -> list["Change"]:
    with recording(into):
        return work()


def _give(report: object, then: Then | None) -> None:
    if then and _reachable(then):
        then(report)


def _reachable(call: Callable[..., object]) -> bool:
    """Whether the object that a bound method belongs to still exists in Qt."""
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
