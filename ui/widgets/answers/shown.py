"""Questions that nobody answers here: values to be read, and what a laptop cannot take."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.surveys.interview import NodeState
from sync.language import mark, tr
from ui.icons import Picture
from ui.models.answer_words import answer_words
from ui.widgets.answers.answer import NO_AIDS, Aids, Answer
from ui.widgets.labels import PlainLabel

CANNOT = {
    "audio": mark("A sound recording cannot be made here. Go on without it."),
    "video": mark("A video cannot be made here. Go on without it."),
    "file": mark("A file cannot be added here. Go on without it."),
    "image": mark("A photo is not taken here: it would tell who was asked. Go on without it."),
}


class ValueShown(Answer):
    """An answer that only the form changes."""

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__(node, aids)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = PlainLabel("", "strong", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        self.show_node(node)

    def show_node(self, node: NodeState) -> None:
        """Its value in words."""
        super().show_node(node)
        said = answer_words(node) or "—"
        self.words.setText(said)
        self.setAccessibleName(f"{node.label}: {said}")


class CannotAnswer(Answer):
    """What a laptop cannot take, in words. The author of the form was told."""

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__(node, aids)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = PlainLabel("", "muted", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(Picture("info", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1)
        self.show_node(node)

    def show_node(self, node: NodeState) -> None:
        """Why not."""
        super().show_node(node)
        self.words.setText(tr(CANNOT[node.kind]))
        self.setAccessibleName(f"{node.label}: {self.words.text()}")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_node(self.node)
        super().changeEvent(event)


class Note(Answer):
    """Nothing is answered: the words are read out."""

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__(node, aids)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
