"""A meeting while it goes on: the clock, the agenda, a question and a decision by one key each."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.meeting_course import (
    Course,
    add_item,
    items,
    keep_course,
    minutes_since,
    recall_course,
)
from desktop.actions.titles import title
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, tr, trn
from sync.records.meeting import Decision, Question
from sync.records.values import plain
from ui import theme
from ui.jobs import Jobs
from ui.models.meeting_rows import written_down
from ui.models.record_page import Page
from ui.screens.line_keeper import LineKeeper
from ui.widgets.agenda_card import LEAST, AgendaCard
from ui.widgets.earlier_decisions import EarlierDecisions
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.letter_bar import LetterBar
from ui.widgets.list_pane import ListPane
from ui.widgets.quick_line import QuickLine
from ui.widgets.record_bars import CutLabel
from ui.widgets.scrolled import scrolled
from ui.widgets.word_button import WordButton

ASKED = ("text", "asked_by", "answered_by", "answered")
DECIDED = ("text", "responsible", "due_on")
BESIDE = 860  # px that the agenda and the lines need side by side, at the usual size of words
TICK = 1000  # ms


class PartKeeper(LineKeeper):
    """A line whose records are parts of the meeting that goes on."""

    def follow(self, meeting: UUID) -> None:
        """From now on parts of this meeting are written down; what was kept of it comes back."""
        self.reset(f"live:{self._line.record.kind}:{meeting}")
        self.parent_id = meeting
        self.recall()


class MeetingLive(QWidget):
    """Everything is saved at once; Esc leaves. The minutes are made of what was written down here."""

    left = Signal()

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self.page: Page | None = None
        self.course = Course()
        self.title, self.clock = CutLabel(role="heading"), PlainLabel(role="clock")
        self.gone = PlainLabel(role="hint", wrap=True)
        self.agenda = AgendaCard()
        self.question_button = WordButton(mark("Question"), "", "question", "F7")
        self.decision_button = WordButton(mark("Decision"), "", "decision", "F8")
        self.leave_button = WordButton(mark("Back to the record"), "quiet", "close", "Esc")
        self.asked = QuickLine(desk, Question, ASKED, mark("A question from the hall"), "question")
        self.decided = QuickLine(desk, Decision, DECIDED, mark("A decision"), "decision")
        self.questions = PartKeeper(desk, jobs, self.asked, "")
        self.decisions = PartKeeper(desk, jobs, self.decided, "")
        self.letters, self.keys = LetterBar(), PlainLabel(role="hint", wrap=True)
        self.written = ListPane()
        self.written.setMinimumHeight(LEAST)
        self.earlier = EarlierDecisions(desk, jobs)
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.tick)
        self._build()
        self._connect()

    def begin(self, page: Page) -> None:
        """Follow a meeting that is saved: from where it was left on this laptop."""
        if self.page is None or self.page.id != page.id:
            self.course = Course()
            for keeper in (self.questions, self.decisions):
                keeper.follow(page.id)
            read = partial(recall_course, self._desk, page.id)
            self._jobs.read(self, read, partial(self._go_on, page.id))
        self.show_page(page)
        self.asked.go_to()

    def show_page(self, page: Page) -> None:
        """News of the meeting: its agenda, what was asked and decided, here or elsewhere."""
        if page.row is None:
            return
        self.page = page
        self.title.setText(title(page.row))
        lines = written_down(page)
        self.written.show_rows(lines)
        self.written.setVisible(bool(lines))
        where = {name: page.row[name] for name in ("village", "held_on")}
        self.earlier.show_page(page, plain(where))
        self.agenda.show_items(items(page.row), self.course.at)
        self.tick()

    def turn(self, by: int) -> None:
        """To the next item, or back; from now on its time runs."""
        to = max(0, min(len(self.agenda.items) - 1, self.agenda.at + by))
        if self.page is None or not self.agenda.items or to == self.agenda.at:
            return
        self.course = Course(to, _now())
        keep = partial(keep_course, self._desk, self.page.id, self.course)
        self._jobs.read(self, keep, _nothing)
        self.agenda.show_items(self.agenda.items, to)
        self.tick()

    def leave(self) -> None:
        """Save what is in the lines, and go back to the record."""
        if all(keeper.save_typed() for keeper in (self.questions, self.decisions)):
            for keeper in (self.questions, self.decisions):
                keeper.finish()
            self.left.emit()

    def tick(self) -> None:
        """What time it is, and how long this takes."""
        now, said = _now(), []
        self.clock.setText(now.strftime("%H:%M"))
        if self.page is not None and self.page.row is not None:
            whole = minutes_since(self.page.row, now)
            if whole is not None:
                hours, minutes = divmod(whole, 60)
                gone = f"{hours}:{minutes:02}"
                said.append(tr("{time} since it began", time=gone))
        if self.course.since is not None and self.agenda.items:
            taken = int((now - self.course.since).total_seconds() // 60)
            said.append(trn("{n} minute on this item", "{n} minutes on this item", max(0, taken)))
        self.gone.setText(" · ".join(said))

    def retranslate(self) -> None:
        """Texts in the language spoken now, of what is read from the page."""
        self.keys.setText(tr("F7 a question · F8 a decision · F6 the next item · Esc back"))
        self.written.setAccessibleName(tr("Written down"))
        self.questions.wanted = self.decisions.wanted = tr("Write it in a few words.")
        if self.page is not None:
            self.show_page(self.page)

    # inside

    def _write(self, keeper: LineKeeper, line: QuickLine, other: LineKeeper) -> None:
        """The next of a sort: what is in both lines is saved first."""
        if other.save_typed():
            keeper.next()
            self.area.ensureWidgetVisible(line, 0, 60)

    def _go_on(self, meeting: UUID, course: Course) -> None:
        if self.page is not None and self.page.id == meeting:
            self.course = course
            self.agenda.show_items(self.agenda.items, course.at)
            self.tick()

    def _add_item(self, words: str) -> None:
        if self.page is not None:
            work = partial(add_item, self._desk, self.page.id, words)
            self._jobs.write(work, None, partial(self._not_added, words))

    def _not_added(self, words: str, error: UserError) -> None:
        """What was typed stays."""
        if self.agenda.item.value() is None:
            self.agenda.item.set_value(words)
        self._jobs.failed.emit(str(error))

    def _connect(self) -> None:
        ask = partial(self._write, self.questions, self.asked, self.decisions)
        decide = partial(self._write, self.decisions, self.decided, self.questions)
        self.agenda.turned.connect(self.turn)
        self.agenda.added.connect(self._add_item)
        self.leave_button.clicked.connect(lambda _=False: self.leave())
        self.question_button.clicked.connect(lambda _=False: ask())
        self.decision_button.clicked.connect(lambda _=False: decide())
        for line in (self.asked, self.decided):
            line.reached.connect(lambda field: self.area.ensureWidgetVisible(field, 0, 60))
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("F6", partial(self.turn, 1)),
            ("Shift+F6", partial(self.turn, -1)),
            ("F7", ask),
            ("F8", decide),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.gone)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addWidget(self.clock)
        buttons = FlowLayout(spacing=8)
        for button in (self.question_button, self.decision_button, self.leave_button):
            buttons.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(buttons)
        right.addWidget(self.keys)
        for part in (self.asked, self.decided, self.letters, self.earlier):
            right.addWidget(part)
        right.addWidget(self.written, 1)
        right.addStretch()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(16)
        self._sides.addWidget(self.agenda, 2)
        self._sides.addLayout(right, 3)
        page = QWidget()
        self.area = scrolled(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._sides, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The agenda goes above the lines where both have no room."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        wide = self.width() >= round(BESIDE * theme.scale())
        self._sides.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no field wanted for itself: back to the record."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        for keeper in (self.questions, self.decisions):
            keeper.leave()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _now() -> datetime:
    return datetime.now().astimezone()


def _nothing(_: object) -> None:
    """Where the meeting is, is on the disk; nobody waits for it."""
