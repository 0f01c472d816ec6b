"""A photo as an answer: chosen, pasted or dropped; kept small and without hidden data."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from desktop.surveys.interview import NodeState
from sync.errors import UserError
from sync.language import mark, tr
from ui.dropped import Content, contents, holds, loaded
from ui.icons import icon
from ui.models.occasion import Shelf
from ui.widgets.answers.answer import NO_AIDS, Aids, Answer
from ui.widgets.labels import PlainLabel
from ui.widgets.photo_panel import thumbnail

KEYS = mark("Space chooses a photo, Ctrl+V pastes one, Del takes it away")


class PhotoAnswer(Answer):
    """One photo; another one takes its place."""

    words_of_keys = KEYS

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__(node, aids)
        assert aids.shelf is not None
        assert aids.run is not None
        self._shelf, self._run = aids.shelf, aids.run
        self._shown = ""
        self.setAcceptDrops(True)
        self.picture = PlainLabel("", "thumbnail")
        self.picture.hide()
        self.problem = PlainLabel("", "error", wrap=True)
        self.problem.hide()
        self.add_button, self.drop_button = QPushButton(icon("camera"), ""), QPushButton()
        self.drop_button.setProperty("kind", "quiet")
        self.hint = PlainLabel("", "hint", wrap=True)
        self.add_button.clicked.connect(self._choose)
        self.drop_button.clicked.connect(partial(self._give, ""))
        self.setFocusProxy(self.add_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.drop_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(buttons)
        layout.addWidget(self.hint)
        layout.addWidget(self.problem)
        self.retranslate()
        self.show_node(node)

    def show_node(self, node: NodeState) -> None:
        """The photo that is kept."""
        super().show_node(node)
        self.add_button.setEnabled(not node.readonly)
        self.drop_button.setVisible(bool(node.value) and not node.readonly)
        self.retranslate()
        if node.value == self._shown:
            return
        self._shown = node.value
        self.picture.hide()
        if node.value:
            work = partial(_thumbnail, self._shelf, node.value)
            self._run(self, work, partial(self._picture, node.value))

    def take(self, number: int) -> None:
        """Nothing here has a digit."""

    def take_from(self, dropped: QMimeData) -> None:
        """The first picture of a drop, or of the clipboard."""
        if self.add_button.isEnabled() and (found := contents(dropped)):
            self._add(found[0])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped."""
        if holds(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self.take_from(event.mimeData())
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes the picture that was copied, Del takes it away."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take_from(QApplication.clipboard().mimeData())
        elif event.key() == Qt.Key.Key_Delete and self.node.value:
            self._give("")
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """The words of the buttons."""
        there = bool(self.node.value)
        self.add_button.setText(tr("Another photo") if there else tr("Choose a photo"))
        self.add_button.setAccessibleName(f"{self.node.label}: {self.add_button.text()}")
        self.drop_button.setText(tr("Take it away"))
        self.picture.setAccessibleName(tr("Photo"))
        self.hint.setText(
            tr(
                "Drop it here or paste it with Ctrl+V. It is made small; place, time and camera "
                "are taken out of it."
            )
        )

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a photo"), "", tr("Photos") + " (*.jpg *.jpeg *.png *.webp)"
        )
        if name:
            self._add(Path(name))

    def _add(self, content: Content) -> None:
        self.problem.hide()
        shelf = self._shelf
        self._run(self, lambda: shelf.add(loaded(content)), self._give, self._refused)

    def _give(self, value: str, _: bool = False) -> None:
        self.problem.hide()
        self.given.emit(value)

    def _refused(self, error: UserError) -> None:
        self.problem.setText(str(error))
        self.problem.show()

    def _picture(self, value: str, image: QImage) -> None:
        if value == self._shown and not image.isNull():
            self.picture.setPixmap(QPixmap.fromImage(image))
            self.picture.show()


def _thumbnail(shelf: Shelf, value: str) -> QImage:
    content = shelf.read(value)
    return thumbnail(content) if content else QImage()
