"""What is saved here, what waits and why, and what was refused. Being offline is no fault."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.actions import attention, exchange, surveys
from desktop.actions.exchange import Held, Report, Saved
from desktop.session import Desk
from sync.answers import FEWEST
from sync.change import Change
from sync.errors import Offline, Stopped, UserError
from sync.language import mark, tr, trn
from ui import messages
from ui.dates import moment
from ui.icons import Picture, icon
from ui.jobs import Jobs
from ui.models.waiting import Edited, Trouble, exchange_words, troubles, waiting_edits
from ui.widgets.badges import Badge
from ui.widgets.cards import Card, Figure
from ui.widgets.carry_card import CarryCard
from ui.widgets.fact_sheet import clear
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look
from ui.widgets.room_card import RoomCard
from ui.widgets.rows import TaskRow
from ui.widgets.sync_progress import SyncProgress

PICTURES = {"meeting": "meetings", "issue": "issues", "visit": "visits"}
OPENED = frozenset(PICTURES)  # kinds that have a screen
FEW = 3  # rows of what waits at first: the cards below are to be found
MOST = 50  # rows of one list; the count tells the rest


@dataclass(frozen=True)
class State:
    """All that the screen tells."""

    saved: Saved
    waiting: list[Edited]
    troubles: list[Trouble]
    interviews: int  # finished and not sent
    gathering: bool  # those of some survey are still too few to be sent


class SyncScreen(QWidget):
    """Tells in words; asks nothing back. «Sync now» works at any time."""

    open_record = Signal(str, object)  # kind, id
    open_screen = Signal(str)

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._state: State | None = None
        self._report: Report | None = None
        self._error: UserError | None = None
        self._at: datetime | None = None  # of the last try
        self.rows: list[TaskRow] = []
        self.all_button: QPushButton | None = None  # where not all that waits is shown
        self._all = False
        self.take_buttons: list[QPushButton] = []
        self.let_go_buttons: list[QPushButton] = []
        self.retry_buttons: list[QPushButton] = []
        self._build()
        jobs.recorded.connect(self.refresh)
        jobs.exchanging.connect(self._busy)
        jobs.progressed.connect(self.progress.show_progress)
        self.progress.stopped.connect(jobs.stop_exchange)
        self.retranslate()
        self.reload()

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
        self._jobs.exchange(work, self._exchanged, self._failed)

    def _exchanged(self, report: Report) -> None:
        self._report, self._error, self._at = report, None, datetime.now(UTC)
        self._say_result()
        self.reload()

    def _failed(self, error: UserError) -> None:
        self._report, self._error, self._at = None, error, datetime.now(UTC)
        self._say_result()
        self.reload()

    def _busy(self, busy: bool) -> None:
        if busy and self.focusWidget() is self.button:
            self.area.setFocus()  # else the cursor goes on to some row below, and the page with it
        self.button.setEnabled(not busy)
        self.button.setText(tr("Syncing…") if busy else tr("Sync now"))
        if not busy:
            self.progress.end()
            if self.focusWidget() is self.area:
                self.button.setFocus()

    def _let_go(self, held: attention.Held) -> None:
        self._jobs.write(partial(attention.let_go, self._desk, held))
        undo = messages.Action(tr("Undo"), partial(self._put_back, held))
        messages.say(tr("The edit was discarded."), undo)

    def _put_back(self, held: attention.Held) -> None:
        self._jobs.write(partial(attention.put_back, self._desk, held))

    def _retry(self, held: attention.Held) -> None:
        self._jobs.write(
            partial(attention.retry, self._desk, held),
            lambda: messages.say(tr("The edit waits to be sent again.")),
        )

    # showing

    def _show(self, state: State) -> None:
        self._state = state
        self.rows, self.let_go_buttons, self.retry_buttons = [], [], []
        self._figures(state.saved)
        clear(self._lists)
        self.take_buttons = [self._held(held) for held in state.saved.held]
        if state.troubles:
            self._lists.addWidget(self._attention(state.troubles))
        if state.waiting or state.interviews:
            self._lists.addWidget(self._waiting(state))
        self._lists.addStretch(1)

    def _figures(self, saved: Saved) -> None:
        waiting, photos = saved.waiting, saved.photos_waiting
        self.waiting.say(str(waiting), trn("edit waits", "edits wait", waiting))
        self.photos.say(str(photos), trn("photo waits", "photos wait", photos))
        when = moment(saved.exchanged, datetime.now(UTC)) if saved.exchanged else tr("never yet")
        self.last.say(when, tr("last sync"))
        self.sign.show_icon(*_sign(saved))
        self.headline.setText(_headline(saved))

    def _say_result(self) -> None:
        self.result.setVisible(self._at is not None)
        if self._at is None:
            return
        if self._error is not None:
            # no network is usual here, not a fault
            calm = isinstance(self._error, Offline | Stopped)
            set_look(self.result, "notice", "info" if calm else "warning")
            words = str(self._error)
        else:
            set_look(self.result, "notice", "success")
            words = exchange_words(self._report) if self._report else ""
        when = moment(self._at, datetime.now(UTC))
        self.result_words.setText(
            tr("{when}: {words}", when=when[:1].upper() + when[1:], words=words)
        )

    def _held(self, held: Held) -> QPushButton:
        """Much of a district would go: asked here, and nowhere in the way."""
        card = Card(mark("Much would be removed"), "warning")
        names = self._desk.pack.districts
        district = names[held.district].words() if held.district in names else held.district
        words = tr(
            "Of {here} records of {district}, {going} were removed elsewhere. They are still here.",
            here=held.here,
            district=district,
            going=held.going,
        )
        card.add(PlainLabel(words, wrap=True))
        advice = tr("If you know why, let them go. If not, ask your coordinator first.")
        card.add(PlainLabel(advice, "muted", wrap=True))
        button = QPushButton(tr("Let them go"))
        button.clicked.connect(self._allow)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        card.add(row)
        self._lists.addWidget(card)
        return button

    def _allow(self) -> None:
        """Said yes: the next exchange, which begins at once, takes it."""
        allow = partial(exchange.allow_removals, self._desk)
        self._jobs.read(self, allow, lambda _: self.exchange())

    def _attention(self, troubles: list[Trouble]) -> Card:
        card = Card(mark("Needs attention"), "warning")
        card.head.addWidget(Badge(str(len(troubles)), "warning", "warning"))
        card.add(
            PlainLabel(
                tr("The server refused these edits. They are kept here until you deal with them."),
                "muted",
                wrap=True,
            )
        )
        for trouble in troubles[:MOST]:
            card.add(self._trouble(trouble))
        return card

    def _trouble(self, trouble: Trouble) -> QFrame:
        box = QFrame()
        box.setProperty("card", "part")
        held = trouble.held
        repair, again, discard = QPushButton(), QPushButton(), QPushButton()
        repair.setText(tr("Open the record"))
        repair.clicked.connect(lambda: self.open_record.emit(trouble.kind, trouble.record))
        again.setText(tr("Send again"))
        again.setIcon(icon("sync", "text"))
        again.clicked.connect(lambda: self._retry(held))
        discard.setText(tr("Discard this edit"))
        discard.setProperty("kind", "quiet")
        discard.setIcon(icon("close", "accent"))
        discard.clicked.connect(lambda: self._let_go(held))
        self.retry_buttons.append(again)
        self.let_go_buttons.append(discard)
        buttons = QHBoxLayout()
        for button in ((repair,) if trouble.kind in OPENED else ()) + (again, discard):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(PlainLabel(trouble.title, "strong", wrap=True))
        column.addWidget(PlainLabel(trouble.what, "muted", wrap=True))
        column.addWidget(PlainLabel(trouble.held.reason, wrap=True))
        column.addSpacing(4)
        column.addLayout(buttons)
        return box

    def _waiting(self, state: State) -> Card:
        card = Card(mark("Waits to be sent"), "cloud_wait")
        card.body.setSpacing(2)
        if state.interviews:
            card.add(self._interviews(state.interviews, gathering=state.gathering))
        few = len(state.waiting) > FEW and not self._all
        for edited in state.waiting[:FEW] if few else state.waiting:
            badge = Badge(str(edited.edits), "neutral") if edited.edits > 1 else None
            sign = Picture(PICTURES.get(edited.kind, "document"), "muted")
            row = TaskRow(sign, edited.title, edited.what, badge)
            row.setEnabled(edited.kind in OPENED)
            row.clicked.connect(
                lambda _=False, each=edited: self.open_record.emit(each.kind, each.record)
            )
            self.rows.append(row)
            card.add(row)
        told = state.interviews + sum(edited.edits for edited in state.waiting)
        more = state.saved.waiting - told
        self.all_button = (
            self._show_all_button(0 if more > 0 else len(state.waiting)) if few else None
        )
        if self.all_button is not None:
            card.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        elif more > 0:
            card.add(PlainLabel(trn("and {n} more", "and {n} more", more), "muted"))
        return card

    def _show_all_button(self, n: int) -> QPushButton:
        """`n` records; 0 where not all of them were read, as there are so many."""
        button = QPushButton(tr("Show all ({n})", n=n) if n else tr("Show more"))
        button.setProperty("kind", "quiet")
        button.clicked.connect(self.show_all)
        return button

    @Slot()
    def show_all(self) -> None:
        """All that waits, from now on; the cursor goes to the first of what was not shown."""
        self._all, before = True, len(self.rows)
        if self._state is not None:
            self._show(self._state)
        if len(self.rows) > before:
            self.rows[before].setFocus()

    def _interviews(self, unsent: int, *, gathering: bool) -> TaskRow:
        words = trn("{n} finished interview", "{n} finished interviews", unsent)
        below = (
            tr("Sent together when {fewest} of a survey are finished.", fewest=FEWEST)
            if gathering
            else tr("They go with the next sync.")
        )
        row = TaskRow(Picture("surveys", "muted"), words, below)
        row.clicked.connect(lambda: self.open_screen.emit("surveys"))
        self.rows.append(row)
        return row

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self._busy(not self.button.isEnabled())
        self._say_result()
        if self._state is not None:
            self._show(self._state)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.reload()
        super().changeEvent(event)

    def _build(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(920)
        self._page = QVBoxLayout(inside)
        self._page.setContentsMargins(24, 12, 24, 24)
        self._page.setSpacing(16)
        self._page.addWidget(self._summary())
        self.progress = SyncProgress()
        self._page.addWidget(self.progress)
        self.result = QFrame()
        self.result_words = PlainLabel("", wrap=True)
        told = QVBoxLayout(self.result)
        told.setContentsMargins(20, 12, 16, 14)
        told.addWidget(self.result_words)
        self._page.addWidget(self.result)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(16)
        self._page.addLayout(self._lists, 1)
        self.carry = CarryCard(self._desk, self._jobs)
        self.room = RoomCard(self._desk, self._jobs)
        self._page.addWidget(self.carry)
        self._page.addWidget(self.room)
        self.area = area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.setFocusProxy(self.button)

    def _summary(self) -> Card:
        card = Card()
        self.sign, self.headline = (
            Picture("cloud_ok", "success", 28),
            PlainLabel("", "lead", wrap=True),
        )
        self.waiting, self.photos, self.last = Figure(), Figure(), Figure()
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.setIcon(icon("sync", "on_accent"))
        self.button.clicked.connect(self.exchange)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.headline, 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        figures = QHBoxLayout()
        figures.setSpacing(24)
        for figure, share in ((self.waiting, 1), (self.photos, 1), (self.last, 2)):
            figures.addWidget(figure, share)
        card.add(head)
        card.body.addSpacing(8)
        card.add(figures)
        return card


def _sign(saved: Saved) -> tuple[str, str]:
    """(icon, role of its colour) beside the headline."""
    if saved.attention:
        return "warning", "warning"
    waits = saved.waiting or saved.photos_waiting
    return ("cloud_wait", "accent") if waits else ("cloud_ok", "success")


def _headline(saved: Saved) -> str:
    """What is safe, and where."""
    if saved.attention:
        words = trn("{n} needs your attention.", "{n} need your attention.", saved.attention)
        return f"{tr('Everything is saved on this laptop.')} {words}"
    if saved.waiting or saved.photos_waiting:
        return tr("Everything is saved on this laptop. What waits is sent with the next sync.")
    if saved.exchanged:
        return tr("Everything is saved here and on the server.")
    return tr("Everything is saved on this laptop.")


def _read_state(desk: Desk) -> State:
    unsent = [wave.unsent for wave in surveys.list_waves(desk) if wave.unsent]
    return State(
        exchange.state(desk),
        waiting_edits(desk),
        troubles(desk),
        sum(unsent),
        gathering=any(each < FEWEST for each in unsent),
    )
