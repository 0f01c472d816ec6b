"""Above a list of ratings: the way down to it, how it is listed, by what, and beside which wave."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions.rating_views import By
from sync.language import mark, tr
from ui import theme
from ui.fonts import text_font
from ui.icons import icon
from ui.widgets.crumbs import Crumbs
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

LISTED = {
    By.OFFICIALS: mark("Officials"),
    By.DISTRICTS: mark("Districts"),
    By.CRITERIA: mark("Criteria"),
}
FACES = {True: mark("As a table"), False: mark("As a chart")}  # {drawn: what the button does}
CHIP = 32  # px: what a chip has beside its words, which are heavier when it is chosen
TURN, SAVE = "F4", "Ctrl+E"  # keys


class RatingBar(QWidget):
    """Decides nothing."""

    went = Signal(int)  # a step of the way
    listed = Signal(str)  # a value of By
    criterion_chosen = Signal()
    compared = Signal()
    turned = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.crumbs = Crumbs()
        self.chips: dict[By, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.criterion, self.before = ChoiceInput(), ChoiceInput()
        self.turn_button, self.save_button = QPushButton(), QPushButton()
        self.counted = PlainLabel(role="muted")
        self._drawn = True
        self._build()
        self.crumbs.chosen.connect(self.went)
        self.criterion.changed.connect(self.criterion_chosen)
        self.before.changed.connect(self.compared)
        self.turn_button.clicked.connect(self.turned)
        self.save_button.clicked.connect(self.save_wanted)
        self.retranslate()

    def show_ways(self, ways: Sequence[By], chosen: By) -> None:
        """How the same thing can be listed; one way alone is no choice."""
        for by, chip in self.chips.items():
            chip.setVisible(by in ways and len(ways) > 1)
            chip.setChecked(by is chosen)

    def show_criteria(self, pairs: Sequence[tuple[str, str]], chosen: str, *, asked: bool) -> None:
        """The criteria of the form; `asked`: the list goes by one of them."""
        self.criterion_row.setVisible(asked)
        _offer(self.criterion, pairs, chosen)

    def show_waves(self, pairs: Sequence[tuple[str, str]], chosen: str | None) -> None:
        """The waves that can be compared with."""
        self.before_row.setVisible(bool(pairs))
        _offer(self.before, pairs, chosen)

    def show_face(self, *, drawn: bool) -> None:
        """What the button leads to."""
        self._drawn = drawn
        self.turn_button.setText(tr(FACES[drawn]))

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        for by, chip in self.chips.items():
            chip.setText(tr(LISTED[by]))
            chip.setMinimumWidth(_bold_width(chip.text()) + CHIP)
        self.show_face(drawn=self._drawn)
        self.save_button.setText(tr("Save…"))
        self.turn_button.setToolTip(tip(TURN))
        self.save_button.setToolTip(tip(SAVE))
        self.before.setPlaceholderText(tr("With no other"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.crumbs, 1)
        self.save_button.setIcon(icon("save", "accent"))
        for button in (self.turn_button, self.save_button):
            button.setAutoDefault(False)
            first.addWidget(button)
        second = QHBoxLayout()
        second.setSpacing(12)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for by in LISTED:
            chip = self.chips[by] = QPushButton()
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setAutoDefault(False)
            chip.clicked.connect(lambda _=False, by=by: self.listed.emit(str(by)))
            self._group.addButton(chip)
            chips.addWidget(chip)
        chips.addStretch(1)
        chips.addWidget(self.counted)
        self.criterion_row = FieldRow(mark("By what"), self.criterion)
        self.before_row = FieldRow(mark("Compared with"), self.before)
        second.addWidget(self.criterion_row, 3)
        second.addWidget(self.before_row, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(first)
        layout.addLayout(chips)
        layout.addLayout(second)


def _offer(input: ChoiceInput, pairs: Sequence[tuple[str, str]], chosen: str | None) -> None:
    """Without telling anyone: nobody chose."""
    input.blockSignals(True)
    input.set_choices(pairs)
    input.set_value(chosen)
    input.blockSignals(False)


def _bold_width(words: str) -> int:
    return QFontMetrics(text_font(theme.size("body"), QFont.Weight.DemiBold)).horizontalAdvance(
        words
    )
