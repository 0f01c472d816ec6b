"""Questions that offer the same choices as one table: a row for each, a column for each choice."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.surveys.interview import NodeState
from desktop.surveys.pages import HEADING
from desktop.surveys.states import Choice
from sync.errors import UserError
from sync.language import mark, tr
from ui.models.codes import ONE_DIGIT, codes
from ui.widgets.answers.answer import Answer
from ui.widgets.answers.choice_list import ROOM
from ui.widgets.form_picture import IN_TABLE, choice_picture
from ui.widgets.labels import PlainLabel, SectionTitle
from ui.widgets.restyle import set_look
from ui.widgets.rows import ARROWS, ENTER

ROWS = {"list-nolabel", "list"}
KEYS = mark("Digits choose and go to the next row")
LEAST, MOST, DIGITS = 64, 140, 52  # px: a column with words, and one with digits only
LABELS = 260  # px that the questions need beside the columns


def rows_from(nodes: Sequence[NodeState]) -> int:
    """How many of these questions, from the first, are a table; 0 where none begins here.

    The first may only say what the others offer (the appearance `label`).
    """
    head = nodes[0]
    if not head.kind.startswith("select") or not 2 <= len(head.choices) <= ONE_DIGIT:
        return 0
    offered = [choice.value for choice in head.choices]
    many = 1
    for node in nodes[1:]:
        if not _is_row(node) or [choice.value for choice in node.choices] != offered:
            break
        many += 1
    return many if many > 1 and (_is_row(head) or HEADING in head.appearance.split()) else 0


def _is_row(node: NodeState) -> bool:
    looks = {*node.appearance.split()}
    return node.kind.startswith("select") and not ROWS.isdisjoint(looks)


class Grid(QFrame):
    """The table. Digits answer the row that has the cursor, then the next row has it."""

    chosen = Signal(str, int)
    given = Signal(str, str)  # never: rows have choices only
    typed = Signal(str, str)
    looked = Signal(str)  # never by a click

    def __init__(self, nodes: Sequence[NodeState]) -> None:
        super().__init__()
        self.paths = tuple(node.path for node in nodes)
        self.rows: list[GridRow] = []
        self._shape: object = None
        self.heading, self.label = SectionTitle(""), PlainLabel("", "heading", wrap=True)
        self.legend = PlainLabel("", "muted", wrap=True)
        self._head = QHBoxLayout()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        for part in (self.heading, self.label, self.legend):
            self._layout.addWidget(part)
        self._layout.addLayout(self._head)
        self.heading.hide()

    def show_nodes(self, nodes: Sequence[NodeState], heading: str = "") -> None:
        """The rows as they are now."""
        head = nodes[0]
        questions = [node for node in nodes if HEADING not in node.appearance.split()]
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        said = "" if head is questions[0] else head.label
        self.label.setText(said)
        self.label.setVisible(bool(said))
        shape = (
            head.choices,
            [(node.path, node.kind, node.picture) for node in questions],
        )
        if shape != self._shape:
            self._shape = shape
            self._build(head.choices, questions)
        for row, node in zip(self.rows, questions, strict=True):
            row.show_node(node)

    def focus(self, path: str) -> None:
        """The cursor to a row."""
        for row in self.rows:
            if row.path == path:
                row.setFocus()

    def holds(self, path: str) -> bool:
        """Whether one of its rows is this question."""
        return path in self.paths

    def answer_of(self, path: str) -> Answer | None:
        """What takes the digits for a row."""
        return next((row for row in self.rows if row.path == path), None)

    def show_problem(self, problem: UserError | None, path: str = "") -> None:
        """What is wrong with a row, in words below it."""
        for row in self.rows:
            row.show_problem(problem if row.path == path else None)

    def show_current(self, path: str) -> None:
        """Mark the row that is asked now."""
        for row in self.rows:
            set_look(row, "current", row.path == path)

    def _build(self, choices: Sequence[Choice], questions: Sequence[NodeState]) -> None:
        words = [choice.label for choice in choices]
        self.ensurePolished()
        letters = self.fontMetrics()
        longest = max(
            letters.horizontalAdvance(w) for said in words for w in (said.split() or [""])
        )
        wide = min(MOST, max(LEAST, longest + 16, (ROOM - LABELS) // len(words)))
        fits = wide * len(words) <= ROOM - LABELS and longest + 16 <= wide
        wide = wide if fits else DIGITS
        numbered = codes(len(words))
        self.legend.setVisible(not fits)
        self.legend.setText(
            "\n".join(
                tr("{digit} — {words}", digit=n, words=w)
                for n, w in zip(numbered, words, strict=True)
            )
        )
        while (item := self._head.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._head.setSpacing(0)
        self._head.addStretch(1)
        for number, choice in zip(numbered, choices, strict=True):
            picture = choice_picture(choice.picture, IN_TABLE.boundedTo(QSize(wide - 8, wide)))
            self._head.addWidget(_column_head(number, choice.label if fits else "", wide, picture))
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for node in questions:
            row = GridRow(node, words, wide)
            row.chosen.connect(partial(self.chosen.emit, node.path))
            self.rows.append(row)
            self._layout.addWidget(row)
            if self.isVisible():
                row.show()  # now, so that it can take the cursor at once


def _column_head(digit: str, words: str, wide: int, picture: PlainLabel | None) -> QWidget:
    head = QWidget()
    head.setFixedWidth(wide)
    column = QVBoxLayout(head)
    column.setContentsMargins(4, 0, 4, 4)
    column.setSpacing(4)
    number = PlainLabel(digit, "key")
    column.addStretch(1)
    if picture is not None:
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
    if words:
        said = PlainLabel(words, "hint", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        column.addWidget(said)
    column.addWidget(number, 0, Qt.AlignmentFlag.AlignHCenter)
    return head


class GridRow(Answer):
    """One question of a table."""

    words_of_keys = KEYS

    def __init__(self, node: NodeState, words: Sequence[str], wide: int) -> None:
        super().__init__(node)
        self.path = node.path
        self.numbered = len(words)
        self.setProperty("question", "row")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.label, self.problem = PlainLabel("", wrap=True), PlainLabel("", "error", wrap=True)
        self.cells: list[QAbstractButton] = []
        self._words = words
        line = QHBoxLayout()
        line.setSpacing(0)
        if (picture := choice_picture(node.picture, IN_TABLE)) is not None:
            line.addWidget(picture)
            line.addSpacing(10)
        line.addWidget(self.label, 1)
        for place in range(len(words)):
            cell = _cell(several=node.kind == "select_multiple")
            cell.clicked.connect(partial(self._clicked, place + 1))
            self.cells.append(cell)
            holder = QWidget()
            holder.setFixedWidth(wide)
            middle = QHBoxLayout(holder)
            middle.setContentsMargins(0, 0, 0, 0)
            middle.addWidget(cell, 0, Qt.AlignmentFlag.AlignCenter)
            line.addWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 0, 6)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.problem)
        self.problem.hide()
        self.show_node(node)

    def show_node(self, node: NodeState) -> None:
        """Its words, and what is chosen."""
        super().show_node(node)
        said = tr("{question} *", question=node.label) if node.required else node.label
        self.label.setText(said)
        taken = node.value.split() if node.kind == "select_multiple" else [node.value]
        names = [
            words
            for choice, words in zip(node.choices, self._words, strict=True)
            if choice.value in taken
        ]
        self.setAccessibleName(f"{node.label}: {', '.join(names) or tr('No answer')}")
        for cell, choice, words in zip(self.cells, node.choices, self._words, strict=True):
            cell.setChecked(choice.value in taken)
            cell.setEnabled(not node.readonly)
            cell.setAccessibleName(f"{node.label}: {words}")

    def show_problem(self, problem: UserError | None) -> None:
        """What is wrong with it."""
        self.problem.setText(str(problem) if problem else "")
        self.problem.setVisible(problem is not None)

    def take(self, number: int) -> None:
        """The cursor leaves the cells, so that Enter goes on."""
        if any(cell.hasFocus() for cell in self.cells):
            self.setFocus()
        super().take(number)

    def go_by(self, step: int) -> bool:
        """To another cell."""
        focused = next((n for n, cell in enumerate(self.cells) if cell.hasFocus()), None)
        place = (0 if step > 0 else len(self.cells) - 1) if focused is None else focused + step
        if not 0 <= place < len(self.cells):
            return False
        self.cells[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go through the choices of the row; Up and Down are the page's."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if not step or alt or not self.go_by(step):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_node(self.node)
        super().changeEvent(event)

    def _clicked(self, number: int, _: bool = False) -> None:
        self.chosen.emit(number)


def _cell(*, several: bool) -> QAbstractButton:
    cell: QAbstractButton = _CheckCell() if several else _RadioCell()
    cell.setAutoExclusive(False)  # the form decides what is chosen
    cell.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the arrows go through them
    return cell


class _RadioCell(QRadioButton):
    """Leaves arrows and Enter to the row and the page, and what is checked to the form."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*ARROWS, *ENTER):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:  # noqa: N802  # Qt's own name
        """Stay as it is."""


class _CheckCell(QCheckBox):
    """The same, where several may be chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*ARROWS, *ENTER):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:  # noqa: N802  # Qt's own name
        """Stay as it is."""
