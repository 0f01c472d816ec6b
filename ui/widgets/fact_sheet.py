"""A record to be read and judged: its fields in words, one of them picked, comments beside them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sync.language import tr
from sync.records import KINDS
from ui.models.case import Case
from ui.models.facts import Fact
from ui.widgets.field_marks import Claim, ConflictMark, comment_mark, said_by
from ui.widgets.labels import PlainLabel, SectionTitle

LABELS = 160  # px: the column of labels


class FactLine(QFrame):
    """One field: its label, its words, what was said about it, and values it competes with."""

    picked = Signal(str)
    taken = Signal(str, object)  # the field, the value to keep

    def __init__(self, fact: Fact, *, digits: bool = True) -> None:
        """`digits`: values that compete are taken by the keys 1 and 2."""
        super().__init__()
        self.setObjectName("factLine")  # the style sheet's name for it
        self.fact, self._digits = fact, digits
        label = PlainLabel(fact.label, "muted", wrap=True)
        label.setMinimumWidth(LABELS)
        words = PlainLabel(fact.words or "—", "" if fact.words else "muted", wrap=True)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(words)
        if fact.others:
            right.addWidget(self._conflict(fact))
        for said in fact.said:
            right.addWidget(comment_mark(said))
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 7, 10, 7)
        layout.setSpacing(16)
        layout.addWidget(label, 2, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(right, 5)
        self.setAccessibleName(f"{fact.label}: {fact.words}")
        self.setProperty("picked", False)  # before it is dressed, so that it is dressed once

    def mark(self, *, picked: bool) -> None:
        """Show whether the next comment goes to this field."""
        self.setProperty("picked", picked)
        self.style().unpolish(self)
        self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks the field."""
        self.picked.emit(self.fact.name)
        super().mousePressEvent(event)

    def _conflict(self, fact: Fact) -> ConflictMark:
        words = fact.stands or fact.words or tr("nothing")
        own = Claim(fact.value, words, tr("stands in the record now"))
        claims = [
            Claim(
                other.value,
                other.words or tr("nothing"),
                said_by(other.by, other.at),
            )
            for other in fact.others
        ]
        mark = ConflictMark([own, *claims], digits=self._digits)
        mark.taken.connect(lambda value: self.taken.emit(fact.name, value))
        return mark


class FactSheet(QWidget):
    """All fields of a record under their headings. Up and Down are the screen's: it calls step."""

    picked = Signal(str)
    taken = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[FactLine] = []
        self._current = -1
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    def show_case(self, case: Case) -> None:
        """Show another record, or the same one anew; nothing is picked."""
        clear(self._layout)
        self.lines, self._current = [], -1
        for said in case.said:
            self._layout.addWidget(comment_mark(said))
        for heading, facts in case.groups:
            self._heading(heading)
            for fact in facts:
                line = FactLine(fact)
                line.picked.connect(self.pick)
                line.taken.connect(self.taken)
                self.lines.append(line)
                self._layout.addWidget(line)
        for kind, parts in case.parts:
            self._heading(f"{tr(KINDS[kind].label)} · {len(parts)}")
            for number, facts in enumerate(parts, 1):
                self._layout.addWidget(_part(number, facts))
                self._layout.addSpacing(6)

    def current(self) -> Fact | None:
        """The field that is picked."""
        return self.lines[self._current].fact if 0 <= self._current < len(self.lines) else None

    def current_line(self) -> FactLine | None:
        """Its line on the page."""
        return self.lines[self._current] if 0 <= self._current < len(self.lines) else None

    def pick(self, name: str) -> None:
        """Pick a field by its name; "" picks none."""
        self._set(next((n for n, line in enumerate(self.lines) if line.fact.name == name), -1))

    def step(self, by: int) -> None:
        """Pick the next (1) or the previous (-1) field."""
        if self.lines:
            self._set(min(max(self._current + by, 0), len(self.lines) - 1))

    def _set(self, place: int) -> None:
        for number, line in enumerate(self.lines):
            if number in (place, self._current):
                line.mark(picked=number == place)
        self._current = place
        fact = self.current()
        self.picked.emit(fact.name if fact else "")

    def _heading(self, words: str) -> None:
        if not words and self._layout.count():
            self._layout.addSpacing(14)
        elif words:
            self._layout.addSpacing(14 if self._layout.count() else 0)
            self._layout.addWidget(SectionTitle(words))
            self._layout.addSpacing(2)


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout, at once from the screen and then from memory."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _part(number: int, facts: tuple[Fact, ...]) -> QFrame:
    """A question, a decision, a step: its first field as the text, the rest below in one line."""
    card = QFrame()
    card.setProperty("card", "part")
    sign = PlainLabel(str(number), "key")
    sign.setMinimumWidth(26)
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words = QVBoxLayout()
    words.setSpacing(4)
    for fact in facts:
        if fact.name == "text":
            words.insertWidget(0, PlainLabel(fact.words, "strong", wrap=True))
        elif fact.name == "answer":
            words.addWidget(PlainLabel(fact.words, wrap=True))
    rest = [f"{fact.label}: {fact.words}" for fact in facts if fact.name not in ("text", "answer")]
    if rest:
        words.addWidget(PlainLabel("  ·  ".join(rest), "hint", wrap=True))
    layout = QHBoxLayout(card)
    layout.setContentsMargins(12, 10, 12, 10)
    layout.setSpacing(12)
    layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(words, 1)
    return card
