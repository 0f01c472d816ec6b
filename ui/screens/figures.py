"""Reports of the district or the region: one at a time, beside other periods, down to the records."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import figures
from desktop.actions.figure_words import notes
from desktop.actions.figures import Answer, Question
from desktop.actions.records import Row
from desktop.actions.titles import title
from desktop.figures.declared import Shape
from desktop.figures.periods import Span, period_of
from desktop.figures.reports import REPORTS
from desktop.session import Desk
from sync.change import Change
from sync.errors import Stopped, UserError
from sync.language import mark, tr
from sync.person import REGION
from ui import messages, theme
from ui.dates import plain_day
from ui.how_far import HowFar
from ui.jobs import Jobs
from ui.models.lines import below
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_bar import EARLIER, SAVE, TURN, FigureBar
from ui.widgets.figure_list import FigureList
from ui.widgets.figure_totals import FigureTotals
from ui.widgets.fresh_page import FreshPage
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.scrolled import scrolled

ALL = "all"  # districts
PAUSE = 60  # ms: arrow keys held down read only the report they stop at
KEYS = mark("Enter: open · Backspace: back · {turn}: chart or table · {save}: save")
LEGEND = mark("The bar is this period, the upright line the other one.")
NONE = mark("Nothing was recorded in these days. Choose other days, or another place.")


class FiguresScreen(FreshPage):
    """At the left the reports; Enter on a line goes down to okrugs, villages, and the records."""

    record_wanted = Signal(str, object)  # kind, id

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self.answer: Answer | None = None
        self._reading = HowFar()
        self.bar = FigureBar(_today())
        self.question = Question(next(iter(REPORTS)), self.bar.period, "")
        self.reports, self.records = ListPane(titles=True), ListPane()
        self.totals, self.list = FigureTotals(), FigureList()
        self.about, self.legend, self.notes, self.keys, self.behind = (
            PlainLabel("", role, wrap=True) for role in ("muted", "hint", "hint", "hint", "strong")
        )
        self.none = EmptyState("figures", NONE)
        self.pages, self.faces = QStackedWidget(), QStackedWidget()
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._build()
        self._connect()
        jobs.recorded.connect(self._recorded)
        self.retranslate()

    # what others may ask for

    @Slot()
    def reload(self) -> None:
        """Count anew."""
        self._ask(self.question)

    def go(self, question: Question) -> None:
        """Ask another question."""
        self.pages.setCurrentIndex(0)
        self._ask(question)

    def choose(self, name: str) -> None:
        """Another report, by what it is usually listed; the days and the place stay."""
        by = figures.groupings(self._desk, REPORTS[name], self._place())[0].name
        self.go(replace(self.question, report=name, by=by))
        self.retranslate()

    def back(self) -> None:
        """From the records to their line, from villages to okrugs, from okrugs to districts."""
        if self.pages.currentIndex() == 1:
            self.pages.setCurrentIndex(0)
            self.list.setFocus()
        elif (question := figures.above(self._desk, self.question)) is not None:
            self.go(question)

    def open_line(self, key: str) -> None:
        """What lies below a line: places, or the records that it counts."""
        if self.answer is None:
            return
        if (below := figures.opened(self._desk, self.answer, key)) is not None:
            self.go(below)
            return
        line = next(line for line in self.answer.lines if line.key == key)
        work = partial(figures.records_behind, self._desk, self.question, key, self.answer.today)
        self._jobs.look(self, work, partial(self._show_records, line.name), _warn)

    def turn(self) -> None:
        """The chart as a table, or the table as a chart."""
        self.list.turn()
        self.bar.show_face(drawn=self.list.drawn)
        self.legend.setVisible(self.list.drawn)
        self.list.setFocus()

    def save(self, *, paper: bool = False) -> None:
        """Ask where to, and let the report leave as a file."""
        from ui.figure_exports import ask_figure_export  # with what draws papers

        if self.answer is not None:
            ask_figure_export(self._desk, self._jobs, self.answer, self, paper=paper)

    def print(self) -> None:
        """The same as a paper."""
        self.save(paper=True)

    def save_district(self, span: str) -> None:
        """Ask where to, and let the week's or the quarter's report of a district leave."""
        from ui.figure_exports import ask_district_report  # with what draws papers

        own = self._desk.person.district
        place = self.question.place if own == REGION else own
        district = self._desk.pack.district_of(place) if place else ""
        if not district:
            messages.tell(tr("Choose the district that the report is of."))
            self.bar.place.setFocus()
            return
        today, shown = _today(), self.bar.period
        day = today if shown.first <= today <= shown.last else shown.last
        period = period_of(Span(span), day)
        ask_district_report(self._desk, self._jobs, district, period, today, self)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        rows = [ListRow(one.name, tr(one.label)) for one in REPORTS.values()]
        self.reports.show_rows(rows)
        self.reports.choose(self.question.report)
        self.reports.setAccessibleName(tr("Reports"))
        self.records.setAccessibleName(tr("Records"))
        self.keys.setText(tr(KEYS, turn=TURN, save=SAVE))
        self.legend.setText(tr(LEGEND))

    # reading

    def _ask(self, question: Question) -> None:
        usual = question.by or figures.groupings(self._desk, REPORTS[question.report])[0].name
        self.question = replace(question, period=self.bar.period, by=usual)
        self._reading.stop()  # nobody waits for the one before
        now = self._reading = HowFar()
        work = partial(
            figures.read_report, self._desk, self.question, _today(), partial(now.tell, 0, 0)
        )
        self._jobs.look(self, work, partial(self._show, self.question), _warn)

    def _asked(self) -> None:
        """Other days, another place or grouping."""
        place, by = self.bar.place.value() or ALL, self.bar.by.value() or self.question.by
        place = "" if place == ALL else place
        offered = figures.groupings(self._desk, REPORTS[self.question.report], place)
        if by not in [one.name for one in offered]:
            by = offered[0].name
        self.go(replace(self.question, place=place, by=by))

    def _show(self, question: Question, answer: Answer) -> None:
        if question != self.question:  # another one was asked meanwhile
            return
        other = self.answer is None or self.answer.report is not answer.report
        self.answer = answer
        report = answer.report
        drawn = report.figures[0].name if other else self.bar.figure.value()
        self.bar.offer(
            self._places(answer),
            [
                (by.name, tr(by.label))
                for by in figures.groupings(self._desk, report, self._place())
            ],
            [(one.name, tr(one.label)) for one in report.figures if one.shape is not Shape.DATE],
            (answer.question.place or ALL, self.question.by, drawn or report.figures[0].name),
        )
        self.about.setText(f"{tr(report.about)} {answer.place}.")
        told = list(notes(answer))
        self.notes.setText("\n".join(told))
        self.notes.setVisible(bool(told))
        self.list.setAccessibleName(f"{tr(report.label)}, {answer.place}")
        self.faces.setCurrentIndex(0 if answer.lines else 1)
        self._list()

    def _list(self) -> None:
        if self.answer is not None and (figure := self.bar.figure.value()):
            earlier = self.bar.beside.value() == EARLIER
            self.list.show_answer(self.answer, figure, earlier=earlier)
            self.totals.show_answer(self.answer, earlier=earlier)

    def _show_records(self, name: str, rows: list[Row]) -> None:
        record = REPORTS[self.question.report].sources[0].root
        pack = self._desk.pack
        listed = []
        for row in rows:
            day = row.get(record.dated_by)
            when = plain_day(day) if isinstance(day, date) else ""
            listed.append(ListRow((row["kind"], row["id"]), title(row), below(row, pack), when))
        self.records.show_rows(listed)
        if not listed:
            messages.say(tr("{name}: there are no records behind this line.", name=name))
            return
        words = tr("{name}: the records that are counted", name=name)
        if len(rows) == figures.MOST:
            words = tr("{name}: the first {n} records", name=name, n=figures.MOST)
        self.behind.setText(words)
        self.pages.setCurrentIndex(1)
        self.records.choose(listed[0].key)
        self.records.setFocus()

    def _place(self) -> str:
        """The place that is asked about, beside the person's own district."""
        own = self._desk.person.district
        return "" if self.question.place == own else self.question.place

    def _places(self, answer: Answer) -> list[tuple[str, str]]:
        """All, the districts, and the okrugs of the district that is looked at."""
        pack, own = self._desk.pack, self._desk.person.district
        whole = [(ALL, tr("All districts"))] if own == REGION else [(own, pack.full_name(own))]
        found = [(code, one.words()) for code, one in pack.districts.items() if own == REGION]
        within = pack.district_of(answer.question.place) if answer.question.place else ""
        okrugs = pack.okrugs_of(within) if within else []
        if answer.question.place in pack.villages:
            okrugs.append((answer.question.place, pack.full_name(answer.question.place)))
        return [*whole, *found, *okrugs]

    @Slot()
    def _rest(self) -> None:
        """The arrows stopped at a report: another one, or that which is shown, as it is listed."""
        if (name := self.reports.current_key()) != self.question.report:
            self.choose(name)

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        kinds = {source.record.kind for source in REPORTS[self.question.report].sources}
        if self.isVisible() and any(change.kind in kinds for change in changes):
            self.reload()

    def _connect(self) -> None:
        self.reports.chosen.connect(lambda _: self._soon.start())
        self._soon.timeout.connect(self._rest)
        self.reports.opened.connect(lambda _: self.list.setFocus())
        self.bar.asked.connect(self._asked)
        self.bar.shown.connect(self._list)
        self.bar.turned.connect(self.turn)
        self.bar.save_wanted.connect(self.save)
        self.bar.district_wanted.connect(self.save_district)
        self.list.opened.connect(self.open_line)
        self.list.left.connect(self.back)
        self.records.left.connect(self.back)
        self.records.opened.connect(lambda key: self.record_wanted.emit(*key))
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            (TURN, self.turn),
            (SAVE, self.save),
            ("Ctrl+P", self.print),
            ("Alt+Left", self.back),
            ("Ctrl+PgUp", lambda: self.bar.step(-1)),
            ("Ctrl+PgDown", lambda: self.bar.step(1)),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        inside, under = QWidget(), QWidget()
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(20, 8, 24, 16)
        page.setSpacing(10)
        for face in (self.list, self.none):
            self.faces.addWidget(face)
        for part in (self.about, self.bar, self.totals):
            page.addWidget(part)
        page.addWidget(self.faces, 1)
        for part in (self.legend, self.notes, self.keys):
            page.addWidget(part)
        second = QVBoxLayout(under)
        second.setContentsMargins(20, 8, 24, 16)
        second.addWidget(self.behind)
        second.addWidget(self.records, 1)
        self.pages.addWidget(area)
        self.pages.addWidget(under)
        self.reports.setFixedWidth(theme.grown(256))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.reports)
        layout.addWidget(self.pages, 1)
        self.setFocusProxy(self.reports)


def _warn(error: UserError) -> None:
    if not isinstance(error, Stopped):
        messages.warn(str(error))


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day of the place
