"""Numbers of people that ratings are fitted to: loaded from a table, listed; a part of the directory."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import censuses
from desktop.actions.censuses import Entry, Reading
from desktop.forms import tidy
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from sync.records.values import Wrong
from ui import messages, theme
from ui.jobs import Jobs
from ui.undoing import undo_button
from ui.widgets.cards import Card
from ui.widgets.census_reading import CensusReading, count_words
from ui.widgets.fact_sheet import clear
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.fresh_page import FreshPage
from ui.widgets.labels import PlainLabel
from ui.widgets.scrolled import scrolled
from ui.widgets.word_button import WordButton

NONE = mark(
    "No numbers of people yet. With them a rating tells what the district thinks by sex and age as it "
    "is, not as people happened to answer."
)
HINT = mark(
    "An Excel workbook or CSV: the district, sex and age as the form asks them, and how many people "
    "there are. Save the empty table, fill in its last column, load it."
)
TABLES = "Excel, CSV (*.xlsx *.csv);;* (*)"


class CensusesPage(FreshPage):
    """The list; a table that was read takes its place and gives it back. Ctrl+O loads, Esc goes back."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._path: Path | None = None
        self.away_buttons: dict[object, WordButton] = {}
        self.load_button = WordButton(mark("Load a table…"), "primary", "document", keys="Ctrl+O")
        self.table_button = WordButton(mark("Save the empty table…"), icon="save")
        self.hint = PlainLabel(role="muted", wrap=True)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(16)
        self.reading = CensusReading(desk.pack)
        self.pages = QStackedWidget()
        self._build()
        self.load_button.clicked.connect(self.open_file)
        self.table_button.clicked.connect(self.save_table)
        self.reading.again.connect(self.read_again)
        self.reading.back.connect(self.back)
        self.reading.keep.connect(self.keep)
        for keys, act in (
            ("Ctrl+O", self.open_file),
            ("Ctrl+R", self.read_again),
            ("Ctrl+S", self.keep),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.load_button)
        self.retranslate()

    @Slot()
    def reload(self) -> None:
        """Read the list anew."""
        self._jobs.look(self, partial(censuses.list_censuses, self._desk), self._show)

    @Slot()
    def open_file(self) -> None:
        """Ask which file."""
        name, _ = QFileDialog.getOpenFileName(self, tr("Load a table…"), "", TABLES)
        if name:
            self.reading.clear()
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a table in the background; what came of it is shown."""
        self._path = path
        self._jobs.aside(self, partial(censuses.read_file, self._desk, path), self._read)

    @Slot()
    def read_again(self) -> None:
        """The same file: it was mended in Excel meanwhile."""
        if self._path is not None and self.pages.currentWidget() is self.reading:
            self.read(self._path)

    @Slot()
    def keep(self) -> None:
        """Keep the table that was read; what is missing is said at its field."""
        read = self.reading.reading
        if read is None or read.population is None or not self.reading.keep_button.isEnabled():
            return
        self.reading.keep_button.setEnabled(False)  # pressed twice, it would be there twice
        values = self.reading.values()
        work = partial(censuses.save, self._desk, read.population, tidy(values))
        self._jobs.write(work, self._kept, self._refused)

    @Slot()
    def save_table(self) -> None:
        """Ask where to, and write the empty table there."""
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the empty table…"), "census.csv", "CSV (*.csv)"
        )
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_suffix(".csv")
            work = partial(censuses.write_table, self._desk, path)
            self._jobs.aside(self, work, lambda _: _saved(path), _warn)

    @Slot()
    def back(self) -> None:
        """To the list."""
        self._path = None
        self.pages.setCurrentIndex(0)
        self.load_button.setFocus()

    def retranslate(self) -> None:
        """Texts in the language spoken now; what was typed stays."""
        self.hint.setText(tr(HINT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing took for itself goes back."""
        if event.key() == Qt.Key.Key_Escape and self.pages.currentWidget() is self.reading:
            self.back()
        else:
            super().keyPressEvent(event)

    # inside

    def _read(self, read: Reading) -> None:
        self.pages.setCurrentWidget(self.reading)
        self.reading.show_read(read)

    def _kept(self) -> None:
        self.reading.keep_button.setEnabled(True)
        messages.say(tr("Saved here."), about=messages.SAVING)
        self.reading.clear()
        self.back()
        self.reload()

    def _refused(self, error: UserError) -> None:
        self.reading.keep_button.setEnabled(True)
        self.reading.show_problem(error)
        if not isinstance(error, Wrong):
            messages.warn(str(error), about=messages.SAVING)

    def _take_away(self, one: Entry) -> None:
        done = partial(self._taken_away, one)
        self._jobs.write(partial(censuses.take_away, self._desk, one.id), done, _warn)

    def _taken_away(self, one: Entry) -> None:
        back = undo_button(self._desk, self._jobs)
        messages.tell(tr("“{title}” was taken away.", title=one.title), back)

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        if self.isVisible() and any(change.kind in ("census", "wave") for change in changes):
            self.reload()

    def _show(self, found: Sequence[Entry]) -> None:
        clear(self.cards)
        self.away_buttons = {}
        if not found:
            self.cards.addWidget(PlainLabel(tr(NONE), wrap=True))
        for one in found:
            self.cards.addWidget(self._card(one))

    def _card(self, one: Entry) -> Card:
        card = Card()
        day = f"{one.counted_on:%d.%m.%Y}" if one.counted_on else ""
        card.add(PlainLabel(one.title, "heading", wrap=True))
        card.add(PlainLabel(" · ".join(filter(None, (one.source, day))), wrap=True))
        counted = count_words(one.people, one.districts, one.asked)
        card.add(PlainLabel(counted, "muted", wrap=True))
        if one.waves:
            fitted = tr("Fitted to it: {waves}. It stays as it is.", waves=", ".join(one.waves))
            card.add(PlainLabel(fitted, "muted", wrap=True))
        else:
            button = self.away_buttons[one.id] = WordButton(mark("Take away"), icon="delete")
            button.setAccessibleName(f"{button.text()}: {one.title}")
            button.clicked.connect(lambda _=False: self._take_away(one))
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _build(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(theme.grown(960))
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 8, 24, 24)
        page.setSpacing(16)
        buttons = FlowLayout()
        for button in (self.load_button, self.table_button):
            buttons.addWidget(button)
        page.addLayout(buttons)
        page.addWidget(self.hint)
        page.addLayout(self.cards)
        page.addStretch(1)
        self.pages.addWidget(area)
        self.pages.addWidget(self.reading)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)


def _saved(path: Path) -> None:
    messages.say(tr("Saved as {name}. Fill in the last column, then load it.", name=path.name))


def _warn(error: UserError) -> None:
    messages.warn(str(error))
