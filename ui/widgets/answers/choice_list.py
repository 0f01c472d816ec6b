"""Choices one below the other, each with the digits that choose it; also in columns."""

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from desktop.surveys.interview import NodeState
from desktop.surveys.kinds import AGREED
from desktop.surveys.states import Picture
from sync.language import mark, tr
from ui.models.codes import ONE_DIGIT, codes
from ui.widgets.answers.answer import NO_AIDS, Aids, Answer
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form_picture import BESIDE, grown
from ui.widgets.restyle import set_look

ROOM = 712  # px: what a page has for columns
AROUND = 96  # px: digits, tick and edges of a row
PACKED = {"horizontal", "horizontal-compact", "columns-pack", "compact", "quickcompact"}
KEYPAD = Qt.KeyboardModifier.KeypadModifier  # the arrows of some keyboards have it
KEYS = mark("Digits choose")


class ChoiceList(Answer):
    """One of several, several of them, or Yes alone. The form may ask for columns."""

    words_of_keys = KEYS

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__(node, aids)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows: list[ChoiceRow] = []
        self._pairs: list[tuple[str, str]] = []
        self._pictures: list[Picture | None] = []
        self._across = looks_across(node.appearance.split())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.show_node(node)

    def show_node(self, node: NodeState) -> None:
        """The choices as they are offered now, and which are taken."""
        super().show_node(node)
        pairs, pictures = _pairs(node), [choice.picture for choice in node.choices]
        if (pairs, pictures) != (self._pairs, self._pictures):
            self._pairs, self._pictures = pairs, pictures
            self._fill(node.appearance.split())
        several = node.kind == "select_multiple"
        taken = set(node.value.split()) if several else {node.value}
        for row, (value, _) in zip(self.rows, pairs, strict=True):
            row.set_chosen(chosen=value in taken)
            row.setEnabled(not node.readonly)

    def drawn(self) -> bool:
        """Whether a choice has a picture."""
        return any(one is not None for one in self._pictures)

    def show_pending(self, digits: str) -> None:
        """The choices that the code may still become."""
        for row in self.rows:
            set_look(row, "pending", bool(digits) and row.digits.startswith(digits))

    def take(self, number: int) -> None:
        """The choice of this number; the cursor leaves the rows, so that Enter goes on."""
        if any(row.hasFocus() for row in self.rows):
            self.setFocus()
        super().take(number)

    def go_by(self, step: int) -> bool:
        """On by so many rows; from none to what is chosen, or to the end that is nearer."""
        if not self.rows:
            return False
        focused = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        if focused is None:
            chosen = next((n for n, row in enumerate(self.rows) if row.isChecked()), None)
            place = (0 if step > 0 else len(self.rows) - 1) if chosen is None else chosen
        else:
            place = focused + step
        if not 0 <= place < len(self.rows) or not self.rows[place].isEnabled():
            return False
        self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go through the choices as they lie; at their end the page has them."""
        columns = self._grid.columnCount()
        beside = 1 if self._across else -(-len(self.rows) // columns)
        step = {
            Qt.Key.Key_Down: columns if self._across else 1,
            Qt.Key.Key_Up: -columns if self._across else -1,
            Qt.Key.Key_Right: beside if columns > 1 else 0,
            Qt.Key.Key_Left: -beside if columns > 1 else 0,
        }.get(Qt.Key(event.key()), 0)
        if not step or event.modifiers() & ~KEYPAD or not self.go_by(step):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_node(self.node)
        super().changeEvent(event)

    def _fill(self, looks: list[str]) -> None:
        focused = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        many = self.numbered = len(self._pairs)
        columns = self._columns(looks)
        high = -(-many // columns)
        self.rows = []
        for place in range(many):
            row = self._row(place)
            row.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the arrows go through them
            row.clicked.connect(partial(self._clicked, place + 1))
            self.rows.append(row)
            if self._across:
                self._grid.addWidget(row, place // columns, place % columns)
            else:  # a long list goes down one column, then the next
                self._grid.addWidget(row, place % high, place // high)
            if self.isVisible():
                row.show()  # now, so that it can take the cursor at once
        if focused is not None and self.rows:
            self.rows[min(focused, many - 1)].setFocus()

    def _row(self, place: int) -> ChoiceRow:
        return ChoiceRow(*self._parts(place))

    def _parts(self, place: int) -> tuple[str, str, Picture | None]:
        """The digits, words and picture of a row."""
        picture = self._pictures[place] if place < len(self._pictures) else None
        return codes(len(self._pairs))[place], self._pairs[place][1], picture

    def _columns(self, looks: list[str]) -> int:
        many = max(1, len(self._pairs))
        asked = next((look for look in looks if look.startswith("columns-")), "")
        number = asked.removeprefix("columns-")
        self.ensurePolished()  # with the size of the program's type
        letters = self.fontMetrics()
        widest = max((letters.horizontalAdvance(words) for _, words in self._pairs), default=0)
        beside = grown(BESIDE).width() + 14 if self.drawn() else 0
        fit = max(1, ROOM // (widest + beside + AROUND))
        if number.isdecimal():
            return max(1, min(int(number), many, 6))
        if "columns" in looks or PACKED & {*looks}:
            return min(many, fit)
        return 1 if many <= ONE_DIGIT else 2

    def _clicked(self, number: int, _: bool = False) -> None:
        self.chosen.emit(number)


def looks_across(looks: list[str]) -> bool:
    """Whether the form asks for choices beside each other."""
    return any(look in PACKED or look.startswith("columns") for look in looks)


def _pairs(node: NodeState) -> list[tuple[str, str]]:
    if node.kind == "acknowledge":
        return [(AGREED, tr("Yes"))]
    return [(choice.value, choice.label) for choice in node.choices]
