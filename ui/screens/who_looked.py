"""Who looked at what is confidential, or did what cannot be undone: what the server told last."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import who_looked
from desktop.actions.who_looked import NEVER, PAGE, Watch, Wish
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, tr
from sync.person import REGION
from ui import dates, messages, theme
from ui.icons import Picture
from ui.jobs import Jobs
from ui.models.looked_table import COUNT, WHAT, WHEN, WHERE, WHO, LookedTable
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.field_row import FieldRow
from ui.widgets.fresh_page import FreshPage
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel
from ui.widgets.scrolled import scrolled
from ui.widgets.table_words import WordsDelegate, WordsTable

WIDTHS = {WHEN: 156, COUNT: 128}  # px: they grow with the type
NAMES = {WHO: 176, WHERE: 176}  # px: large words are broken there
ROW, LEAST = 40, 7  # px; rows that are seen, their heads one of them: else the page scrolls
NOTHING = mark("Nothing of that kind in the last 90 days.")


class WhoLookedScreen(FreshPage):
    """Asks the server only by its button; a sync does it from time to time."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._wish = Wish()
        self._watch: Watch | None = None
        self._fitting = False
        self.model = LookedTable()
        self.table = WordsTable(ROW)
        self.told = PlainLabel(role="muted", wrap=True)
        self.ask_button, self.more_button, self.read_button = (QPushButton() for _ in range(3))
        self.who, self.act = ChoiceInput(), ChoiceInput()
        self.doubts = PlainLabel(wrap=True)
        self.none = EmptyState("eye", NOTHING)
        self._build()
        self.ask_button.clicked.connect(self.ask)
        self.more_button.clicked.connect(self.show_more)
        self.read_button.clicked.connect(self._settle)
        for input in (self.who, self.act):
            input.changed.connect(self._filter)
        jobs.exchanging.connect(self._exchanging)
        self.retranslate()

    @Slot()
    def reload(self) -> None:
        """Read anew what is here."""
        self._jobs.read(
            self, partial(who_looked.look, self._desk, self._wish), self._show, self._no
        )

    @Slot()
    def ask(self) -> None:
        """Ask the server now."""
        self.ask_button.setEnabled(False)
        work = partial(who_looked.ask, self._desk)
        self._jobs.call(self, work, lambda _: self._asked(), self._asked)

    @Slot()
    def show_more(self) -> None:
        """So many rows again; the cursor stays where it was."""
        self._wish = replace(self._wish, rows=self._wish.rows + PAGE)
        self.reload()

    def _asked(self, error: UserError | None = None) -> None:
        self.ask_button.setEnabled(True)
        if error is not None:
            messages.warn(str(error))
        self.reload()

    def _settle(self) -> None:
        work = partial(who_looked.settle, self._desk)
        self._jobs.read(self, work, lambda _: self.reload())
        self.table.setFocus()

    def _filter(self) -> None:
        self._wish = Wish(self.who.value(), self.act.value())
        self.reload()

    def _exchanging(self, busy: bool) -> None:
        if not busy and self.isVisible():
            self.reload()

    # showing

    def _show(self, found: Watch) -> None:
        self._watch = found
        self.model.show_rows(found.rows)
        self.more_button.setVisible(found.more)
        for input, choices in ((self.who, found.people), (self.act, found.acts)):
            input.set_choices(choices)
        self.doubts.setText("\n\n".join(found.doubts))
        self.notice.setVisible(bool(found.doubts))
        self.pages.setCurrentIndex(1 if found.rows else 0)
        self.none.say(NOTHING if found.told else NEVER)
        self._say_told()
        self._fit()

    def _fit(self) -> None:
        """Each row as high as its words need in the width that the columns have."""
        if not self._fitting:  # higher rows may bring a scroll bar, and that a narrower column
            self._fitting = True
            self.table.resizeRowsToContents()
            self._fitting = False

    def _no(self, error: UserError) -> None:
        """The rights are other ones since: the window is made anew by the next exchange."""
        self._watch = None
        self.model.show_rows([])
        self.notice.hide()
        self.none.say(error.text)
        self.pages.setCurrentIndex(0)
        self.told.setText("")

    def _say_told(self) -> None:
        told = self._watch.told if self._watch else None
        self.told.setText(
            tr(
                "As the server told it {moment}. It tells of the last 90 days; not of who reported or "
                "answered, nor a word of any record.",
                moment=dates.moment(told, datetime.now(UTC)),
            )
            if told
            else tr(NEVER)
        )

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.ask_button.setText(tr("Ask the server"))
        self.more_button.setText(tr("Show more"))
        self.read_button.setText(tr("I have read this"))
        self.table.setAccessibleName(tr("Who looked"))
        self.who.setPlaceholderText(tr("Everybody"))
        self.act.setPlaceholderText(tr("Everything"))
        self._say_told()

    def _build(self) -> None:
        self.notice = Card()
        self.notice.setProperty("card", "")
        self.notice.setProperty("notice", "warning")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Picture("warning", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.doubts, 1)
        row.addWidget(self.read_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.notice.add(row)
        self.notice.hide()
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.told, 1)
        top.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignTop)
        filters = QHBoxLayout()
        filters.setSpacing(12)
        filters.addWidget(FieldRow(mark("Person"), self.who), 1)
        filters.addWidget(FieldRow(mark("What"), self.act), 1)
        self._dress()
        filled = QWidget()
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none)
        self.pages.addWidget(filled)
        whole = QWidget()
        area = scrolled(whole)
        page = QVBoxLayout(whole)
        page.setContentsMargins(24, 8, 24, 16)
        page.setSpacing(14)
        page.addWidget(self.notice)
        page.addLayout(top)
        page.addLayout(filters)
        page.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.setFocusProxy(self.table)

    def _dress(self) -> None:
        self.table.setModel(self.model)
        self.table.setMinimumHeight(theme.grown(ROW * LEAST))
        self.table.setItemDelegate(WordsDelegate(self.table))
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setColumnHidden(WHERE, self._desk.person.district != REGION)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.sectionResized.connect(lambda *_: self._fit())
        for column, width in WIDTHS.items():
            self.table.setColumnWidth(column, theme.grown(width))
        for column, width in NAMES.items():
            self.table.setColumnWidth(column, width)
        head.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
