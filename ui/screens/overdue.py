"""What is late, that for longest first: for whoever takes it up with an authority or with a team."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from desktop.actions import due
from desktop.actions.due import LEVELS, Due, Late
from desktop.actions.titles import title
from desktop.session import Desk
from sync.change import Change
from sync.language import mark, tr, trn
from sync.person import REGION
from ui.dates import plain_day
from ui.deadlines import deadline
from ui.jobs import Jobs
from ui.models.lines import below
from ui.models.terms import whose
from ui.widgets.empty_state import EmptyState
from ui.widgets.fresh_page import FreshPage
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow

MOST = 500  # rows: nobody goes through more, and the counts tell of all
NONE = mark("Nothing is late. Every answer came in its term.")


class OverdueScreen(FreshPage):
    """Chips choose by how many days; Enter opens the issue."""

    open_record = Signal(str, object)  # kind, id

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._level = LEVELS[0]
        self._late: Late | None = None
        self.told = PlainLabel(role="muted", wrap=True)
        self.chips = {level: QPushButton() for level in LEVELS}
        self.list = ListPane()
        self.none = EmptyState("check", NONE)
        self.pages = QStackedWidget()
        self._build()
        self.list.opened.connect(partial(self.open_record.emit, "issue"))
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.list)
        self.retranslate()

    @Slot()
    def reload(self) -> None:
        """Read anew what is late today."""
        on, level = date.today(), self._level  # noqa: DTZ011  # the day of the place
        work = partial(due.overdue, self._desk, on, level, MOST)
        self._jobs.read(self, work, partial(self._show, on))

    def choose(self, level: int, _: bool = False) -> None:
        """Only what is late by so many days or more."""
        self._level = level
        self.chips[level].setChecked(True)
        self.reload()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        counts = self._late.counts if self._late is not None else {}
        for level, chip in self.chips.items():
            words = trn("{n} day or more", "{n} days or more", level)
            if level == LEVELS[0]:
                words = tr("All that is late")
            chip.setText(f"{words} · {counts.get(level, 0)}")
        self.list.setAccessibleName(tr("Overdue"))
        self.told.setText(tr("Our control terms, and the terms in which authorities answer."))

    def _show(self, on: date, late: Late) -> None:
        self._late = late
        self.list.show_rows([self._row(one, on) for one in late.first])
        self.pages.setCurrentIndex(0 if late.first else 1)
        self.retranslate()

    def _row(self, one: Due, on: date) -> ListRow:
        row, pack = one.row, self._desk.pack
        words = [whose(one.clock, one.body) or tr("Our control term"), below(row, pack)]
        if self._desk.person.district == REGION:
            found = pack.district(row["district"])
            words.append(found.words() if found else "")
        term = deadline(one.due, on)
        said = " · ".join(part for part in words if part)
        return ListRow(
            row["id"], title(row), said, plain_day(one.due), term.words, term.tone, term.icon
        )

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        kinds = {"issue", "step", "calendar_day"}
        if self.isVisible() and any(change.kind in kinds for change in changes):
            self.reload()

    def _build(self) -> None:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for level, chip in self.chips.items():
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setAutoDefault(True)
            chip.clicked.connect(partial(self.choose, level))
            group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        self.chips[self._level].setChecked(True)
        for page in (self.list, self.none):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.told)
        layout.addLayout(row)
        layout.addWidget(self.pages, 1)
