"""The working day on one page: what came back, what is due, what is planned. One key opens it."""

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.surveys import WaveState
from desktop.session import Desk
from sync.change import Change
from sync.language import mark, tr, trn
from sync.person import REGION
from ui.counted_reading import CountedReading
from ui.dates import long_day
from ui.icons import Picture, icon
from ui.jobs import Jobs
from ui.models.day import Agenda, Task, Tasks, counted, progress_words, read_agenda
from ui.screens import picture_of, screen_of
from ui.widgets.badges import Badge
from ui.widgets.cards import Card, Figure
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_sheet import clear
from ui.widgets.fresh_page import FreshPage
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import TaskRow
from ui.widgets.scrolled import scrolled

STOPPED = mark("Stopped. To look again, open Today once more.")
NARROW = 860  # px: below, one column


class TodayScreen(FreshPage):
    """Returned records come first and have the cursor: Enter opens the first at its comment."""

    open_record = Signal(str, object)  # kind, id
    open_screen = Signal(str)  # key of a screen

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self.agenda: Agenda | None = None
        self.reading = CountedReading(jobs, self, STOPPED)
        self.rows: list[TaskRow] = []
        self.queue_button: QPushButton | None = None
        self.greeting, self.day = (
            PlainLabel("", "title", wrap=True),
            PlainLabel("", "muted", wrap=True),
        )
        self.none = EmptyState("today", mark("Nothing is due. A good day to visit a village."))
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        jobs.recorded.connect(self.refresh)

    @Slot()
    def reload(self) -> None:
        """Read the day anew."""
        self.reading.begin(partial(read_agenda, self._desk, _today()), self._show)

    @Slot(list)
    def refresh(self, _: list[Change]) -> None:
        """Whatever was written may be of this day; unseen, it is read when it is shown."""
        if self.isVisible():
            self.reload()

    def _show(self, agenda: Agenda) -> None:
        self.agenda = agenda
        focused = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        self.rows = []
        self._say(agenda)
        for column in (self._left, self._right):
            clear(column)
        if agenda.to_review:
            self._left.addWidget(self._queue(agenda.to_review))
        self._card(self._left, mark("Came back to you"), "return", agenda.returned)
        self._card(self._left, mark("Deadlines"), "clock", agenda.due)
        self._card(self._left, mark("To finish"), "edit", agenda.drafts)
        self._card(self._right, mark("Meetings of the week"), "meetings", agenda.meetings)
        if agenda.waves:
            self._right.addWidget(self._surveys(agenda.waves))
        for column in (self._left, self._right):
            column.addStretch(1)
        self._arrange()
        self.pages.setCurrentIndex(0 if agenda.empty else 1)
        if focused is not None and self.rows:
            self.rows[min(focused, len(self.rows) - 1)].setFocus()

    def _say(self, agenda: Agenda) -> None:
        hour = datetime.now().astimezone().hour
        first = self._desk.person.name.split()[0]
        words = (
            tr("Good morning, {name}", name=first)
            if hour < 12
            else tr("Good afternoon, {name}", name=first)
            if hour < 18
            else tr("Good evening, {name}", name=first)
        )
        self.greeting.setText(words)
        home = self._desk.person.district
        found = self._desk.pack.district(home) if home != REGION else None
        where = found.words() if found else ""
        parts = (long_day(_today()), where, counted(agenda))
        self.day.setText(" · ".join(part for part in parts if part))

    def _card(self, column: QVBoxLayout, title: str, picture: str, tasks: Tasks) -> None:
        if not tasks.count:
            return
        card = Card(title, picture)
        if tasks.count > 1:
            card.head.addWidget(Badge(str(tasks.count), "neutral"))
        card.body.setSpacing(2)
        for task in tasks.first:
            card.add(self._row(task))
        if (more := tasks.count - len(tasks.first)) > 0:
            button = QPushButton(trn("and {n} more", "and {n} more", more))
            button.setProperty("kind", "quiet")
            if (screen := screen_of(tasks.first[-1].kind)) is not None:
                button.clicked.connect(partial(self.open_screen.emit, screen.key))
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card)

    def _row(self, task: Task) -> TaskRow:
        term = task.term
        badge = Badge(term.words, term.tone, term.icon) if term else None
        sign = Picture(picture_of(task.kind), "muted")
        row = TaskRow(sign, task.title, task.below, badge)
        row.clicked.connect(lambda: self.open_record.emit(task.kind, task.record))
        self.rows.append(row)
        return row

    def _queue(self, waiting: int) -> Card:
        card = Card(mark("Review"), "review")
        words = trn("record waits for your decision", "records wait for your decision", waiting)
        card.add(Figure(str(waiting), words))
        button = QPushButton(tr("Open the queue"))
        button.setProperty("kind", "primary")
        button.setIcon(icon("review", "on_accent"))
        button.clicked.connect(partial(self.open_screen.emit, "review"))
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.queue_button = button
        return card

    def _surveys(self, waves: list[WaveState]) -> Card:
        card = Card(mark("Running surveys"), "surveys")
        card.body.setSpacing(2)
        for wave in waves:
            badge = Badge(
                f"{wave.done} / {wave.target}" if wave.target else str(wave.done), "accent"
            )
            row = TaskRow(Picture("play", "muted"), wave.title, progress_words(wave), badge)
            row.clicked.connect(partial(self.open_screen.emit, "surveys"))
            self.rows.append(row)
            card.add(row)
        return card

    def _arrange(self) -> None:
        """Two columns where there is room and something for both."""
        wide = self.width() >= NARROW and self._right.count() > 1 and self._left.count() > 1
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Another day may have begun; the first line has the cursor."""
        super().showEvent(event)
        if not event.spontaneous() and self.rows:
            self.rows[0].setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: it is read anew when somebody does."""
        if not event.spontaneous():
            self.reading.leave()
        super().hideEvent(event)

    def _build(self) -> None:
        for column in (self._left, self._right):
            column.setSpacing(16)
        self._columns.setSpacing(16)
        self._columns.addLayout(self._left, 3)
        self._columns.addLayout(self._right, 2)
        inside = QWidget()
        inside.setMaximumWidth(1180)
        area = scrolled(inside)
        cards = QVBoxLayout(inside)
        cards.setContentsMargins(24, 8, 24, 24)
        cards.addLayout(self._columns)
        cards.addStretch(1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none)
        self.pages.addWidget(area)
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(2)
        head.addWidget(self.greeting)
        head.addWidget(self.day)
        self.reading.bar.setContentsMargins(0, 8, 0, 0)
        head.addWidget(self.reading.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day of the place
