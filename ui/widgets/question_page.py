"""A page of an interview: one question, or several that the form asks together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.surveys.interview import NodeState
from sync.errors import UserError
from ui.models.walk import Step
from ui.widgets.answers import NO_AIDS, Aids, Answer
from ui.widgets.answers.grid import Grid, rows_from
from ui.widgets.form_picture import FormPicture
from ui.widgets.labels import PlainLabel
from ui.widgets.question import QuestionView

Piece = QuestionView | Grid
AT_ONCE, IN_TURN = 3, 2  # questions that are drawn before the next key, and in a turn afterwards


@dataclass(frozen=True)
class _Wanted:
    """What is drawn as one: a question, or those of a table, and the name of a group above it."""

    nodes: Sequence[NodeState]
    table: bool
    heading: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Of its questions."""
        return tuple(node.path for node in self.nodes)


class QuestionPage(QWidget):
    """Shows a step of the walk. Knows no form: says what was chosen or typed, and where."""

    chosen = Signal(str, int)  # path, number of the choice from 1
    given = Signal(str, str)  # path, the whole answer
    typed = Signal(str, str)  # path, the answer while it is typed
    looked = Signal(str)  # path of a question or group whose picture is to be seen large
    stepped = Signal(int)  # an arrow that the answer had no use for: 1 down, -1 up

    def __init__(self) -> None:
        super().__init__()
        self.aids: Aids = NO_AIDS
        self.section, self.picture = PlainLabel("", "muted", wrap=True), FormPicture()
        self.picture.clicked.connect(self._look_at_group)
        self.pieces: list[Piece] = []
        self._at = self._group = ""
        self._left: list[
            tuple[_Wanted, Piece | None]
        ] = []  # of a long page, what is drawn in a moment
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_more)
        self._pieces = QVBoxLayout()
        self._pieces.setSpacing(14)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.section)
        layout.addWidget(self.picture)
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

        `anew`: draw all of it again. Of a long page the end is drawn in the moments afterwards.
        """
        self.section.setText(step.section)
        self.section.setVisible(bool(step.section))
        group = step.group
        self._group = group.path if group is not None else ""
        self.picture.show_picture(group.picture if group else None, group.label if group else "")
        self._at = step.at
        there = (*self.pieces, *(known for _, known in self._left if known is not None))
        before = {piece.paths: piece for piece in there}
        wanted = [
            _Wanted(nodes, table, next((step.headings.get(one.path, "") for one in nodes), ""))
            for nodes, table in _pieces(step.nodes)
        ]
        kept = [None if anew else before.pop(one.paths, None) for one in wanted]
        for gone in before.values():
            self._pieces.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.pieces, self._left = [], []
        due = max((n for n, one in enumerate(wanted) if step.at in one.paths), default=0)
        new = 0
        for place, (one, known) in enumerate(zip(wanted, kept, strict=True)):
            if self._left or (known is None and new >= AT_ONCE and place > due):
                self._left.append((one, known))
            else:
                new += known is None
                self._show(one, known, alone=len(step.nodes) == 1)
        if self._left:
            self._soon.start()

    def _show(self, one: "_Wanted", known: Piece | None, *, alone: bool) -> None:
        """Behind those that are shown already."""
        piece = known or self._make(one)
        if isinstance(piece, Grid):
            piece.show_nodes(one.nodes, one.heading)
        else:
            piece.stand_alone(alone=alone)
            piece.show_node(one.nodes[0], one.heading)
        piece.show_current(self._at)
        place = len(self.pieces)
        if self._pieces.indexOf(piece) != place:
            self._pieces.insertWidget(place, piece)
            piece.show()  # now, so that it can take the cursor at once
        self.pieces.append(piece)

    def _show_more(self) -> None:
        """The next few of a long page, so that no key waits for all of it."""
        now, self._left = self._left[:IN_TURN], self._left[IN_TURN:]
        for one, known in now:
            self._show(one, known, alone=False)
        if self._left:
            self._soon.start()

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

    def _look_at_group(self) -> None:
        self.looked.emit(self._group)

    def _make(self, one: "_Wanted") -> Piece:
        piece = Grid(one.nodes) if one.table else QuestionView(one.nodes[0], self.aids)
        piece.looked.connect(self.looked)
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
