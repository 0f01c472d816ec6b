"""One line for one visitor: the few fields that a queue leaves time for, gone through by Enter."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QToolButton, QWidget

from desktop import forms
from desktop.actions.reception_day import SOMEBODY
from desktop.session import Desk
from sync.consents import language_read, newest
from sync.errors import UserError
from sync.language import mark, tr
from sync.person import REGION
from sync.records.base import Values, field_map
from sync.records.consented import WITNESS, WITNESSED
from sync.records.reception import Reception
from sync.records.values import split
from ui import theme
from ui.consents import show_text
from ui.widgets.cards import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.form_field import FormField, phone_problem
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel
from ui.widgets.letter_bar import LetterBar
from ui.widgets.word_button import WordButton

FIRST = "essence"
USUAL = ("village", "category", "visitor_type", "due_on")
CONSENT = "consent_way"
WHO = ("applicant", "phone", WITNESS)  # asked for once it is said how consent was given
FIELDS = (FIRST, *USUAL, CONSENT, *WHO)
BESIDE = 190  # px that a field needs, at the usual size of words
NO_VILLAGE = mark("Choose the village first: it tells which district this belongs to.")
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuickVisitor(Card):
    """Knows no store: says what was typed, and that Enter was pressed."""

    edited = Signal()
    entered = Signal(str)  # Enter, in this field
    reached = Signal(QWidget)  # the field that got the cursor: it must be seen
    listed = Signal()  # down, to the visitors of the day
    next_wanted = Signal()
    whole_wanted = Signal()
    slip_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(mark("Who came now"), "reception")
        district = "" if desk.person.district == REGION else desk.person.district
        known = field_map(Reception)
        self.fields = {
            name: FormField(replace(known[name], long=False), desk.pack, district, dense=True)
            for name in FIELDS
        }
        self._grid, self._columns = QGridLayout(), 0
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self.words = PlainLabel(role="hint", wrap=True)
        self.text_button = WordButton(mark("Read or print the text…"), "quiet", "document")
        self.slip_button = WordButton(mark("Slip"), "quiet", "document", "Ctrl+T")
        self.whole_button = WordButton(mark("Whole form"), "", "edit")
        self.next_button = WordButton(mark("Next visitor"), "primary", "add", "Enter")
        buttons = FlowLayout(spacing=8)
        for button in (self.next_button, self.whole_button, self.slip_button, self.text_button):
            buttons.addWidget(button)
        self.letters = LetterBar()
        self.head.addWidget(self.letters)
        for part in (self._grid, self.words, buttons):
            self.add(part)
        for name, field in self.fields.items():
            field.edited.connect(self._typed)
            for widget in (field.input, *field.input.findChildren(QWidget)):
                widget.installEventFilter(self)
            field.input.setProperty("quick", name)
        for button, wanted in (
            (self.next_button, self.next_wanted),
            (self.whole_button, self.whole_wanted),
            (self.slip_button, self.slip_wanted),
        ):
            button.clicked.connect(lambda _=False, wanted=wanted: wanted.emit())
        self.text_button.clicked.connect(self._show_text)
        self._arrange()
        self.clear()

    def values(self) -> Values:
        """What stands in the fields, as JSON; None where empty. No name without a consent."""
        said = forms.tidy({name: field.value() for name, field in self.fields.items()})
        if not said[CONSENT]:
            said |= dict.fromkeys(WHO)
        return said

    def set_values(self, values: Values) -> None:
        """Put JSON values in."""
        typed, _ = split(Reception, {n: v for n, v in values.items() if n in self.fields})
        for name, value in typed.items():
            self.fields[name].set_value(value)
        self._show_fields()

    def blank(self) -> bool:
        """Nobody was written of: a village that stayed from the one before says nothing."""
        said = self.values()
        return not any(said[name] for name in FIELDS if name not in ("village", "visitor_type"))

    def clear(self, *, village: object = None) -> None:
        """An empty line, perhaps with the village of those before."""
        for name, field in self.fields.items():
            field.set_value({"village": village, "visitor_type": SOMEBODY}.get(name))
            field.show_problem(None)
        self._show_fields()

    def check(self, values: Values, *, homeless: bool = False) -> bool:
        """Whether it can be saved; what is wrong is said at the fields. `homeless`: only the village
        tells of which district the visitor is."""
        problems = forms.check(Reception, values)
        for name, field in self.fields.items():
            if problem := phone_problem(field.field, values.get(name)):
                problems[name] = problem
        if homeless and not values["village"]:
            problems["village"] = UserError(NO_VILLAGE)
        self.show_problems(problems)
        return not problems

    def show_problems(self, problems: Mapping[str, UserError]) -> None:
        """Words at each field that is not right; the cursor goes to the first of them."""
        for name, field in self.fields.items():
            field.show_problem(problems.get(name))
        first = next((name for name in FIELDS if name in problems), None)
        if first is not None:
            self.go_to(first)

    def go_to(self, name: str = FIRST) -> None:
        """Put the cursor into a field."""
        self.fields[name].focus()
        self.reached.emit(self.fields[name])

    def go_on(self) -> None:
        """From the first field to the first of the others that is still empty."""
        empty = (name for name in USUAL if not self.fields[name].value())
        self.go_to(next(empty, USUAL[0]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter is the line's; Down goes to the list from the field that has no choices."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        name = watched.property("quick")
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (
            not isinstance(name, str)
            or not plain
            or isinstance(watched, QPushButton | QToolButton)
        ):
            return False
        if event.key() == Qt.Key.Key_Down and name == FIRST:
            self.listed.emit()
            return True
        if event.key() not in ENTER:
            return False
        if isinstance(watched, ChoiceInput) and watched.isModified():
            return False  # Enter takes what was typed
        self.entered.emit(name)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many fields side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Without the letters, which give way."""
        hint = super().minimumSizeHint()
        if self.letters.isVisibleTo(self):
            hint.setWidth(hint.width() - self.letters.sizeHint().width())
        return hint

    def _arrange(self) -> None:
        letters = self.letters.sizeHint().width()
        self.letters.setVisible(self.width() > letters + self.heading.sizeHint().width() + 100)
        room = self.width() // round(BESIDE * theme.scale())
        columns = 4 if room >= 4 else 2 if room >= 2 else 1
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.addWidget(self.fields[FIRST], 0, 0, 1, columns)
        row, column = 1, 0
        for name in FIELDS[1:]:
            if name == CONSENT and column:
                row, column = row + 1, 0
            self._grid.addWidget(self.fields[name], row, column, Qt.AlignmentFlag.AlignTop)
            row, column = (row, column + 1) if column + 1 < columns else (row + 1, 0)
        for at in range(4):
            self._grid.setColumnStretch(at, int(at < columns))

    def _typed(self) -> None:
        self._show_fields()
        self.edited.emit()

    def _show_fields(self) -> None:
        """Who it was is asked for with a consent alone."""
        way = self.fields[CONSENT].value()
        for name in WHO:
            self.fields[name].setVisible(bool(way) and (name != WITNESS or way == WITNESSED))
        self.text_button.setVisible(bool(way))

    def _show_text(self) -> None:
        show_text(self, newest(Reception.consent_texts), language_read())

    def say(self, words: str) -> None:
        """How it stands with the line, under it."""
        self.words.setText(
            words or tr("Enter writes the visitor down; Enter again, the next one.")
        )
