"""How long records are kept, in words: what goes by itself, and when."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from desktop.actions.attachments import DAYS_HERE
from sync import vocabulary
from sync.language import mark, tr
from sync.retention import promised
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel


class KeepingCard(Card):
    """Nothing to press: the terms are the region's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(mark("How long records are kept"), "clock", parent)
        self.lines = [PlainLabel(wrap=True) for _ in promised()]
        self.hint = PlainLabel(role="muted", wrap=True)
        self.photos = PlainLabel(role="muted", wrap=True)
        self.words = PlainLabel(role="muted", wrap=True)
        for line in (*self.lines, self.hint, self.photos, self.words):
            self.add(line)
        self._translate()

    def _translate(self) -> None:
        for line, term in zip(self.lines, promised(), strict=True):
            line.setText(vocabulary.label("held_term", term))
        self.hint.setText(
            tr(
                "After that the server erases them, and every laptop does with its next sync. What "
                "is open, in review or disputed stays, and so do papers that were printed. The "
                "region may have fixed other terms: ask your coordinator."
            )
        )
        self.photos.setText(
            tr(
                "Photos and papers of what is closed leave this laptop after {days} days. The small "
                "pictures stay; opened, a photo comes again from the server.",
                days=DAYS_HERE,
            )
        )

        self.words.setText(
            tr(
                "So do its words: names, phones, long texts. Lists, counts and reports stay as they "
                "are; opened, a record comes whole again from the server."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
        super().changeEvent(event)
