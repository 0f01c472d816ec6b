"""The phrases that fit what is typed, below the cursor. The cursor stays where one types."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.actions.phrases import Phrase
from sync.language import tr
from ui import theme
from ui.icons import icon
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

ROWS = 7  # seen at once
WIDE = 640  # px
TEXT = Qt.ItemDataRole.UserRole
WHOSE = Qt.ItemDataRole.UserRole + 1  # who shared it


class PhrasePopup(QFrame):
    """Lies in the window and never takes the keys: whoever asked for it passes them on."""

    chosen = Signal(str)  # the phrase, or "" where one's own are to be edited

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("card", "plain")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.list.setProperty("popup", "true")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(self._take)
        self.hint = PlainLabel("", "hint", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.list)
        layout.addWidget(self.hint)
        self.hide()

    def show_phrases(self, phrases: Sequence[Phrase], cursor: QRect) -> None:
        """`cursor`: where one types, in the window; the list goes below it, or else above."""
        at = self.list.currentRow() if self.isVisible() else 0
        self.list.clear()
        for phrase in phrases:
            picture = "person" if phrase.own else "people" if phrase.given else "document"
            self._add(phrase.text, phrase.text, picture, phrase.given)
        self._add(tr("Edit my phrases…"), "", "edit")
        self.list.setCurrentRow(min(max(0, at), self.list.count() - 1))
        self.list.setAccessibleName(tr("Phrases"))
        self.hint.setText(
            tr("Go on typing to search. Enter takes the phrase, Esc leaves what was typed.")
        )
        self._place(cursor)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Up or down, around the ends."""
        count = self.list.count()
        self.list.setCurrentRow((self.list.currentRow() + by) % count)

    def take(self) -> None:
        """Choose the row that is marked."""
        if (item := self.list.currentItem()) is not None:
            self._take(item)

    def current(self) -> str:
        """The words of the row that is marked."""
        item = self.list.currentItem()
        said = (item.text(), item.data(WHOSE)) if item is not None else ()
        return ". ".join(part for part in said if part)

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(TEXT))

    def _add(self, words: str, text: str, picture: str, whose: str = "") -> None:
        item = QListWidgetItem(icon(picture, "muted"), words)
        item.setData(TEXT, text)
        item.setData(WHOSE, whose)
        item.setToolTip(tip(f"{words}\n{whose}" if whose else words))
        self.list.addItem(item)

    def _place(self, cursor: QRect) -> None:
        window = self.parentWidget()
        assert window is not None
        row = max(32, self.list.sizeHintForRow(0))
        self.list.setFixedHeight(row * min(ROWS, self.list.count()) + 2 * self.list.frameWidth())
        wide = min(theme.grown(WIDE), window.width() - 16)
        self.setFixedWidth(wide)
        self.adjustSize()
        below = cursor.bottom() + 6
        top = (
            below if below + self.height() <= window.height() else cursor.top() - self.height() - 6
        )
        self.move(QPoint(max(8, min(cursor.left(), window.width() - wide - 8)), max(8, top)))
