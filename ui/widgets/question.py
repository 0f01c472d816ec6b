"""One question of an interview: its words, and what it is answered with."""

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.surveys.interview import NodeState
from sync.errors import UserError
from sync.language import tr
from ui.widgets.answers import Aids, Answer, answer_for, sort_of
from ui.widgets.answers.choice_list import ChoiceList
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form_picture import FormPicture
from ui.widgets.labels import PlainLabel, SectionTitle
from ui.widgets.restyle import set_look

W = TypeVar("W", bound=QWidget)

# What stands above the answer, in this order. All but the label are made when there is something to
# say: a page of many questions is there sooner.
ABOVE = ("heading", "label", "picture", "hint", "guidance")


class QuestionView(QFrame):
    """Shows the state of one question; the page hears of its answer by the question's path."""

    chosen = Signal(str, int)  # path, number of the choice from 1
    given = Signal(str, str)  # path, the whole answer
    typed = Signal(str, str)  # path, the answer while it is typed
    looked = Signal(str)  # path: its picture is to be seen large

    def __init__(self, node: NodeState, aids: Aids) -> None:
        super().__init__()
        self.path, self.paths = node.path, (node.path,)
        self._aids, self._node = aids, node
        self.label = PlainLabel("", wrap=True)
        self.answer = answer_for(node, aids)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.label)
        self._layout.addSpacing(4)
        self._put(self.answer)

    @cached_property
    def heading(self) -> SectionTitle:
        """The name of the group that begins here."""
        return self._above("heading", SectionTitle(""))

    @cached_property
    def picture(self) -> FormPicture:
        """The picture of the question."""
        picture = self._above("picture", FormPicture())
        picture.clicked.connect(lambda _=False: self.looked.emit(self.path))
        return picture

    @cached_property
    def hint(self) -> PlainLabel:
        """What the form adds to the question, and how it is answered."""
        return self._above("hint", PlainLabel("", "muted", wrap=True))

    @cached_property
    def guidance(self) -> PlainLabel:
        """What helps the interviewer and is not read out."""
        return self._above("guidance", PlainLabel("", "hint", wrap=True))

    @cached_property
    def problem(self) -> PlainLabel:
        """What is wrong with the answer."""
        problem = PlainLabel("", "error", wrap=True)
        problem.hide()
        self._layout.addWidget(problem)
        return problem

    @property
    def rows(self) -> list[ChoiceRow]:
        """The choices that are shown one below the other, or beside each other."""
        return self.answer.rows if isinstance(self.answer, ChoiceList) else []

    @property
    def input(self) -> QLineEdit | QPlainTextEdit | None:
        """What the answer is typed into."""
        found = getattr(self.answer, "input", None)
        return found if isinstance(found, QLineEdit | QPlainTextEdit) else None

    def stand_alone(self, *, alone: bool) -> None:
        """Whether it has the page for itself, and is large."""
        set_look(self, "question", "alone" if alone else "one")
        set_look(self.label, "role", "title" if alone else "heading")
        edge = 0 if alone else 14
        self._layout.setContentsMargins(edge, edge - 4 if edge else 0, edge, edge)

    def show_node(self, node: NodeState, heading: str = "") -> None:
        """The question as it is now; the cursor stays where it is."""
        self._write("heading", heading)
        if node is self._node and self.label.text():
            return
        if not isinstance(self.answer, sort_of(node, self._aids)):
            self._change(node)
        self._node = node
        self._say()
        self.answer.show_node(node)

    def show_problem(self, problem: UserError | None, path: str = "") -> None:
        """What is wrong with the answer, in words; None takes it away."""
        self._write("problem", str(problem) if problem else "")
        self.answer.show_wrong(wrong=problem is not None)

    def focus(self, path: str = "") -> None:
        """The cursor to the answer."""
        self.answer.setFocus()

    def answer_of(self, path: str) -> Answer:
        """What takes the digits for this question."""
        return self.answer

    def holds(self, path: str) -> bool:
        """Whether one of its questions is this one."""
        return path == self.path

    def show_current(self, path: str) -> None:
        """Mark whether its question is the one that is asked now."""
        if self.property("question") != "alone":
            set_look(self, "question", "current" if path == self.path else "one")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        node = self._node
        self.label.setText(
            tr("{question} *", question=node.label) if node.required else node.label
        )
        if node.picture is not None or "picture" in vars(self):
            self.picture.show_picture(node.picture, node.label)
        several = node.kind == "select_multiple" and self.answer.numbered
        own = tr("Several may be chosen; the same digits take one out again.") if several else ""
        self._write("hint", "\n".join(part for part in (node.hint, own) if part))
        self._write("guidance", node.guidance)
        self.setAccessibleName(node.label)
        if not isinstance(self.answer, ChoiceList) or not self.answer.accessibleName():
            self.answer.setAccessibleName(node.label)

    def _above(self, name: str, part: W) -> W:
        """A part in its place above the answer, not yet shown."""
        part.hide()
        there = ABOVE[: ABOVE.index(name)]
        self._layout.insertWidget(sum(one in vars(self) for one in there), part)
        return part

    def _write(self, name: str, words: str) -> None:
        """The words of a part, which is made when there are some."""
        if words or name in vars(self):
            part: PlainLabel = getattr(self, name)
            part.setText(words)
            part.setVisible(bool(words))

    def _change(self, node: NodeState) -> None:
        """Another sort of answer: so many choices now, or only to be read."""
        had, place = self._has_cursor(), self._layout.indexOf(self.answer)
        self.answer.hide()
        self._layout.removeWidget(self.answer)
        self.answer.deleteLater()
        self.answer = answer_for(node, self._aids)
        self._put(self.answer, place)
        if had:
            self.focus()

    def _has_cursor(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.answer.isAncestorOf(focused)

    def _put(self, answer: Answer, place: int = -1) -> None:
        self._layout.insertWidget(place if place >= 0 else self._layout.count(), answer)
        answer.chosen.connect(lambda number: self.chosen.emit(self.path, number))
        answer.given.connect(lambda value: self.given.emit(self.path, value))
        answer.typed.connect(lambda value: self.typed.emit(self.path, value))
        if self.isVisible():
            answer.show()  # now, so that it can take the cursor at once


def words_of(answer: Answer) -> str:
    """The keys of an answer, in the language spoken now."""
    return tr(answer.words_of_keys) if answer.words_of_keys else ""


def holder_of(widget: QWidget | None) -> str:
    """The path of the question that a widget belongs to; "" where it belongs to none."""
    while widget is not None:
        if isinstance(path := getattr(widget, "path", None), str):
            return path
        widget = widget.parentWidget()
    return ""
