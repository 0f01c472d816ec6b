"""What was probably told twice: two records side by side, joined under one by a key, or set apart."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import duplicates
from desktop.actions.duplicates import COMPARED
from desktop.actions.pairs import MOST, Pair, pairs
from desktop.session import Desk
from sync.change import Change
from sync.errors import Stopped, UserError
from sync.language import mark, tr
from ui import messages
from ui.how_far import HowFar
from ui.jobs import Jobs
from ui.models.case import read_case
from ui.screens import screen_of
from ui.undoing import undo
from ui.widgets.empty_state import EmptyState
from ui.widgets.fresh_page import FreshPage
from ui.widgets.how_far_bar import SOON, HowFarBar
from ui.widgets.key_positions import digit_of, letter_of
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.pair_side import PairSide
from ui.widgets.two_panes import TwoPanes
from ui.widgets.word_button import WordButton

NONE = mark("Nothing looks as if it had been told twice.")
LOOKING = mark("The records are being compared…")
TOLD = mark(
    "How much alike two are stands beside them. Joined under one, nothing of either is lost, and it can "
    "be undone."
)
STOPPED = mark("Stopped: these were found so far.")
DRAFT = mark(
    "The other one was not sent for review yet, so it cannot be called a duplicate. Keep it instead, or "
    "wait until it is sent."
)


class Comparison(HowFar):
    """One look through all records. Hand `tell` and `find` to the work."""

    found = Signal(object, object)  # itself, and the pairs so far

    def find(self, pairs: Sequence[Pair]) -> None:
        """Pass on what was found so far. Call on any thread."""
        self.found.emit(self, pairs)


class DuplicatesScreen(FreshPage):
    """1 and 2 keep the left or the right record, N sets them apart."""

    open_record = Signal(str, object)  # kind, id

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._kind: str = COMPARED[0]
        self._pairs: Sequence[Pair] = ()
        self.told = PlainLabel(role="muted", wrap=True)
        self.chips = {kind: QPushButton() for kind in COMPARED}
        self.list = ListPane()
        self.sides = (PairSide(mark("Keep this one (1)")), PairSide(mark("Keep this one (2)")))
        self.apart = WordButton(mark("Two matters"), keys="N")
        self.none = EmptyState("check", LOOKING)
        self.how_far, self.stopped = HowFarBar(), PlainLabel("", "muted")
        self.again_button = WordButton(mark("Compare again"), "quiet")
        self._comparison = Comparison()
        self._read: tuple[Comparison, tuple[UUID, UUID]] | None = None  # the pair at the right
        self.pages = QStackedWidget()
        self._build()
        self.list.chosen.connect(self._choose)
        self.apart.clicked.connect(self.set_apart)
        for place, side in enumerate(self.sides):
            side.keep.clicked.connect(partial(self.keep, place))
            side.open.clicked.connect(partial(self._open, place))
        self.how_far.stopped.connect(self.stop)
        self.again_button.clicked.connect(self.reload)
        self.list.installEventFilter(self)
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.list)
        self.retranslate()

    @Slot()
    def reload(self) -> None:
        """Compare anew all records of the kind that is chosen."""
        self._comparison.stop()
        now, kind = Comparison(), self._kind
        self._comparison = now
        now.told.connect(self._say_how_far)
        now.found.connect(self._found)
        self.again_button.hide()
        self.stopped.hide()
        self.how_far.begin(tr(LOOKING), after=SOON)
        work = partial(pairs, self._desk, kind, MOST, now.tell, now.find)
        self._jobs.aside(
            self, work, partial(self._show, now, last=True), partial(self._ended, now)
        )

    @Slot()
    def stop(self) -> None:
        """Compare no more; what was found stays."""
        self._comparison.stop()

    def choose(self, kind: str, _: bool = False) -> None:
        """Look through records of another kind."""
        self._kind = kind
        self.chips[kind].setChecked(True)
        self.reload()
        self._show(self._comparison, [])

    def keep(self, place: int, _: bool = False) -> None:
        """The other of the two becomes a duplicate of this one."""
        if (pair := self._pair()) is None:
            return
        kept, gone = (pair.one, pair.other) if place == 0 else (pair.other, pair.one)
        if not gone.joinable:
            messages.warn(tr(DRAFT))
            return
        work = partial(duplicates.join, self._desk, gone.id, kept.id)
        self._write(work, partial(self._done, tr("Joined under: {title}", title=kept.title)))
        self._without(gone.id)

    @Slot()
    def set_apart(self) -> None:
        """They are two matters."""
        if (pair := self._pair()) is None:
            return
        ids = pair.one.id, pair.other.id
        self._without(*ids)
        work = partial(duplicates.set_apart, self._desk, *ids)
        self._write(work, partial(self._done, tr("They stay two records.")))

    @Slot()
    def undo(self) -> None:
        """Take the last step back."""
        undo(self._desk, self._jobs)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.told.setText(tr(TOLD))
        self.list.setAccessibleName(tr("Pairs"))
        for kind, chip in self.chips.items():
            screen = screen_of(kind)
            chip.setText(tr(screen.label) if screen is not None else kind)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 and N, wherever they lie on the layout in use."""
        digit = digit_of(event)
        if digit in (1, 2):
            self.keep(digit - 1)
        elif letter_of(event) == "n":
            self.set_apart()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list would take letters and digits for a search."""
        if watched is self.list and isinstance(event, QKeyEvent):
            ours = digit_of(event) in (1, 2) or letter_of(event) == "n"
            if ours and event.type() == QEvent.Type.KeyPress:
                self.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    # inside

    def _pair(self) -> Pair | None:
        key = self.list.current_key()
        return next((one for one in self._pairs if _key(one) == key), None)

    @Slot(object, object)
    def _found(self, of: Comparison, pairs: Sequence[Pair]) -> None:
        self._show(of, pairs)

    def _show(self, of: Comparison, pairs: Sequence[Pair], *, last: bool = False) -> None:
        if of is not self._comparison:
            return
        self._pairs = pairs
        self.list.show_rows([_row(one) for one in pairs])
        self.none.say(NONE if last else LOOKING)
        self.pages.setCurrentIndex(0 if pairs else 1)
        if pairs and self._pair() is None:
            self.list.choose(_key(pairs[0]))
        if (pair := self._pair()) is not None and self._read != (of, _key(pair)):
            self._choose(None)
        if last:
            self.how_far.end()

    def _ended(self, of: Comparison, error: UserError) -> None:
        if of is not self._comparison:
            return
        self.how_far.end()
        self.stopped.setText(tr(STOPPED) if isinstance(error, Stopped) else str(error))
        self.stopped.show()
        self.again_button.show()
        if not self._pairs:
            self.none.say(STOPPED)

    @Slot(int, int)
    def _say_how_far(self, done: int, of: int) -> None:
        words = tr("{done} of {n} records compared", done=done, n=of) if of else ""
        self.how_far.tell(done, of, words)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: it is compared anew when somebody does."""
        if not event.spontaneous():
            self.stop()
        super().hideEvent(event)

    def _choose(self, _: object) -> None:
        if (pair := self._pair()) is not None:
            self._read = self._comparison, _key(pair)
            for side, one, other in zip(
                self.sides, (pair.one, pair.other), (pair.other, pair.one), strict=True
            ):
                side.keep.setEnabled(other.joinable)
                self._jobs.read(self, partial(read_case, self._desk, one.id), side.show_case)

    def _open(self, place: int, _: bool = False) -> None:
        if (pair := self._pair()) is not None:
            one = pair.other if place else pair.one
            self.open_record.emit(one.kind, one.id)

    def _without(self, *gone: UUID) -> None:
        """The next pair is there at once, whatever long it takes to compare anew."""
        self._comparison.stop()
        self._comparison = Comparison()  # what the one before still finds is older
        self._show(self._comparison, [one for one in self._pairs if not set(gone) <= {*_key(one)}])

    def _done(self, words: str) -> None:
        messages.say(words, messages.Action(tr("Undo"), self.undo))

    def _write(
        self, work: Callable[[], list[Change]], then: Callable[[], None] = lambda: None
    ) -> None:
        self._jobs.write(work, then, self._refused)

    def _refused(self, error: UserError) -> None:
        messages.warn(str(error))
        self.reload()

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        apart = not changes  # two set apart, or together again: nothing of them was written
        if self.isVisible() and (apart or any(change.kind == self._kind for change in changes)):
            self.reload()

    def _build(self) -> None:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for kind, chip in self.chips.items():
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setAutoDefault(True)
            chip.clicked.connect(partial(self.choose, kind))
            group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        self.chips[self._kind].setChecked(True)
        right = QWidget()
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for side in self.sides:
            columns.addWidget(side, 1)
        whole = QVBoxLayout(right)
        whole.setContentsMargins(16, 0, 0, 0)
        whole.addLayout(columns, 1)
        whole.addWidget(self.apart, 0, Qt.AlignmentFlag.AlignHCenter)
        self.panes = TwoPanes(self, self.list, right, 300)
        for page in (self.panes, self.none):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.told)
        layout.addLayout(row)
        far = QHBoxLayout()
        far.setSpacing(8)
        for part in (self.stopped, self.again_button):
            far.addWidget(part)
            part.hide()
        far.addStretch(1)
        layout.addLayout(far)
        layout.addWidget(self.how_far)
        layout.addWidget(self.pages, 1)


def _key(pair: Pair) -> tuple[UUID, UUID]:
    return pair.one.id, pair.other.id


def _row(pair: Pair) -> ListRow:
    badge = f"{round(100 * pair.score)} %"
    return ListRow(_key(pair), pair.one.title, pair.other.title, badge=badge, tone="info")
