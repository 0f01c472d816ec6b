"""Above a report: over which days, where, by what, which figure is drawn, and beside which period."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.figures.periods import Period, Span, free_period, next_one, period_of
from sync.errors import UserError
from sync.language import mark, tr
from ui import theme
from ui.icons import icon
from ui.palette import TARGET
from ui.widgets.field_row import FieldRow
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.inputs import ChoiceInput, DateInput
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

SPANS = {
    Span.WEEK: mark("Week"),
    Span.MONTH: mark("Month"),
    Span.QUARTER: mark("Quarter"),
    Span.YEAR: mark("Year"),
    Span.FREE: mark("From day to day"),
}
OF_A_DISTRICT = {Span.WEEK: mark("Of the week…"), Span.QUARTER: mark("Of the quarter…")}
BEFORE, EARLIER = "before", "earlier"
FACES = {True: mark("As a table"), False: mark("As a chart")}  # {drawn: what the button does}
ASKED = 184  # px of a field
TURN, SAVE = "F4", "Ctrl+E"  # keys
Pairs = Sequence[tuple[str, str]]


class FigureBar(QWidget):
    """Decides nothing but which days are meant."""

    asked = Signal()  # other days, another place, another grouping
    shown = Signal()  # another figure, another period beside
    turned = Signal()
    save_wanted = Signal()
    district_wanted = Signal(str)  # the span of a district's report

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.period = period_of(Span.MONTH, today)
        self._drawn = True
        self.span, self.place, self.by = ChoiceInput(), ChoiceInput(), ChoiceInput()
        self.figure, self.beside = ChoiceInput(), ChoiceInput()
        self.first, self.last = DateInput(), DateInput()
        self.earlier_button, self.later_button = QPushButton(), QPushButton()
        self.turn_button, self.save_button = QPushButton(), QPushButton()
        self.district_button, self.district_menu = QPushButton(), QMenu(self)
        self.district_button.setMenu(self.district_menu)
        self.days = PlainLabel(role="strong")
        self._build()
        self._connect()
        self.retranslate()

    def offer(self, place: Pairs, by: Pairs, figure: Pairs, chosen: tuple[str, str, str]) -> None:
        """What there is to choose, and what is chosen, without telling anyone: nobody chose."""
        each = zip((self.place, self.by, self.figure), (place, by, figure), chosen, strict=True)
        for input, pairs, value in each:
            _offer(input, pairs, value)
        self.place_row.setVisible(len(place) > 1)

    def show_face(self, *, drawn: bool) -> None:
        """What the button leads to."""
        self._drawn = drawn
        self.turn_button.setText(tr(FACES[drawn]))
        self.figure_row.setVisible(drawn)
        self.beside_row.setVisible(drawn)

    def step(self, by: int) -> None:
        """So many periods on, or back."""
        self._take(next_one(self.period, by))

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        _offer(
            self.span, [(str(one), tr(words)) for one, words in SPANS.items()], self.period.span
        )
        beside = [(BEFORE, tr("The period before")), (EARLIER, tr("A year earlier"))]
        _offer(self.beside, beside, self.beside.value() or BEFORE)
        self.show_face(drawn=self._drawn)
        self.save_button.setText(tr("Save…"))
        self.district_button.setText(tr("Report of the district"))
        self.district_menu.clear()
        for span, words in OF_A_DISTRICT.items():
            act = self.district_menu.addAction(tr(words))
            act.triggered.connect(partial(self._want_district, span))
        for button, words in (
            (self.earlier_button, tr("Earlier")),
            (self.later_button, tr("Later")),
        ):
            button.setAccessibleName(words)
            button.setToolTip(tip(words))
        self.span.setAccessibleName(tr("Period"))
        self.turn_button.setToolTip(tip(TURN))
        self.save_button.setToolTip(tip(SAVE))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _want_district(self, span: Span, _: bool = False) -> None:
        self.district_wanted.emit(str(span))

    def _span(self) -> None:
        span = Span(self.span.value() or Span.MONTH)
        if span is Span.FREE:
            self._take(Period(self.period.first, self.period.last))
            return
        inside = self.period.first <= self._today <= self.period.last
        self._take(period_of(span, self._today if inside else self.period.last))

    def _typed(self) -> None:
        first, last = self.first.value(), self.last.value()
        problem = ""
        if isinstance(first, date) and isinstance(last, date):
            try:
                period = free_period(first, last)
            except UserError as error:
                problem = str(error)
            else:
                if (period.first, period.last) != (self.period.first, self.period.last):
                    self._take(period)
        self.last_row.show_problem(problem)

    def _take(self, period: Period) -> None:
        self.period = period
        self._say()
        self.asked.emit()

    def _say(self) -> None:
        free = self.period.span is Span.FREE
        self.days.setText(self.period.words())
        for part in (self.first_row, self.last_row):
            part.setVisible(free)
        if free and not self.first.hasFocus() and not self.last.hasFocus():
            self.first.set_value(self.period.first)
            self.last.set_value(self.period.last)

    def _connect(self) -> None:
        self.span.changed.connect(self._span)
        self.first.editingFinished.connect(self._typed)
        self.last.editingFinished.connect(self._typed)
        self.earlier_button.clicked.connect(lambda: self.step(-1))
        self.later_button.clicked.connect(lambda: self.step(1))
        for input in (self.place, self.by):
            input.changed.connect(self.asked)
        for input in (self.figure, self.beside):
            input.changed.connect(self.shown)
        self.turn_button.clicked.connect(self.turned)
        self.save_button.clicked.connect(self.save_wanted)

    def _build(self) -> None:
        for button, name in ((self.earlier_button, "left"), (self.later_button, "right")):
            button.setIcon(icon(f"chevron_{name}", "accent"))
            button.setProperty("kind", "sign")
        self.save_button.setIcon(icon("save", "accent"))
        self.span.setFixedWidth(theme.grown(130))
        self.first_row = FieldRow(mark("From"), self.first)
        self.last_row = FieldRow(mark("Until"), self.last)
        self.place_row = FieldRow(mark("Territory"), self.place)
        self.by_row = FieldRow(mark("Listed by"), self.by)
        self.figure_row = FieldRow(mark("Drawn"), self.figure)
        self.beside_row = FieldRow(mark("Compared with"), self.beside)
        first, second = FlowLayout(), FlowLayout(spacing=12)
        ends = (self.turn_button, self.district_button, self.save_button)
        for part in (self.span, self.earlier_button, self.days, self.later_button, *ends):
            first.addWidget(part)
        for button in (self.earlier_button, self.later_button, *ends):
            button.setAutoDefault(False)
        self.days.setMinimumHeight(theme.grown(TARGET))
        asked = (self.place_row, self.by_row, self.figure_row, self.beside_row)
        for row in (self.first_row, self.last_row, *asked):
            row.setFixedWidth(theme.grown(ASKED))
            second.addWidget(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(_holding(first))
        layout.addWidget(_holding(second))


def _holding(row: FlowLayout) -> QWidget:
    """The row as a widget, whose height follows from its width."""
    held = QWidget()
    held.setLayout(row)
    return held


def _offer(input: ChoiceInput, pairs: Pairs, chosen: str) -> None:
    input.blockSignals(True)
    input.set_choices(pairs)
    input.set_value(chosen)
    input.blockSignals(False)
