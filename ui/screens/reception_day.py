"""A day of the reception as a queue: a line for who is here now, and below it all who came that day."""

from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions.reception_day import IN_PERSON, counted, term_of, visitors
from desktop.actions.records import Row
from desktop.actions.titles import tag, title
from desktop.session import Desk
from sync.change import Change
from sync.language import mark, tr, trn
from sync.records.reception import Reception
from sync.vocabulary import choices
from ui import messages, slips
from ui.dates import long_day
from ui.deadlines import deadline
from ui.jobs import Jobs
from ui.models.lines import short_place
from ui.models.record_page import editable
from ui.papers import ask_paper, ask_register
from ui.screens.reception_line import ReceptionLine
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.fresh_page import FreshPage
from ui.widgets.inputs import ChoiceInput, DateInput
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.quick_visitor import FIRST, QuickVisitor
from ui.widgets.restyle import set_seen
from ui.widgets.scrolled import scrolled
from ui.widgets.slip_button import usual_language
from ui.widgets.word_button import WordButton

KIND = Reception.kind
LEAST = 160  # px of the list: large words make the page scroll
NOBODY = mark("Nobody came on this day.")


class ReceptionDay(FreshPage):
    """Days by Alt+Left and Alt+Right; Down goes to the visitors, Enter opens the whole form of one."""

    record_opened = Signal(object)  # id of a visitor whose whole form is wanted
    register_wanted = Signal()  # the list of all

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self.day = _today()
        self.rows: list[Row] = []
        self._follows = True  # the day that is shown is today, also when that becomes another one
        self.writes = editable(desk.person, Reception, None, None) == "all"
        self.back_button = WordButton(mark("Day before"), "quiet", "chevron_left", "Alt+Left")
        self.on_button = WordButton(mark("Day after"), "quiet", "chevron_right", "Alt+Right")
        self.today_button = WordButton(mark("Today"), "", "today")
        self.date = DateInput()
        self.how = ChoiceInput()
        self.how_words = PlainLabel(role="label")
        self.heading, self.told = PlainLabel(role="heading"), PlainLabel(role="hint", wrap=True)
        self.quick = QuickVisitor(desk)
        self.list = ListPane()
        self.none = EmptyState("reception", NOBODY)
        self.pages = QStackedWidget()
        self.line = ReceptionLine(desk, jobs, self.quick, self._now, self.how.value)
        self._build()
        self._connect()
        self.how.set_value(IN_PERSON)
        self.retranslate()
        if self.writes:
            self.setFocusProxy(self.quick.fields[FIRST].input)
        else:
            self.setFocusProxy(self.list)

    # the day

    @Slot()
    def reload(self) -> None:
        """Read the visitors of the day that is shown."""
        day = self._now()
        self._jobs.read(self, partial(visitors, self._desk, day), partial(self._show, day))

    def turn_to(self, day: date) -> None:
        """Show another day; the line goes with it, and what is in it is saved first."""
        if day == self.day or not self.line.finish():
            return
        self.day, self._follows = day, day == _today()
        self._say_day()
        self.reload()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.how.set_choices([(one.key, one.words()) for one in choices("reception_form")])
        self.how_words.setText(tr("Received how"))
        self.how.setAccessibleName(tr("Received how"))
        self.date.setAccessibleName(tr("Date"))
        self.list.setAccessibleName(tr("Visitors of the day"))
        self._say_day()
        self._say_line()

    # papers

    def slip(self) -> None:
        """The slip of the visitor under the cursor, in the line, or written down last."""
        row = self._chosen()
        if row is None:
            messages.say(tr("Write the visitor down first: then there is a slip."))
            return
        slips.show_slip(self._desk, self._jobs, self, row, usual_language())

    def print_paper(self) -> None:
        """The card of the same visitor."""
        row = self._chosen()
        if row is not None and self.line.save_typed():
            ask_paper(self._desk, self._jobs, KIND, row["id"], title(row), self)

    def print_register(self) -> None:
        """The register of a period."""
        ask_register(self._desk, self._jobs, self)

    def open_whole(self) -> None:
        """The whole form of the same visitor; an empty line begins one there."""
        if self.line.save_typed():
            id = self.line.id
            self.line.finish()
            self.record_opened.emit(id)

    def begin(self) -> None:
        """The next visitor, from wherever one is."""
        if self.writes:
            self.line.next()

    # inside

    def _now(self) -> date:
        """The day that is shown: of a program that was left open overnight the new one."""
        if self._follows and self.day != _today():
            self.day = _today()
            self._say_day()
        return self.day

    def _chosen(self) -> Row | None:
        wanted = (
            self.list.current_key() if self.list.hasFocus() else self.line.id or self.line.last
        )
        return next((row for row in self.rows if row["id"] == wanted), None)

    def _show(self, day: date, rows: list[Row]) -> None:
        if day != self.day:
            return  # another one is shown by now
        self.rows = rows
        self.list.show_rows([self._line(row) for row in rows])
        if self.line.last is not None and not self.list.hasFocus():
            self.list.choose(self.line.last)
        self.pages.setCurrentIndex(0 if rows else 1)
        self._say_day()
        if self.line.id is not None:
            self._say_line()

    def _line(self, row: Row) -> ListRow:
        pack, due = self._desk.pack, term_of(row)
        where = short_place(pack, row["village"]) if row["village"] else ""
        by = row["received_by"] or ""
        below = " · ".join(filter(None, (tag(row), where, by)))
        at = row["received_at"].strftime("%H:%M") if row["received_at"] else ""
        if row["state"] == "closed":
            badge, tone, sign = tr("Closed"), "success", "check"
        elif due is None:
            badge, tone, sign = tr("no term"), "neutral", "clock"
        else:
            near = deadline(due, _today())
            badge, tone, sign = near.words, near.tone, near.icon
        return ListRow(row["id"], title(row), below, at, badge, tone, sign)

    def _say_day(self) -> None:
        on = _today()
        self.heading.setText(long_day(self.day))
        self.date.set_value(self.day)
        set_seen(self.today_button, self.day != on)
        set_seen(self.quick, self.writes and self.day <= on)
        told = counted(self.rows, on)
        words = [trn("{n} visitor", "{n} visitors", told.visitors)]
        if told.open:
            words.append(trn("{n} waits for an outcome", "{n} wait for an outcome", told.open))
        if told.late:
            words.append(trn("{n} late", "{n} late", told.late))
        self.told.setText(" · ".join(words))

    def _say_line(self) -> None:
        row = next((row for row in self.rows if row["id"] == self.line.id), None)
        self.quick.slip_button.setEnabled(self.line.last is not None)
        if row is None:
            self.quick.say("")
        else:
            self.quick.say(tr("Written down: {number}. Enter: the next visitor.", number=tag(row)))

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        if self.isVisible() and any(change.kind == KIND for change in changes):
            self.reload()

    def _typed_day(self) -> None:
        day = self.date.value()
        if isinstance(day, date):
            self.turn_to(day)
        else:
            self.date.set_value(self.day)

    def _connect(self) -> None:
        self.back_button.clicked.connect(lambda: self.turn_to(self.day - timedelta(1)))
        self.on_button.clicked.connect(lambda: self.turn_to(self.day + timedelta(1)))
        self.today_button.clicked.connect(lambda: self.turn_to(_today()))
        self.date.editingFinished.connect(self._typed_day)
        self.line.changed.connect(self._say_line)
        self.quick.whole_wanted.connect(self.open_whole)
        self.quick.slip_wanted.connect(self.slip)
        self.quick.listed.connect(self._into_list)
        self.list.opened.connect(self.record_opened)
        self._jobs.recorded.connect(self._recorded)
        for keys, act in (
            ("Alt+Left", self.back_button.click),
            ("Alt+Right", self.on_button.click),
            ("Ctrl+N", self.begin),
            ("Ctrl+S", self.line.save_typed),
            ("Ctrl+T", self.slip),
            ("Ctrl+P", self.print_paper),
            ("Ctrl+Shift+P", self.print_register),
            ("Ctrl+F", self.register_wanted.emit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _into_list(self) -> None:
        if self.rows:
            if not self.list.currentIndex().isValid():
                self.list.step(1)
            self.list.setFocus()

    def _build(self) -> None:
        days = FlowLayout(spacing=8)
        self.how.setMinimumWidth(160)
        days.addWidget(self.back_button)
        days.addWidget(self.date)
        how = QWidget()
        beside = QHBoxLayout(how)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.how_words)
        beside.addWidget(self.how)
        for widget in (self.on_button, self.today_button, how):
            days.addWidget(widget)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.told)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.none)
        self.pages.setMinimumHeight(LEAST)
        page = QWidget()
        self.area = scrolled(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(10)
        column.addLayout(words)
        column.addLayout(days)
        column.addWidget(self.quick)
        column.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.quick.reached.connect(lambda field: self.area.ensureWidgetVisible(field, 0, 60))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: from the list to the line, from the line to the list."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.list.hasFocus() and self.quick.isVisible():
            self.quick.go_to()
        else:
            self._into_list()

    def hideEvent(self, event: QHideEvent) -> None:
        self.line.leave()
        super().hideEvent(event)


def _today() -> date:
    return datetime.now().astimezone().date()
