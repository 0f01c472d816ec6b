"""What is late, that for longest first: for whoever takes it up with an authority or with a team."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from desktop.actions.due import Due, Tell
from desktop.actions.overdue import LEVELS, LISTED, Choice, Late, overdue
from desktop.actions.titles import title
from desktop.session import Desk
from sync.change import Change
from sync.language import mark, tr, trn
from sync.person import REGION
from sync.records import KINDS
from sync.records.base import Part
from ui.counted_reading import CountedReading
from ui.dates import plain_day
from ui.deadlines import deadline
from ui.jobs import Jobs
from ui.models.lines import below
from ui.models.terms import whose
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.fresh_page import FreshPage
from ui.widgets.labels import PlainLabel
from ui.widgets.late_filters import LateFilters, Offers, offers
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.word_button import WordButton

MOST = 500  # rows: nobody goes through more, and the counts tell of all
NOTHING_FITS = mark("Nothing that is late fits what you chose.")
STOPPED = mark("Stopped. To look again, choose how many days late.")
NONE = mark("Nothing is late. Every answer came in its term.")


class OverdueScreen(FreshPage):
    """Chips choose by how many days, fields by what and where; Enter opens the record.

    Ctrl+E saves the list, Ctrl+P prints it.
    """

    open_record = Signal(str, object)  # kind, id

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._level = LEVELS[0]
        self._late: Late | None = None
        self.told = PlainLabel(role="muted", wrap=True)
        self.chips = {level: QPushButton() for level in LEVELS}
        self.filters = LateFilters(desk.pack, regional=desk.person.district == REGION)
        self.filters.changed.connect(self._choose)
        self.save_button = WordButton(mark("Save the list"), icon="save", keys="Ctrl+E")
        self.print_button = WordButton(mark("Print"), icon="print", keys="Ctrl+P")
        self.save_button.clicked.connect(self.export)
        self.print_button.clicked.connect(self.print)
        for keys, act in (("Ctrl+E", self.export), ("Ctrl+P", self.print)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.reading = CountedReading(jobs, self, STOPPED)
        self.list = ListPane()
        self.none = EmptyState("check", NONE)
        self.pages = QStackedWidget()
        self._build()
        self.list.opened.connect(lambda key: self.open_record.emit(*key[:2]))
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.list)
        self.retranslate()

    @Slot()
    def reload(self) -> None:
        """Read anew what is late today."""
        on = date.today()  # noqa: DTZ011  # the day of the place
        choice = self.filters.choice(self._level)
        self.reading.begin(partial(_read, self._desk, on, choice), partial(self._show, choice))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: it is read anew when somebody does."""
        if not event.spontaneous():
            self.reading.leave()
        super().hideEvent(event)

    def choose(self, level: int, _: bool = False) -> None:
        """Only what is late by so many days or more."""
        self._level = level
        self.chips[level].setChecked(True)
        self._choose()

    @Slot()
    def export(self) -> None:
        """Save the list as it is chosen now."""
        self._ask(paper=False)

    @Slot()
    def print(self) -> None:
        """The same as a paper."""
        self._ask(paper=True)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        counts = self._late.counts if self._late is not None else {}
        for level, chip in self.chips.items():
            words = trn("{n} day or more", "{n} days or more", level)
            if level == LEVELS[0]:
                words = tr("All that is late")
            chip.setText(f"{words} · {counts.get(level, 0)}")
        self.list.setAccessibleName(tr("Overdue"))
        self.filters.retranslate()
        words = tr(
            "Our control terms, the terms in which authorities answer, visitors of the reception, decisions, "
            "measures and defects."
        )
        cut = self._late is not None and self._late.count > len(self._late.first)
        if cut:
            words = tr("The first {n} are shown; the file has all of them.", n=MOST)
        self.told.setText(words)

    @Slot()
    def _choose(self) -> None:
        """What was chosen before is of no use any more."""
        self.reading.leave()
        self.reload()

    def _ask(self, *, paper: bool) -> None:
        from ui.overdue_exports import ask_overdue_export  # here: it draws pages

        choice = self.filters.choice(self._level)
        on = date.today()  # noqa: DTZ011  # the day of the place
        ask_overdue_export(self._desk, self._jobs, on, choice, self, paper=paper)

    def _show(self, choice: Choice, shown: "_Shown") -> None:
        self._late = late = shown.late
        self.filters.offer(shown.offers)
        self.list.show_rows(shown.rows)
        chosen = choice != Choice()
        self.none.say(NOTHING_FITS if chosen else NONE)
        self.pages.setCurrentIndex(0 if late.first else 1)
        self.retranslate()

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        kinds = {*LISTED, "step", "calendar_day"}
        if self.isVisible() and any(change.kind in kinds for change in changes):
            self.reload()

    def _build(self) -> None:
        group = QButtonGroup(self)
        chips, row = FlowLayout(spacing=8), QHBoxLayout()
        row.setSpacing(8)
        for level, chip in self.chips.items():
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setAutoDefault(True)
            chip.clicked.connect(partial(self.choose, level))
            group.addButton(chip)
            chips.addWidget(chip)
        row.addLayout(chips, 1)
        for button in (self.save_button, self.print_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.chips[self._level].setChecked(True)
        for page in (self.list, self.none):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.told)
        layout.addLayout(row)
        layout.addWidget(self.filters)
        layout.addWidget(self.reading.bar)
        layout.addWidget(self.pages, 1)


@dataclass(frozen=True)
class _Shown:
    late: Late
    offers: Offers
    rows: list[ListRow]


def _read(desk: Desk, on: date, choice: Choice, tell: Tell) -> _Shown:
    """With all its words: five hundred rows take the window's thread too long."""
    late = overdue(desk, on, choice, MOST, tell)
    return _Shown(late, offers(desk.pack, late), [_row(desk, one, on) for one in late.first])


def _row(desk: Desk, one: Due, on: date) -> ListRow:
    row, pack = one.row, desk.pack
    record = KINDS[row["kind"]]
    if row["kind"] == "issue":
        words = [whose(one.clock, one.body) or tr("Our control term"), below(row, pack)]
    else:
        words = [tr(record.label), one.body, below(row, pack)]
    if desk.person.district == REGION:
        found = pack.district(row["district"])
        words.append(found.words() if found else "")
    term = deadline(one.due, on)
    said = " · ".join(part for part in words if part)
    whole = (
        (record.parents[0], row["parent"])
        if issubclass(record, Part)
        else (row["kind"], row["id"])
    )
    return ListRow(
        (*whole, row["id"]),
        title(row),
        said,
        plain_day(one.due),
        term.words,
        term.tone,
        term.icon,
    )
