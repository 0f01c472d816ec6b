"""A place as latitude and longitude: typed, pasted, or that of a village by its name."""

import re

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout

from desktop.surveys.interview import NodeState
from desktop.surveys.xpath.places import read_point
from sync.language import mark, spoken, tr
from sync.places import Pack
from ui.widgets.answers.answer import NO_AIDS, Aids
from ui.widgets.answers.typed import AnswerText, TypedAnswer
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look
from ui.widgets.search_inputs import SHOWN

POINT, SHAPE = "geopoint", "geoshape"
KEYS = mark("Type or paste latitude and longitude")
_SIGNS = re.compile(r"[°NE]")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_BETWEEN = re.compile(r"[,;\s]+")


def point_of(text: str) -> str:
    """«43,3019; 68,2704», «43.3019, 68.2704», «N 43.3019° E 68.2704°» → «43.3019 68.2704».

    South and west are numbers below zero. Text that is no point is given back as it is, for the check to say so.
    """
    text = text.strip()
    if read_point(text) is not None:
        return text
    plain = _SIGNS.sub(" ", text)
    if "." not in plain and len(_COMMA.findall(plain)) == 2:
        plain = _COMMA.sub(".", plain)
    plain = " ".join(part for part in _BETWEEN.split(plain) if part)
    return text if read_point(plain) is None else plain


def points_named(pack: Pack, words: str) -> list[tuple[str, str]]:
    """(“latitude longitude”, full name) of the villages that have these words, the best first."""
    found = ((pack.village(code), name) for code, name in pack.search(words))
    return [
        (f"{village.lat} {village.lon}", name)
        for village, name in found
        if village is not None and village.lat is not None
    ][:SHOWN]


class PlaceAnswer(TypedAnswer):
    """A point; of a line or an area the points below each other."""

    words_of_keys = KEYS

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        self.said = PlainLabel("", "muted", wrap=True)
        self.village = _Villages(aids) if aids.places is not None and node.kind == POINT else None
        super().__init__(node, aids)
        if self.village is not None:
            self.village.changed.connect(self._found)

    def show_node(self, node: NodeState) -> None:
        """The place, and how it is read."""
        super().show_node(node)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _made(self, node: NodeState) -> QLineEdit | QPlainTextEdit:
        box: QLineEdit | QPlainTextEdit = QLineEdit() if node.kind == POINT else AnswerText()
        box.setPlaceholderText("43.3019 68.2704")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(box)
        if self.village is not None:
            layout.addWidget(self.village)
        layout.addWidget(self.said)
        return box

    def _value(self) -> str:
        if self.node.kind == POINT:
            return point_of(self._text())
        points = [point_of(line) for line in re.split(r"[;\n]", self._text()) if line.strip()]
        if self.node.kind == SHAPE and len(points) > 2 and points[0] != points[-1]:
            points.append(points[0])  # an area ends where it began
        return "; ".join(points)

    def _set(self, value: str) -> None:
        super()._set(value if self.node.kind == POINT else value.replace("; ", "\n"))

    def _changed(self, _: object = None) -> None:
        super()._changed()
        self._say()

    def _found(self) -> None:
        assert self.village is not None
        if value := self.village.value():
            self._set(value)

    def _say(self) -> None:
        points = [read_point(part) for part in self._value().split(";")]
        read = [point for point in points if point is not None]
        one = self.node.kind == POINT
        if read and one:
            north, east = map(_degrees, read[0][:2])
            self.said.setText(tr("{north}° north, {east}° east", north=north, east=east))
        else:
            self.said.setText("" if one else tr("Points: {n}. One in each line.", n=len(read)))
        if self.village is not None:
            self.village.setPlaceholderText(tr("Or the name of a village"))
            self.village.setAccessibleName(tr("Or the name of a village"))


class _Villages(ChoiceInput):
    """A village of the region by its name; its value is where it lies."""

    def __init__(self, aids: Aids) -> None:
        super().__init__()
        self._aids = aids
        set_look(self, "role", "answer")

    def offered(self, words: str) -> list[tuple[str, str]]:
        """Places that have these words."""
        assert self._aids.places is not None
        return list(self._aids.places(words)) if words.strip() else []

    def words_of(self, key: str) -> str:
        """The name under which it was found."""
        return next((said for known, said in self._offered if known == key), "")


def _degrees(number: float) -> str:
    """As the language writes it; what was typed stays as it was."""
    return f"{number:g}" if spoken() == "en" else f"{number:g}".replace(".", ",")
