"""What was probably told twice: two records side by side, joined under one by a key, or set apart."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import duplicates
from desktop.actions.duplicates import COMPARED, Pair
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from ui import messages
from ui.jobs import Jobs
from ui.models.case import Case, read_case
from ui.screens import screen_of
from ui.undoing import undo
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_sheet import FactSheet
from ui.widgets.fresh_page import FreshPage
from ui.widgets.key_positions import digit_of, letter_of
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.two_panes import TwoPanes
from ui.widgets.word_button import WordButton

NONE = mark("Nothing looks as if it had been told twice.")
LOOKING = mark("The records are being compared…")
TOLD = mark(
    "How much alike two are stands beside them. Joined under one, nothing of either is lost, and it can "
    "be undone."
)
DRAFT = mark(
    "The other one was not sent for review yet, so it cannot be called a duplicate. Keep it instead, or "
    "wait until it is sent."
)


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
        self.sides = (_Side(mark("Keep this one (1)")), _Side(mark("Keep this one (2)")))
        self.apart = WordButton(mark("Two matters"), keys="N")
        self.none = EmptyState("check", LOOKING)
        self.pages = QStackedWidget()
        self._build()
        self.list.chosen.connect(self._choose)
        self.apart.clicked.connect(self.set_apart)
        for place, side in enumerate(self.sides):
            side.keep.clicked.connect(partial(self.keep, place))
            side.open.clicked.connect(partial(self._open, place))
        self.list.installEventFilter(self)
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.list)
        self.retranslate()

    @Slot()
    def reload(self) -> None:
        """Compare anew all records of the kind that is chosen."""
        kind = self._kind
        work = partial(duplicates.pairs, self._desk, kind)
        self._jobs.aside(self, work, partial(self._show, kind))

    def choose(self, kind: str, _: bool = False) -> None:
        """Look through records of another kind."""
        self._kind = kind
        self.chips[kind].setChecked(True)
        self._show(kind, [], looking=True)
        self.reload()

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

    @Slot()
    def set_apart(self) -> None:
        """They are two matters."""
        if (pair := self._pair()) is None:
            return
        work = partial(duplicates.set_apart, self._desk, pair.one.id, pair.other.id)
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

    def _show(self, kind: str, pairs: Sequence[Pair], *, looking: bool = False) -> None:
        if kind != self._kind:
            return
        self._pairs = pairs
        self.list.show_rows([_row(one) for one in pairs])
        self.none.say(LOOKING if looking else NONE)
        self.pages.setCurrentIndex(0 if pairs else 1)
        if pairs and self._pair() is None:
            self.list.choose(_key(pairs[0]))
        self._choose(self.list.current_key())

    def _choose(self, _: object) -> None:
        if (pair := self._pair()) is not None:
            for side, one, other in zip(
                self.sides, (pair.one, pair.other), (pair.other, pair.one), strict=True
            ):
                side.keep.setEnabled(other.joinable)
                self._jobs.read(self, partial(read_case, self._desk, one.id), side.show_case)

    def _open(self, place: int, _: bool = False) -> None:
        if (pair := self._pair()) is not None:
            one = pair.other if place else pair.one
            self.open_record.emit(one.kind, one.id)

    def _done(self, words: str) -> None:
        messages.say(words, messages.Action(tr("Undo"), self.undo))

    def _write(
        self, work: Callable[[], list[Change]], then: Callable[[], None] = lambda: None
    ) -> None:
        self._jobs.write(work, then, self._refused)

    def _refused(self, error: UserError) -> None:
        messages.warn(str(error))

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
        layout.addWidget(self.pages, 1)


class _Side(QWidget):
    """One of the two, to be read, and what can be done with it."""

    def __init__(self, keep: str) -> None:
        super().__init__()
        self._case: Case | None = None
        self.title, self.below = PlainLabel(role="heading", wrap=True), PlainLabel(role="hint")
        self.facts = FactSheet()
        self.keep = WordButton(keep, "primary")
        self.open = WordButton(mark("Open it"), "quiet")
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.facts)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.keep, self.open):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (self.title, self.below):
            layout.addWidget(part)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)

    def show_case(self, case: Case) -> None:
        """The record as the review shows it."""
        self._case = case
        self.title.setText(case.title)
        self.below.setText(case.below)
        self.facts.show_case(case)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._case is not None:
            self.facts.show_case(self._case)
        super().changeEvent(event)


def _key(pair: Pair) -> tuple[UUID, UUID]:
    return pair.one.id, pair.other.id


def _row(pair: Pair) -> ListRow:
    badge = f"{round(100 * pair.score)} %"
    return ListRow(_key(pair), pair.one.title, pair.other.title, badge=badge, tone="info")
