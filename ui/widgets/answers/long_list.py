"""Choices that are searched instead of read: villages, schools, names."""

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.surveys.interview import NodeState
from desktop.surveys.states import Picture
from sync.language import mark, tr
from ui.icons import icon
from ui.widgets.answers.answer import NO_AIDS, Aids, Answer
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.form_picture import BESIDE, IN_TABLE, choice_picture, grown, listed_picture
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look

KEYS = mark("Type a part of it, Enter takes it")


class LongList(Answer):
    """One of many: a part of its name finds it. Pictures stand beside the names, and what is chosen."""

    words_of_keys = KEYS

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__(node, aids)
        self.input = ChoiceInput()
        set_look(self.input, "role", "answer")
        self.setFocusProxy(self.input)
        self.picture: PlainLabel | None = None  # of what is chosen
        self._seen: Picture | None = None
        self._pairs: list[tuple[str, str]] = []
        self._drawn: dict[str, Picture] = {}
        self._icons: dict[str, QIcon] = {}
        self._line = QHBoxLayout()
        self._line.setSpacing(12)
        self._line.addWidget(self.input, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._layout.addLayout(self._line)
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
        drawn = {one.value: one.picture for one in node.choices if one.picture is not None}
        if drawn != self._drawn:
            self._drawn, self._icons = drawn, {}
            self.input.show_pictures(self._icon if drawn else None, grown(IN_TABLE))
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
        if (picture := self._drawn.get(value)) == self._seen:
            return
        self._seen = picture
        if self.picture is not None:
            self._line.removeWidget(self.picture)
            self.picture.hide()
            self.picture.deleteLater()
        self.picture = choice_picture(picture, grown(BESIDE))
        if self.picture is not None:
            self._line.insertWidget(0, self.picture, 0, Qt.AlignmentFlag.AlignTop)
            self.picture.show()

    def _icon(self, value: str) -> QIcon:
        if value not in self._icons:
            self._icons[value] = listed_picture(self._drawn.get(value), grown(IN_TABLE))
        return self._icons[value]

    def _changed(self) -> None:
        self.given.emit(self.input.value() or "")


class LongListOfSeveral(LongList):
    """Several of many: each that is found stands below, and is taken out there."""

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        self.taken: list[QPushButton] = []
        self._stand: list[QWidget] = []  # each of them, perhaps with its picture
        self._below = FlowLayout()
        super().__init__(node, aids)
        self._layout.addLayout(self._below)

    def _show_value(self, value: str) -> None:
        names = dict(self._pairs)
        for gone in self._stand:
            self._below.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._stand = []
        self.taken = [self._button(one, names.get(one, one)) for one in value.split()]

    def _button(self, value: str, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "chip")
        button.setIcon(icon("close", "muted"))
        button.setAccessibleName(tr("Take out {what}", what=words))
        button.clicked.connect(partial(self._take_out, value))
        stands: QWidget = button
        if (picture := choice_picture(self._drawn.get(value), grown(IN_TABLE))) is not None:
            stands = QWidget()
            beside = QHBoxLayout(stands)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.addWidget(picture)
            beside.addWidget(button)
        self._below.addWidget(stands)
        self._stand.append(stands)
        stands.show()
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
