"""A scale: its steps beside each other with their words, as on a paper form."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.models.codes import ONE_DIGIT
from ui.widgets.answers.choice_list import ROOM, ChoiceList
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form_picture import ABOVE, grown
from ui.widgets.labels import PlainLabel

EDGES = 24  # px within a step


class Scale(ChoiceList):
    """A likert question. Where the words of a step need more room, they stand in a list."""

    def _fill(self, looks: list[str]) -> None:
        self.ensurePolished()  # with the size of the program's type
        letters = self.fontMetrics()
        longest = max(
            (letters.horizontalAdvance(word) for _, said in self._pairs for word in said.split()),
            default=0,
        )
        many = len(self._pairs)
        step = max(longest, grown(ABOVE).width() if self.drawn() else 0) + EDGES + 8
        self._across = many <= ONE_DIGIT and many * step <= ROOM
        super()._fill(looks)
        for step in range(self._grid.columnCount()):  # none is more than another
            self._grid.setColumnStretch(step, int(self._across and step < many))

    def _columns(self, looks: list[str]) -> int:
        return max(1, len(self._pairs)) if self._across else 1

    def _row(self, place: int) -> ChoiceRow:
        if not self._across:
            return super()._row(place)
        return ScaleStep(*self._parts(place))


class ScaleStep(ChoiceRow):
    """One step: its digit above, its picture and its words below."""

    room = ABOVE

    def compose(self, number: PlainLabel, words: PlainLabel, tick: PlainLabel) -> QVBoxLayout:
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        tick.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout()
        layout.setContentsMargins(8, 10, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(number, 0, Qt.AlignmentFlag.AlignHCenter)
        if self.picture is not None:
            layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words, 1)
        layout.addWidget(tick, 0, Qt.AlignmentFlag.AlignHCenter)
        return layout
