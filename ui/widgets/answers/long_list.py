"""Choices that are searched instead of read: villages, schools, names."""

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from desktop.surveys.interview import NodeState
from sync.language import mark, tr
from ui.icons import icon
from ui.widgets.answers.answer import NO_AIDS, Aids, Answer
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.inputs import ChoiceInput
from ui.widgets.restyle import set_look

KEYS = mark("Type a part of it, Enter takes it")


class LongList(Answer):
    """One of many: a part of its name finds it."""

    words_of_keys = KEYS

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__(node, aids)
        self.input = ChoiceInput()
        set_look(self.input, "role", "answer")
        self.setFocusProxy(self.input)
        self._pairs: list[tuple[str, str]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._layout.addWidget(self.input)
        self.input.changed.connect(self._changed)
        self.show_node(node)

    def show_node(self, node: NodeState) -> None:
        """What is offered now, and what is chosen."""
        super().show_node(node)
        self.input.setAccessibleName(node.label)
        self.input.setPlaceholderText(tr("Type a part of the name"))
        if (pairs := [(one.value, one.label) for one in node.choices]) != self._pairs:
            self._pairs = pairs
            self.input.set_choices(pairs)
        self._show_value(node.value)

    def show_wrong(self, *, wrong: bool) -> None:
        """A red edge."""
        set_look(self.input, "wrong", wrong)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_node(self.node)
        super().changeEvent(event)

    def _show_value(self, value: str) -> None:
        if (self.input.value() or "") != value:
            self.input.blockSignals(True)
            self.input.set_value(value)
            self.input.blockSignals(False)

    def _changed(self) -> None:
        self.given.emit(self.input.value() or "")


class LongListOfSeveral(LongList):
    """Several of many: each that is found stands below, and is taken out there."""

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        self.taken: list[QPushButton] = []
        self._below = FlowLayout()
        super().__init__(node, aids)
        self._layout.addLayout(self._below)

    def _show_value(self, value: str) -> None:
        names = dict(self._pairs)
        for button in self.taken:
            self._below.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.taken = [self._button(one, names.get(one, one)) for one in value.split()]

    def _button(self, value: str, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "chip")
        button.setIcon(icon("close", "muted"))
        button.setAccessibleName(tr("Take out {what}", what=words))
        button.clicked.connect(partial(self._take_out, value))
        self._below.addWidget(button)
        button.show()
        return button

    def _changed(self) -> None:
        if (found := self.input.value()) is None:
            return
        self.input.blockSignals(True)
        self.input.set_value(None)
        self.input.blockSignals(False)
        if found not in self.node.value.split():
            self._give({*self.node.value.split(), found})

    def _take_out(self, value: str, _: bool = False) -> None:
        self._give({*self.node.value.split()} - {value})
        self.input.setFocus()

    def _give(self, values: set[str]) -> None:
        self.given.emit(" ".join(value for value, _ in self._pairs if value in values))
