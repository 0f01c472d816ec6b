"""A button that knows its words in the three languages, and that Enter presses as Space does."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QWidget

from sync.language import tr
from ui.icons import icon as icon_of
from ui.widgets.tips import tip


class WordButton(QPushButton):
    """`words` are English and marked; `kind` is of the style sheet; `keys` stand in its tooltip."""

    def __init__(
        self,
        words: str,
        kind: str = "",
        icon: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._keys = words, keys
        self.setAutoDefault(True)
        if kind:
            self.setProperty("kind", kind)
        if icon:
            self.setIcon(icon_of(icon, "on_accent" if kind == "primary" else "text"))
        self.retranslate()

    def say(self, words: str) -> None:
        """Other words, English and marked."""
        self._words = words
        self.retranslate()

    def retranslate(self) -> None:
        """In the language spoken now."""
        words = tr(self._words)
        self.setText(words)
        self.setToolTip(tip(f"{words} ({self._keys})" if self._keys else ""))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
