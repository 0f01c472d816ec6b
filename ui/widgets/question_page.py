"""A page of an interview: one question, or several that the form asks together."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.surveys.interview import NodeState
from sync.errors import UserError
from ui.models.walk import Step
from ui.widgets.answers import NO_AIDS, Aids, Answer
from ui.widgets.answers.grid import Grid, rows_from
from ui.widgets.labels import PlainLabel
from ui.widgets.question import QuestionView

Piece = QuestionView | Grid


class QuestionPage(QWidget):
    """Shows a step of the walk. Knows no form: says what was chosen or typed, and where."""

    chosen = Signal(str, int)  # path, number of the choice from 1
    given = Signal(str, str)  # path, the whole answer
    typed = Signal(str, str)  # path, the answer while it is typed
    stepped = Signal(int)  # an arrow that the answer had no use for: 1 down, -1 up

    def __init__(self) -> None:
        super().__init__()
        self.aids: Aids = NO_AIDS
        self.section = PlainLabel("", "muted", wrap=True)
        self.pieces: list[Piece] = []
        self._at = ""
        self._pieces = QVBoxLayout()
        self._pieces.setSpacing(14)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.section)
        layout.addLayout(self._pieces)
        layout.addStretch(1)

    def current(self) -> Piece | None:
        """What holds the question that is asked now."""
        return next((piece for piece in self.pieces if piece.holds(self._at)), None)

    def answer(self) -> Answer | None:
        """What takes the digits now."""
        piece = self.current()
        return piece.answer_of(self._at) if piece is not None else None

    def in_table(self) -> bool:
        """Whether the question that is asked now is a row of a table."""
        return isinstance(self.current(), Grid)

    def show_step(self, step: Step, *, anew: bool = False) -> None:
        """Another page, or the same one after an answer: what stays on it stays as it is.

        `anew`: draw all of it again.
        """
        self.section.setText(step.section)
        self.section.setVisible(bool(step.section))
        self._at = step.at
        before = {} if anew else {piece.paths: piece for piece in self.pieces}
        alone = len(step.nodes) == 1
        wanted = list(_pieces(step.nodes))
        kept = [before.pop(tuple(node.path for node in nodes), None) for nodes, _ in wanted]
        for gone in self.pieces if anew else before.values():
            self._pieces.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.pieces = []
        for place, ((nodes, table), known) in enumerate(zip(wanted, kept, strict=True)):
            piece = known or self._make(nodes, table=table)
            if self._pieces.indexOf(piece) != place:
                self._pieces.insertWidget(place, piece)
                piece.show()  # now, so that it can take the cursor at once
            heading = next((step.headings.get(one, "") for one in piece.paths), "")
            if isinstance(piece, Grid):
                piece.show_nodes(nodes, heading)
            else:
                piece.stand_alone(alone=alone)
                piece.show_node(nodes[0], heading)
            self.pieces.append(piece)
        self.show_current(step.at)

    def show_current(self, path: str) -> None:
        """Mark the question that is asked now."""
        self._at = path
        for piece in self.pieces:
            piece.show_current(path)

    def show_problem(self, problem: UserError | None, path: str = "") -> None:
        """What is wrong with one answer, in words at it; None takes all such words away."""
        for piece in self.pieces:
            piece.show_problem(problem if piece.holds(path) else None, path)

    def focus(self) -> None:
        """The cursor to the question that is asked now."""
        if (piece := self.current()) is not None:
            piece.focus(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from question to question; what is around the page would scroll."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def _make(self, nodes: Sequence[NodeState], *, table: bool) -> Piece:
        piece = Grid(nodes) if table else QuestionView(nodes[0], self.aids)
        piece.chosen.connect(self.chosen)
        piece.given.connect(self.given)
        piece.typed.connect(self.typed)
        return piece


def _pieces(nodes: Sequence[NodeState]) -> Iterator[tuple[Sequence[NodeState], bool]]:
    """(questions, whether they are a table): the page cut into what is drawn as one."""
    left = list(nodes)
    while left:
        many = rows_from(left)
        yield left[: many or 1], many > 0
        left = left[many or 1 :]
