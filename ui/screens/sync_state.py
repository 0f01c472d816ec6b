"""What is saved here, what waits and why, and what was refused. Being offline is no fault."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.actions import attention, exchange, reports, surveys
from desktop.actions.exchange import Held, Report, Saved
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import tr
from ui import messages
from ui.exports import ask_export_all
from ui.jobs import Jobs
from ui.models.waiting import Edited, Trouble, troubles, waiting_edits
from ui.undoing import undo_button
from ui.widgets.attention_card import AttentionCard
from ui.widgets.carry_card import CarryCard
from ui.widgets.everything_card import EverythingCard
from ui.widgets.fact_sheet import clear
from ui.widgets.fresh_page import FreshPage
from ui.widgets.held_card import HeldCard
from ui.widgets.keeping_card import KeepingCard
from ui.widgets.room_card import RoomCard
from ui.widgets.rows import TaskRow
from ui.widgets.scrolled import scrolled
from ui.widgets.sync_progress import SyncProgress
from ui.widgets.sync_result import SyncResult
from ui.widgets.sync_summary import SyncSummary
from ui.widgets.waiting_card import WaitingCard


@dataclass(frozen=True)
class State:
    """All that the screen tells."""

    saved: Saved
    waiting: list[Edited]
    troubles: list[Trouble]
    interviews: int  # finished and not sent
    letters: int  # sealed and not sent
    gathering: bool  # those of some survey wait for others of their like


class SyncScreen(FreshPage):
    """Tells in words; asks nothing back. «Sync now» works at any time."""

    open_record = Signal(str, object)  # kind, id
    open_screen = Signal(str)

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._state: State | None = None
        self.summary, self.progress, self.result = SyncSummary(), SyncProgress(), SyncResult()
        self.headline, self.button = self.summary.headline, self.summary.button
        self.waiting, self.result_words = self.summary.waiting, self.result.words
        self.rows: list[TaskRow] = []
        self.all_button: QPushButton | None = None  # where not all that waits is shown
        self._all = False
        self.take_buttons: list[QPushButton] = []
        self.let_go_buttons: list[QPushButton] = []
        self.retry_buttons: list[QPushButton] = []
        self._build()
        self.button.clicked.connect(self.exchange)
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self, self.export_all)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        jobs.recorded.connect(self.refresh)
        jobs.exchanging.connect(self._busy)
        jobs.progressed.connect(self.progress.show_progress)
        self.progress.stopped.connect(jobs.stop_exchange)
        self.retranslate()
        if jobs.is_exchanging():  # since before the screen was opened
            self._busy(True)

    @Slot()
    def reload(self) -> None:
        """Read anew what waits."""
        self._jobs.read(self, partial(_read_state, self._desk), self._show)

    @Slot(list)
    def refresh(self, _: list[Change]) -> None:
        """Whatever was written waits now, or no longer does; unseen, it is read when it is shown."""
        if self.isVisible():
            self.reload()

    @Slot()
    def exchange(self) -> None:
        """Send what waits and take what is new."""
        work = partial(exchange.exchange, self._desk)
        self._jobs.exchange(work, self._ended, self._ended)

    @Slot()
    def export_all(self) -> None:
        """All that this person may read, as one archive: what goes is said first."""
        ask_export_all(self._desk, self._jobs, self)

    def _ended(self, result: Report | UserError) -> None:
        self.result.tell(result)
        self.reload()

    def _busy(self, busy: bool) -> None:
        if busy and self.focusWidget() is self.button:
            self.area.setFocus()  # else the cursor goes on to some row below, and the page with it
        self.summary.show_busy(busy)
        if busy:
            self.progress.begin()
        else:
            self.progress.end()
            if self.focusWidget() is self.area:
                self.button.setFocus()

    def _let_go(self, held: attention.Held) -> None:
        self._jobs.write(partial(attention.let_go, self._desk, held), self._discarded)

    def _discarded(self) -> None:
        messages.say(tr("The edit was discarded."), undo_button(self._desk, self._jobs))

    def _retry(self, held: attention.Held) -> None:
        self._jobs.write(
            partial(attention.retry, self._desk, held),
            lambda: messages.say(tr("The edit waits to be sent again.")),
        )

    # showing

    def _show(self, state: State) -> None:
        self._state = state
        self.rows, self.all_button, self.let_go_buttons, self.retry_buttons = [], None, [], []
        self.summary.show_saved(state.saved)
        clear(self._lists)
        self.take_buttons = [self._held(held) for held in state.saved.held]
        if state.troubles:
            self._attention(state.troubles)
        if state.waiting or state.interviews or state.letters:
            self._waiting(state)

    def _held(self, held: Held) -> QPushButton:
        names = self._desk.pack.districts
        district = names[held.district].words() if held.district in names else held.district
        card = HeldCard(held, district)
        card.allowed.connect(self._allow)
        self._lists.addWidget(card)
        return card.button

    def _allow(self) -> None:
        """Said yes: the next exchange, which begins at once, takes it."""
        allow = partial(exchange.allow_removals, self._desk)
        self._jobs.read(self, allow, lambda _: self.exchange())

    def _attention(self, troubles: list[Trouble]) -> None:
        card = AttentionCard(troubles)
        card.open_record.connect(self.open_record)
        card.again_wanted.connect(self._retry)
        card.let_go.connect(self._let_go)
        self.retry_buttons, self.let_go_buttons = card.retry_buttons, card.let_go_buttons
        self._lists.addWidget(card)

    def _waiting(self, state: State) -> None:
        card = WaitingCard(
            state.waiting,
            state.saved.waiting,
            state.interviews,
            state.letters,
            gathering=state.gathering,
            whole=self._all,
        )
        card.open_record.connect(self.open_record)
        card.open_screen.connect(self.open_screen)
        card.all_wanted.connect(self.show_all)
        self.rows, self.all_button = card.rows, card.all_button
        self._lists.addWidget(card)

    @Slot()
    def show_all(self) -> None:
        """All that waits, from now on; the cursor goes to the first of what was not shown."""
        self._all, before = True, len(self.rows)
        if self._state is not None:
            self._show(self._state)
        if len(self.rows) > before:
            self.rows[before].setFocus()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self._busy(not self.button.isEnabled())
        self.result.retranslate()
        if self._state is not None:
            self._show(self._state)

    def _build(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(920)
        self.area = area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 12, 24, 24)
        page.setSpacing(16)
        page.addWidget(self.summary)
        page.addWidget(self.progress)
        page.addWidget(self.result)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(16)
        page.addLayout(self._lists)
        self.carry = CarryCard(self._desk, self._jobs)
        self.room = RoomCard(self._desk, self._jobs)
        page.addWidget(self.carry)
        page.addWidget(self.room)
        self.everything = EverythingCard()
        self.everything.wanted.connect(self.export_all)
        page.addWidget(self.everything)
        page.addWidget(KeepingCard())
        page.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.setFocusProxy(self.button)


def _read_state(desk: Desk) -> State:
    waves = [wave for wave in surveys.list_waves(desk) if wave.unsent]
    today = date.today()  # noqa: DTZ011  # the waves' own calendar
    return State(
        exchange.state(desk),
        waiting_edits(desk),
        troubles(desk),
        sum(wave.unsent for wave in waves),
        reports.unsent(desk),
        gathering=any(wave.gathers(today) for wave in waves),
    )
