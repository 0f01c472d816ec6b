"""A list and what is open beside it; where both have no room, one of them at a time."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sync.language import mark, tr
from ui import theme
from ui.widgets.scrolled import LateSplitter, Place

LISTED, READABLE = 260, 420  # px that each needs at least, at the usual size of words
WORDS = (mark("List"), mark("What is open"))


class TwoPanes(QWidget):
    """`wide`: px of the list at first, at the usual size of words; `front`: which is seen first.

    A click on a row of the list, or Enter, leads to what is open. Call `turn_to` where the person goes on in the
    one or the other by keys: where both are seen it changes nothing. Whether there is room is asked
    then, and where the window or the words change: what comes and goes while one types takes nothing
    away.
    """

    def __init__(
        self, parent: QWidget, left: QWidget, right: QWidget, wide: int = 360, front: int = 0
    ) -> None:
        super().__init__(parent)  # at once: each new parent would have all below dressed anew
        self.panes = (left, right)
        self.narrow, self._front = False, front
        for view in left.findChildren(QAbstractItemView):
            view.clicked.connect(lambda _: self.turn_to(1))
            view.activated.connect(lambda _: self.turn_to(1))
        self._splitter = LateSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False)
        self._places = (Place(), Place())
        for place in self._places:
            self._splitter.addWidget(place)  # while it is empty: it is asked for its size at once
        self._splitter.setSizes([theme.grown(wide), 760])
        self._splitter.setStretchFactor(1, 1)
        for place, pane in zip(self._places, self.panes, strict=True):
            place.hold(pane)
        self._switch = QWidget(self)
        row = QHBoxLayout(self._switch)
        row.setContentsMargins(12, 4, 12, 8)
        self.buttons = tuple(QPushButton() for _ in WORDS)
        for number, button in enumerate(self.buttons):
            button.setProperty("kind", "chip")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(partial(self.turn_to, number))
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._switch)
        layout.addWidget(self._splitter, 1)
        self._switch.hide()
        self._retranslate()

    def turn_to(self, number: int) -> None:
        """Go on in the list (0) or in what is open (1)."""
        self._front = number
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """One of them is seen in any case."""
        left, right = (pane.minimumSizeHint() for pane in self.panes)
        return QSize(max(left.width(), right.width()), max(left.height(), right.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        if not self.isVisible():
            return  # nobody sees it yet, and to ask for sizes would have all below dressed twice
        least = zip(self.panes, (LISTED, READABLE), strict=True)
        needed = sum(max(p.minimumSizeHint().width(), round(n * theme.scale())) for p, n in least)
        self.narrow = self.width() < needed + self._splitter.handleWidth()
        self._switch.setVisible(self.narrow)
        for number, place in enumerate(self._places):
            place.setVisible(not self.narrow or number == self._front)
            self.buttons[number].setChecked(number == self._front)

    def _retranslate(self) -> None:
        for button, words in zip(self.buttons, WORDS, strict=True):
            button.setText(tr(words))
