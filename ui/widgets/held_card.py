"""Much of a district would go: asked here, and nowhere in the way."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.actions.exchange import Held
from sync.language import mark, tr
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel


class HeldCard(Card):
    """`allowed`: the person lets the records go. `district` is its name in words."""

    allowed = Signal()

    def __init__(self, held: Held, district: str) -> None:
        super().__init__(mark("Much would be removed"), "warning", tone="warning")
        words = tr(
            "Of {here} records of {district}, {going} were removed elsewhere. They are still here.",
            here=held.here,
            district=district,
            going=held.going,
        )
        self.add(PlainLabel(words, wrap=True))
        advice = tr("If you know why, let them go. If not, ask your coordinator first.")
        self.add(PlainLabel(advice, "muted", wrap=True))
        self.button = QPushButton(tr("Let them go"))
        self.button.clicked.connect(self.allowed)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.add(row)
