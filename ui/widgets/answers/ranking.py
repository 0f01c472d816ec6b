"""Choices put in an order: by the digit of each in turn, by Alt and the arrows, by the mouse."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from desktop.surveys.interview import NodeState
from desktop.surveys.states import Choice
from sync.language import mark, tr
from ui.icons import icon
from ui.models.codes import codes
from ui.widgets.answers.answer import NO_AIDS, Aids, Answer
from ui.widgets.fact_sheet import clear
from ui.widgets.form_picture import BESIDE, choice_picture, grown
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look

KEYS = mark("Digits put in order, Alt with an arrow moves")


class Ranking(Answer):
    """All choices: those that have a place, in their order, and below them the others.

    The value is the names of those that have a place; when one is left, it gets the last place.
    """

    words_of_keys = KEYS

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__(node, aids)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows: list[RankRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._drawn: object = None
        self.show_node(node)

    def show_node(self, node: NodeState) -> None:
        """The order as it is now."""
        super().show_node(node)
        if (drawn := (node.value, node.choices, node.readonly)) != self._drawn:
            self._drawn = drawn
            self._fill()

    def order(self) -> list[str]:
        """The names that have a place."""
        offered = {choice.value for choice in self.node.choices}
        return [name for name in self.node.value.split() if name in offered]

    def take(self, number: int) -> None:
        """The choice of this number gets the next place, or loses its own."""
        name, order = self.node.choices[number - 1].value, self.order()
        order = [one for one in order if one != name] if name in order else [*order, name]
        left = [one.value for one in self.node.choices if one.value not in order]
        self._give([*order, *left] if len(left) == 1 and name in order else order)

    def shift(self, name: str, step: int) -> None:
        """One place up (-1) or down (1); one that has no place comes last, or first of all."""
        order = self.order()
        if name not in order:
            order.append(name)
        else:
            place = order.index(name)
            order.insert(min(max(place + step, 0), len(order) - 1), order.pop(place))
        self._give(order)
        self._focus(name)

    def go_by(self, step: int) -> bool:
        """To another row."""
        focused = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        start = -1 if step > 0 else len(self.rows)
        place = (start if focused is None else focused) + step
        if not 0 <= place < len(self.rows):
            return False
        self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the rows; with Alt they move the one that has the cursor."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        focused = next((row for row in self.rows if row.hasFocus()), None)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if step and alt and focused is not None:
            self.shift(focused.name, step)
        elif not step or alt or not self.go_by(step):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def show_pending(self, digits: str) -> None:
        """The choices that the code may still become."""
        for row in self.rows:
            set_look(row, "pending", bool(digits) and row.digits.startswith(digits))

    def _give(self, order: list[str]) -> None:
        self.given.emit(" ".join(order))

    def _focus(self, name: str) -> None:
        for row in self.rows:
            if row.name == name:
                row.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self) -> None:
        focused = next((row.name for row in self.rows if row.hasFocus()), "")
        clear(self._layout)
        choices = self.node.choices
        self.numbered = len(choices)
        by_name = {
            choice.value: (code, choice)
            for code, choice in zip(codes(len(choices)), choices, strict=True)
        }
        order = self.order()
        names = [*order, *(name for name in by_name if name not in order)]
        self.rows = []
        for place, name in enumerate(names):
            code, choice = by_name[name]
            row = RankRow(choice, code, place + 1 if name in order else None)
            row.setEnabled(not self.node.readonly)
            row.up.clicked.connect(partial(self._shift, name, -1))
            row.down.clicked.connect(partial(self._shift, name, 1))
            row.pressed_with = partial(self.take, int(code))
            self.rows.append(row)
            self._layout.addWidget(row)
            if self.isVisible():
                row.show()  # now, so that it can take the cursor at once
        self._focus(focused)

    def _shift(self, name: str, step: int, _: bool = False) -> None:
        self.shift(name, step)


class RankRow(QFrame):
    """A choice: its digits, its words, the place that it has, and arrows for the mouse."""

    def __init__(self, choice: Choice, digits: str, place: int | None) -> None:
        super().__init__()
        self.name, self.digits, words = choice.value, digits, choice.label
        self.pressed_with: Callable[[], None] = lambda: None
        self.setProperty("kind", "rank")
        self.setProperty("chosen", place is not None)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        number = PlainLabel(digits, "key")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        number.setMinimumSize(32, 26)
        label = PlainLabel(words, wrap=True)
        self.place = PlainLabel("" if place is None else tr("{n}.", n=place), "place")
        self.place.setMinimumWidth(36)
        self.up, self.down = QToolButton(), QToolButton()
        for button, name_of, said in (
            (self.up, "chevron_up", tr("Move “{what}” up", what=words)),
            (self.down, "chevron_down", tr("Move “{what}” down", what=words)),
        ):
            button.setIcon(icon(name_of, "muted"))
            button.setAccessibleName(said)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt with an arrow does the same
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 8, 6)
        layout.setSpacing(14)
        picture = choice_picture(choice.picture, grown(BESIDE))
        for part, stretch in (
            (number, 0),
            *([(picture, 0)] if picture is not None else []),
            (label, 1),
            (self.place, 0),
            (self.up, 0),
            (self.down, 0),
        ):
            layout.addWidget(part, stretch)
        at = tr("no place yet") if place is None else tr("place {n}", n=place)
        self.setAccessibleName(f"{digits} {words}, {at}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space gives it the next place, or takes its own."""
        if event.key() == Qt.Key.Key_Space:
            self.pressed_with()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        self.pressed_with()
