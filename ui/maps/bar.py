"""Above the map: which records, of which days, what districts are shaded by; and nearer, farther, the whole."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.actions.on_map import Wish
from desktop.figures.periods import Period, Span, period_of
from desktop.maps.layers import LAYERS, MEASURES
from sync.language import mark, tr
from ui.icons import icon
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import ChoiceInput
from ui.widgets.tips import tip

ALWAYS, LAST_YEAR, NOTHING = "always", "last_year", "nothing"
DAYS = {
    ALWAYS: mark("All days"),
    str(Span.WEEK): mark("This week"),
    str(Span.MONTH): mark("This month"),
    str(Span.QUARTER): mark("This quarter"),
    str(Span.YEAR): mark("This year"),
    LAST_YEAR: mark("Last year"),
}
SAVE = "Ctrl+E"
BETWEEN, BESIDE = 12, 44  # px between boxes, and of a box beside its words
Pairs = Sequence[tuple[str, str]]


class MapBar(QWidget):
    """Decides nothing but what is wished for."""

    asked = Signal()
    nearer = Signal(int)  # steps
    whole_wanted = Signal()
    save_wanted = Signal()
    tiles_wanted = Signal()  # from a file that is to be chosen
    bare_wanted = Signal()  # without any

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.layer, self.sort, self.days, self.measure = (ChoiceInput() for _ in range(4))
        self.in_button, self.out_button, self.whole_button = (QPushButton() for _ in range(3))
        self.save_button, self.tiles_button = QPushButton(), QPushButton()
        self.tiles_menu = QMenu(self)
        self.buttons = (  # they stand on the map
            self.in_button,
            self.out_button,
            self.whole_button,
            self.tiles_button,
            self.save_button,
        )
        self._build()
        self._connect()

    def wish(self) -> Wish:
        """What is chosen now."""
        measure = self.measure.value() or NOTHING
        return Wish(
            self.layer.value() or next(iter(LAYERS)),
            self.sort.value() or "",
            self.period(),
            "" if measure == NOTHING else measure,
        )

    def period(self) -> Period | None:
        """The days that are chosen; None: all."""
        chosen = self.days.value() or ALWAYS
        if chosen == ALWAYS:
            return None
        if chosen == LAST_YEAR:
            return period_of(Span.YEAR, self._today.replace(month=1, day=1) - timedelta(1))
        return period_of(Span(chosen), self._today)

    def show_wish(self, layer: str, sort: str, days: str, measure: str) -> None:
        """What was chosen before, as far as there is such a thing; nobody is told."""
        layer = layer if layer in LAYERS else next(iter(LAYERS))
        _offer(self.layer, [(key, tr(one.label)) for key, one in LAYERS.items()], layer)
        _offer(self.days, [(key, tr(words)) for key, words in DAYS.items()],
               days if days in DAYS else ALWAYS)  # fmt: skip
        _offer(
            self.measure,
            [(NOTHING, tr("Nothing")), *((key, tr(one.label)) for key, one in MEASURES.items())],
            measure if measure in MEASURES else NOTHING,
        )
        self._offer_sorts(sort)

    def kept(self) -> dict[str, str]:
        """What is to be chosen again the next time."""
        named = {
            "layer": self.layer,
            "sort": self.sort,
            "days": self.days,
            "measure": self.measure,
        }
        return {name: input.value() or "" for name, input in named.items()}

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.show_wish(**self.kept())
        for button, words, key in (
            (self.in_button, tr("Nearer"), "+"),
            (self.out_button, tr("Farther"), "−"),
            (self.whole_button, tr("The whole"), "0"),
        ):
            button.setAccessibleName(words)
            button.setToolTip(tip(f"{words} ({key})"))
        self.whole_button.setText(tr("The whole"))
        self.save_button.setText(tr("Save…"))
        self.save_button.setToolTip(tip(SAVE))
        self.tiles_button.setText(tr("Background"))
        self.tiles_menu.clear()
        self.tiles_menu.addAction(tr("From a file of map tiles…"), self.tiles_wanted.emit)
        self.tiles_menu.addAction(tr("None"), self.bare_wanted.emit)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Each box is as wide as its words; the last one goes below where there is no room for all."""
        seen = [row for row in self._rows if not row.isHidden()]
        needed = sum(map(_needed, seen)) + BETWEEN * (len(seen) - 1)
        line = self._lines[needed > self.width()]
        if line.indexOf(self.measure_row) < 0:
            for other in self._lines:
                other.removeWidget(self.measure_row)
            line.addWidget(self.measure_row, 1, Qt.AlignmentFlag.AlignTop)
        for row in seen:
            for one in self._lines:
                one.setStretchFactor(row, _needed(row))

    def _choose_layer(self) -> None:
        self._offer_sorts("")
        self.asked.emit()

    def _offer_sorts(self, chosen: str) -> None:
        layer = LAYERS[self.layer.value() or next(iter(LAYERS))]
        sorts = [(one.name, tr(one.label)) for one in layer.sorts]
        _offer(self.sort, sorts, layer.sort(chosen).name)
        self.sort_row.setVisible(len(sorts) > 1)
        self.days_row.setVisible(not layer.sorts[0].days)
        self._share()

    def _connect(self) -> None:
        self.layer.changed.connect(self._choose_layer)
        for input in (self.sort, self.days, self.measure):
            input.changed.connect(self._share)
            input.changed.connect(self.asked)
        self.in_button.clicked.connect(partial(self.nearer.emit, 1))
        self.out_button.clicked.connect(partial(self.nearer.emit, -1))
        self.whole_button.clicked.connect(self.whole_wanted)
        self.save_button.clicked.connect(self.save_wanted)

    def _build(self) -> None:
        self.in_button.setIcon(icon("add", "accent"))
        self.out_button.setIcon(icon("dash", "accent"))
        self.save_button.setIcon(icon("save", "accent"))
        self.tiles_button.setMenu(self.tiles_menu)
        self.layer_row = FieldRow(mark("On the map"), self.layer)
        self.sort_row = FieldRow(mark("Which of them"), self.sort)
        self.days_row = FieldRow(mark("Period"), self.days)
        self.measure_row = FieldRow(mark("Districts are shaded by"), self.measure)
        self._rows = (self.layer_row, self.sort_row, self.days_row, self.measure_row)
        self._lines = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for line in self._lines:
            line.setSpacing(BETWEEN)
            column.addLayout(line)
        for row in self._rows:
            self._lines[0].addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        for button in self.buttons:
            button.setAutoDefault(False)


def _needed(row: FieldRow) -> int:
    """Pixels by which neither its label nor what is chosen is cut."""
    assert isinstance(row.input, ChoiceInput)
    said = row.input.fontMetrics().horizontalAdvance(row.input.text()) + BESIDE
    label = row.label.fontMetrics().horizontalAdvance(row.label.text()) + 4
    return max(said, label, row.minimumSizeHint().width())


def _offer(input: ChoiceInput, pairs: Pairs, chosen: str) -> None:
    input.blockSignals(True)
    input.set_choices(pairs)
    input.set_value(chosen)
    input.blockSignals(False)
