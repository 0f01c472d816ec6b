"""One line for one record: the few fields that a person has time for, gone through by Enter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QToolButton, QWidget

from desktop import forms
from desktop.session import Desk
from sync.errors import UserError
from sync.person import REGION
from sync.records.base import Record, Values, field_map
from sync.records.values import split
from ui import theme
from ui.widgets.cards import Card
from ui.widgets.form_field import FormField, phone_problem
from ui.widgets.inputs import ChoiceInput

BESIDE = 190  # px that a field needs, at the usual size of words
MOST = 4  # fields side by side
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuickLine(Card):
    """Knows no store: says what was typed, and that Enter was pressed. The first field is the record's
    words; it has a row of its own. `breaks`: fields that begin another row."""

    edited = Signal()
    entered = Signal(str)  # Enter, in this field
    reached = Signal(QWidget)  # the field that got the cursor: it must be seen
    listed = Signal()  # down, to what is there already

    def __init__(
        self,
        desk: Desk,
        record: type[Record],
        names: Sequence[str],
        title: str,
        icon: str,
        breaks: Sequence[str] = (),
    ) -> None:
        super().__init__(title, icon)
        self.record, self.names, self._breaks = record, tuple(names), breaks
        self.first = self.names[0]
        district = "" if desk.person.district == REGION else desk.person.district
        known = field_map(record)
        self.fields = {
            name: FormField(replace(known[name], long=False), desk.pack, district, dense=True)
            for name in self.names
        }
        self._grid, self._columns = QGridLayout(), 0
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self.add(self._grid)
        for name, field in self.fields.items():
            field.edited.connect(self._typed)
            field.input.setProperty("quick", name)
            field.input.installEventFilter(self)
        self._arrange()

    def values(self) -> Values:
        """What stands in the fields, as JSON; None where empty."""
        return forms.tidy({name: field.value() for name, field in self.fields.items()})

    def set_values(self, values: Values) -> None:
        """Put JSON values in."""
        typed, _ = split(self.record, {n: v for n, v in values.items() if n in self.fields})
        for name, value in typed.items():
            self.fields[name].set_value(value)
        self.show_fields()

    def usual(self) -> Values:
        """What an empty line begins with."""
        return {}

    def stays(self) -> tuple[str, ...]:
        """Fields that alone say nothing: a line with nothing else is empty."""
        return tuple(self.usual())

    def blank(self) -> bool:
        """Nothing was written."""
        said = self.values()
        return not any(said[name] for name in self.names if name not in self.stays())

    def clear(self, kept: Values | None = None) -> None:
        """An empty line, with what is usual, or `kept` from the one before."""
        said = self.usual() | (kept or {})
        for name, field in self.fields.items():
            field.set_value(said.get(name))
            field.show_problem(None)
        self.show_fields()

    def check(self, values: Values) -> bool:
        """Whether it can be saved; what is wrong is said at the fields."""
        problems = forms.check(self.record, values)
        for name, field in self.fields.items():
            if problem := phone_problem(field.field, values.get(name)):
                problems[name] = problem
        problems |= self.also_wrong(values)
        self.show_problems(problems)
        return not problems

    def also_wrong(self, values: Values) -> dict[str, UserError]:
        """What the rules of the kind do not say."""
        return {}

    def show_problems(self, problems: Mapping[str, UserError]) -> None:
        """Words at each field that is not right; the cursor goes to the first of them."""
        for name, field in self.fields.items():
            field.show_problem(problems.get(name))
        first = next((name for name in self.names if name in problems), None)
        if first is not None:
            self.go_to(first)

    def go_to(self, name: str = "") -> None:
        """Put the cursor into a field, or the first."""
        field = self.fields[name or self.first]
        field.focus()
        self.reached.emit(field)

    def go_on(self) -> None:
        """From the first field to the first of the others that is still empty."""
        others = [name for name in self.names[1:] if self.fields[name].isVisibleTo(self)]
        empty = (name for name in others if not self.fields[name].value())
        self.go_to(next(empty, others[0] if others else self.first))

    def say(self, words: str) -> None:
        """How it stands with the line; nothing by itself."""

    def show_fields(self) -> None:
        """Which fields are asked for now: all."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter is the line's; Down goes to what is there already from the field without choices."""
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
        if event.key() == Qt.Key.Key_Down and name == self.first:
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

    def _arrange(self) -> None:
        room = self.width() // round(BESIDE * theme.scale())
        most = MOST if self._breaks else min(MOST, len(self.names) - 1)
        columns = most if room >= most else 2 if room >= 2 else 1
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.addWidget(self.fields[self.first], 0, 0, 1, columns)
        row, column = 1, 0
        for name in self.names[1:]:
            if name in self._breaks and column:
                row, column = row + 1, 0
            self._grid.addWidget(self.fields[name], row, column, Qt.AlignmentFlag.AlignTop)
            row, column = (row, column + 1) if column + 1 < columns else (row + 1, 0)
        for at in range(MOST):
            self._grid.setColumnStretch(at, int(at < columns))

    def _typed(self) -> None:
        self.show_fields()
        self.edited.emit()
