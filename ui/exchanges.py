"""When the laptop exchanges with the server, and what the status line says of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from sync.errors import Offline, SignInAgain, Stopped, UserError
from sync.language import tr
from ui import messages
from ui.jobs import Jobs
from ui.widgets.status_line import SyncState

if TYPE_CHECKING:
    from desktop.session import Desk
    from sync.change import Change

MINUTE = 60_000  # ms


class Exchanges(QObject):
    """For one desk at a time, every `every` minutes and when asked; without a desk it rests."""

    told = Signal(object)  # a SyncState
    to_review = Signal(int)  # how many wait for this person's decision
    work_changed = Signal(object)  # a Desk: the person may do other things than before
    reached = Signal()  # an exchange came to its end
    sign_in_wanted = Signal()
    wipe_wanted = Signal()  # everything is sent, and the region wants the work deleted

    def __init__(self, jobs: Jobs, every: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._desk: Desk | None = None
        self._state = SyncState()
        self.timer = QTimer(self, interval=every * MINUTE)
        self.timer.timeout.connect(self.exchange_quietly)
        jobs.recorded.connect(self._recorded)
        jobs.exchanging.connect(self._exchanging)
        jobs.progressed.connect(lambda how_far: self._tell(share=how_far.share))

    def set_every(self, minutes: int) -> None:
        """From now on, so many minutes between two exchanges."""
        self.timer.setInterval(minutes * MINUTE)

    def begin(self, desk: "Desk") -> None:
        """Tell of this desk; it is not exchanged yet."""
        self._desk = desk
        # when somebody else saved here, and whether they reached the server, is not this one's
        self._state = SyncState(busy=self._state.busy, share=self._state.share)
        self._look()

    def start(self) -> None:
        """Exchange now, and from time to time."""
        self.timer.start()
        self.exchange_quietly()

    def rest(self) -> None:
        """The desk is closed or another one comes."""
        self.timer.stop()
        self._desk = None

    def exchange(self) -> None:
        """One exchange now; what goes wrong is said."""
        self._exchange(self._say_refused)

    def exchange_quietly(self) -> None:
        """One exchange from time to time; the network that is not there is not worth a word."""
        self._exchange(self._note_refused)

    def _exchange(self, refused: Callable[[UserError], None]) -> None:
        desk = self._desk
        if desk is None or self._state.busy:
            return

        def work(tell: Any) -> Any:
            from desktop.actions.exchange import exchange

            return exchange(desk, tell)

        self._jobs.exchange(work, self._came_to_its_end, refused)

    def _came_to_its_end(self, _: object) -> None:
        self._tell(offline=False)
        self.reached.emit()

    def _say_refused(self, error: UserError) -> None:
        self._warn(error)
        self._tell(offline=isinstance(error, Offline))

    def _note_refused(self, error: UserError) -> None:
        self._tell(offline=isinstance(error, Offline))
        if not isinstance(error, Offline | Stopped):
            self._warn(error)

    def _warn(self, error: UserError) -> None:
        from desktop.actions.restored import NotAgreed

        if isinstance(error, NotAgreed):
            go_on = messages.Action(tr("Sync now"), self._agree)
            messages.warn(str(error), go_on, about=messages.MENDED)
            return
        again = messages.Action(tr("Sign in"), self.sign_in_wanted.emit)
        messages.warn(str(error), again if isinstance(error, SignInAgain) else None)

    def _agree(self) -> None:
        """The person knows that this is the work of a copy."""
        desk = self._desk

        def agree() -> list[Any]:
            from desktop.actions.restored import agree

            if desk is not None:
                agree(desk)
            return []

        self._jobs.write(agree, self.exchange)

    def _exchanging(self, busy: bool) -> None:
        self._tell(busy=busy, share=None)
        if not busy:
            self._look()

    def _recorded(self, changes: list["Change"]) -> None:
        self._tell(saved_at=datetime.now(UTC))
        self._look()

    def _look(self) -> None:
        desk = self._desk
        if desk is None:
            return

        def work() -> Any:
            from desktop.actions import exchange, former_officer, review, who_looked
            from desktop.profile import as_told
            from desktop.wiping import is_due

            told = as_told(desk)
            said = [former_officer.words(desk), *who_looked.doubts(desk)]
            return exchange.state(desk), review.count_waiting(told), told, is_due(desk), said

        self._jobs.read(self, work, self._show_counts)

    def _show_counts(self, counted: Any) -> None:
        saved, to_review, told, wipe, said = counted
        for words in filter(None, said):
            messages.warn(words)
        if wipe and self._desk is not None and not self._state.busy:
            self.wipe_wanted.emit()
            return
        if self._desk is not None and _differ(told, self._desk) and not self._state.busy:
            self.work_changed.emit(told)
            return
        self._tell(
            waiting=saved.waiting,
            photos_waiting=saved.photos_waiting,
            attention=saved.attention,
            last_exchange=saved.exchanged,
        )
        self.to_review.emit(to_review)

    def _tell(self, **changed: Any) -> None:
        self._state = replace(self._state, **changed)
        self.told.emit(self._state)


def _differ(told: "Desk", desk: "Desk") -> bool:
    """Whether other things may be done. A name or language that was put right takes nobody's page away:
    the next opening has it."""
    return (told.person.role, told.person.district) != (desk.person.role, desk.person.district)
