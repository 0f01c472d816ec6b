"""A number on a range: typed, or by a slider with its ends."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout

from desktop.surveys.interview import NodeState
from sync.language import mark, tr
from ui.widgets.answers.answer import NO_AIDS, Aids
from ui.widgets.answers.typed import AnswerNumber, TypedAnswer
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look

MOST = 10_000  # steps that a slider has; a finer range is only typed
KEYS = mark("Type the number, Up and Down count")


class RangeAnswer(TypedAnswer):
    """The cursor is in the number; nothing is answered until something is typed or moved."""

    words_of_keys = KEYS

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        self._bounds = _numbers(node.bounds)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        super().__init__(node, aids)
        self.slider.valueChanged.connect(self._slid)

    def show_node(self, node: NodeState) -> None:
        """The number, and the slider where it is."""
        super().show_node(node)
        self.slider.setAccessibleName(node.label)
        step = self._step_of(node.value)
        set_look(self.slider, "unset", step is None)
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(step or 0)
        self.slider.blockSignals(blocked)

    def _made(self, node: NodeState) -> AnswerNumber:
        line = _Counted(self)
        line.setMaximumWidth(120)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        layout.addWidget(line, 0, Qt.AlignmentFlag.AlignTop)
        if self._bounds is None:
            self.slider.hide()
            layout.addStretch(1)
            return line
        start, end, step = self._bounds
        line.setPlaceholderText(tr("{low}–{high}", low=min(start, end), high=max(start, end)))
        self.slider.setRange(0, int((end - start) / step))
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the number counts with arrows
        ends = QHBoxLayout()
        ends.addWidget(PlainLabel(str(start), "muted"))
        ends.addStretch(1)
        ends.addWidget(PlainLabel(str(end), "muted"))
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.slider)
        column.addLayout(ends)
        layout.addLayout(column, 1)
        return line

    def count(self, step: int) -> None:
        """To the next number of the range, or the one before."""
        if self._bounds is None:
            return
        at = self._step_of(self._value())
        place = (0 if step > 0 else self.slider.maximum()) if at is None else at + step
        self._slid(min(max(place, 0), self.slider.maximum()))

    def _slid(self, place: int) -> None:
        assert self._bounds is not None
        start, _, step = self._bounds
        self._set(str(start + place * step))

    def _step_of(self, value: str) -> int | None:
        if self._bounds is None:
            return None
        try:
            steps = (Decimal(value) - self._bounds[0]) / self._bounds[2]
        except InvalidOperation:
            return None
        return int(steps) if steps == int(steps) and 0 <= steps <= self.slider.maximum() else None


class _Counted(AnswerNumber):
    """Up and Down go by the steps of the range."""

    def __init__(self, answer: RangeAnswer) -> None:
        super().__init__()
        self._answer = answer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._answer.count(step)
        else:
            super().keyPressEvent(event)


def _numbers(bounds: tuple[str, str, str] | None) -> tuple[Decimal, Decimal, Decimal] | None:
    """Start, end, and a step that leads from one to the other; None where there is no such."""
    try:
        start, end, step = map(Decimal, bounds or ())
    except (InvalidOperation, ValueError):
        return None
    if not all(one.is_finite() for one in (start, end, step)) or not step or start == end:
        return None
    step = abs(step) if end > start else -abs(step)
    return (start, end, step) if (end - start) / step <= MOST else None
