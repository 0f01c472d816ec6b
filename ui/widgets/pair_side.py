"""One of two records that are looked at side by side, and what can be done with it."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sync.language import mark
from ui.models.case import Case
from ui.widgets.fact_sheet import FactSheet
from ui.widgets.labels import PlainLabel
from ui.widgets.scrolled import scrolled
from ui.widgets.word_button import WordButton


class PairSide(QWidget):
    """`keep` and `open` are its buttons; `keep`: words on the first."""

    def __init__(self, keep: str) -> None:
        super().__init__()
        self._case: Case | None = None
        self.title = PlainLabel(role="heading", wrap=True)
        self.below = PlainLabel(role="hint", wrap=True)
        self.facts = FactSheet()
        self.keep = WordButton(keep, "primary")
        self.open = WordButton(mark("Open it"), "quiet")
        area = scrolled(self.facts)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.keep, self.open):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (self.title, self.below):
            layout.addWidget(part)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)

    def show_case(self, case: Case) -> None:
        """The record as the review shows it."""
        self._case = case
        self.title.setText(case.title)
        self.below.setText(case.below)
        self.facts.show_case(case)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._case is not None:
            self.facts.show_case(self._case)
        super().changeEvent(event)
