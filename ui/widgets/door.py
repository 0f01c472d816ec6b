"""What stands before the work: a card in the middle of the window, the languages above it."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sync.language import LANGUAGES, spoken
from ui import theme
from ui.widgets.labels import PlainLabel
from ui.widgets.sidebar import Sign

WIDTH = 420  # px, of the card
SIZES = {"Ctrl++": 1, "Ctrl+=": 1, "Ctrl+-": -1, "Ctrl+0": 0}


class Door(QWidget):
    """`inside` is the card's layout: the sign, a title and a lead; the rest is the page's own.

    `beside`: at the languages' end, for what few people ever want.
    """

    language_chosen = Signal(str)
    size_stepped = Signal(int)  # words larger (1), smaller (-1), or as the system has them (0)

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.title = PlainLabel(role="title", wrap=True)
        self.lead = PlainLabel(role="muted", wrap=True)
        self._first: QWidget | None = None
        self._languages = self._make_languages()
        card = QFrame()
        card.setProperty("card", "plain")
        card.setFixedWidth(theme.grown(width))
        self._card, self._width = card, width
        self.inside = QVBoxLayout(card)
        self.inside.setContentsMargins(32, 32, 32, 28)
        self.inside.setSpacing(14)
        self.top = QHBoxLayout()  # beside the sign: what is seen however low the window is
        self.top.addWidget(Sign(48))
        self.top.addStretch(1)
        self.inside.addLayout(self.top)
        self.inside.addSpacing(4)
        self.inside.addWidget(self.title)
        self.inside.addWidget(self.lead)
        self.inside.addSpacing(8)
        self.beside = QHBoxLayout()
        self._place(card)
        self._take_keys()

    def start_at(self, first: QWidget) -> None:
        """Who comes to the page has the cursor here.

        No focus proxy: from the end of the page Tab would come back to it, past all that is above.
        """
        self._first = first

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._first is not None:
            self._first.setFocus(event.reason())

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        for code, button in self._languages.items():
            button.setChecked(code == spoken())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:  # other type: the card grows with its words
            self._card.setFixedWidth(theme.grown(self._width))
        super().changeEvent(event)

    def _make_languages(self) -> dict[str, QPushButton]:
        group = QButtonGroup(self)
        made: dict[str, QPushButton] = {}
        for code, words in LANGUAGES.items():
            button = made[code] = QPushButton(words)
            button.setProperty("kind", "chip")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, code=code: self.language_chosen.emit(code))
            group.addButton(button)
        return made

    def _take_keys(self) -> None:
        """Those of the menu behind the door: who cannot read the first page comes no further."""
        for keys, way in SIZES.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.size_stepped.emit, way))

    def _place(self, card: QFrame) -> None:
        middle = QHBoxLayout()  # an aligned card would be too low for its wrapped words
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        languages = QHBoxLayout()
        languages.setSpacing(8)
        languages.addStretch(1)
        for button in self._languages.values():
            languages.addWidget(button)
        languages.addLayout(self.beside)
        languages.addStretch(1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addLayout(languages)  # above: a low window shows them to who cannot read the card
        column.addSpacing(8)
        column.addLayout(middle)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)  # large type on a low screen needs it
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
