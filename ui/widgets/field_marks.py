"""What stands at a field besides its problem: the coordinator's word, and another's value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sync.language import tr
from ui.dates import moment
from ui.icons import Picture
from ui.models.comments import Said
from ui.widgets.labels import PlainLabel


class CommentMark(QFrame):
    """One comment of a reviewer: their words, who and when. History is muted, and says so."""

    def __init__(self, text: str, who: str, *, open: bool = True, framed: bool = True) -> None:
        super().__init__()
        self.open = open
        if framed:
            self.setProperty("mark", "comment" if open else "history")
        self.words = PlainLabel(text, "" if open else "muted", wrap=True)
        self._who = PlainLabel(who if open else tr("Earlier: {who}", who=who), "hint")
        sign = Picture("return", "warning" if open else "muted", 18)
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addWidget(self.words)
        side.addWidget(self._who)
        self.row = QHBoxLayout(self)
        if framed:
            self.row.setContentsMargins(12, 8, 12, 8)
        else:
            self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addLayout(side, 1)
        self.setAccessibleName(text)


def comment_mark(said: Said, *, framed: bool = True) -> CommentMark:
    """A comment with who said it and when."""
    return CommentMark(said.text, said_by(said.by, said.at), open=said.open, framed=framed)


def said_by(who: str, at: datetime) -> str:
    """«Дәурен Оспанов, today at 9:14»"""
    return tr("{who}, {when}", who=who, when=moment(at, datetime.now(UTC)))


@dataclass(frozen=True)
class Claim:
    """One of the values that a conflict leaves: what, in words, and from whom and when."""

    value: Any
    words: str
    source: str


class ConflictMark(QFrame):
    """The values that two people wrote; a button under each takes it.

    With `digits` the screen takes them by the keys 1, 2, …, and the buttons say so.
    """

    taken = Signal(object)

    def __init__(self, claims: Sequence[Claim], *, digits: bool = False) -> None:
        super().__init__()
        self._digits = digits
        self.setProperty("mark", "conflict")
        self._head = PlainLabel(wrap=True)
        self._head.setProperty("role", "strong")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        self.buttons: list[QPushButton] = []
        for claim in claims:
            layout.addWidget(self._claim(claim))
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _claim(self, claim: Claim) -> QWidget:
        words, source = PlainLabel(claim.words), PlainLabel(claim.source)
        words.setWordWrap(True)
        source.setProperty("role", "hint")
        button = QPushButton()
        button.setAutoDefault(True)  # Enter takes it
        button.clicked.connect(lambda: self.taken.emit(claim.value))
        button.setAccessibleDescription(claim.words)
        self.buttons.append(button)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(words)
        texts.addWidget(source)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(texts, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return whole

    def _retranslate(self) -> None:
        self._head.setText(tr("Two people wrote different things here. Choose one."))
        for number, button in enumerate(self.buttons, 1):
            digit = f"  {number}" if self._digits else ""
            button.setText(tr("Take this one") + digit)
