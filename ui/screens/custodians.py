"""Where the custodians of the region's key begin, and what all of their pages are like. No logic.

They sit at a computer that belongs to nobody: what they type is on these pages alone.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from sync.language import tr
from ui.widgets.door import Door
from ui.widgets.labels import PlainLabel

WIDTH = 500  # px


class CustodianPage(Door):
    """One step. The last button leaves it, and so does Escape unless something would be lost by it;
    what stands on it goes with it."""

    left = Signal()
    escapes = True
    passes = True  # whether it is put away where nobody works

    def __init__(self) -> None:
        super().__init__(WIDTH)
        self.problem = PlainLabel(role="error", wrap=True)
        self.problem.hide()
        self.back_button = QPushButton()
        self.back_button.setProperty("kind", "quiet")
        self.back_button.setAutoDefault(True)  # Enter presses it
        self.back_button.clicked.connect(self.left)

    def show_problem(self, words: str) -> None:
        """Why it does not go on."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        self.back_button.setText(tr("Cancel"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.escapes and event.key() == Qt.Key.Key_Escape:
            self.back_button.click()
        else:
            super().keyPressEvent(event)


def large_button(
    pressed: Callable[[], object] | SignalInstance, *, primary: bool = True
) -> QPushButton:
    """A button over the whole width, which Enter presses."""
    button = QPushButton()
    button.setProperty("large", True)
    if primary:
        button.setProperty("kind", "primary")
    button.setAutoDefault(True)
    button.clicked.connect(pressed)
    return button


class CustodiansStart(CustodianPage):
    """What is to be done. `leaves`: whether there is a page to go back to."""

    passes = False
    answer_wanted = Signal()
    key_wanted = Signal()

    def __init__(self, *, leaves: bool) -> None:
        super().__init__()
        self.answer_button = large_button(self.answer_wanted)
        self.key_button = large_button(self.key_wanted, primary=False)
        self.apart = PlainLabel(role="hint", wrap=True)
        for part in (
            self.problem, self.answer_button, self.key_button, self.apart, self.back_button,
        ):  # fmt: skip
            self.inside.addWidget(part)
        self.back_button.setVisible(leaves)
        self.start_at(self.answer_button)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        self.title.setText(tr("For custodians"))
        self.lead.setText(
            tr(
                "Where somebody has lost password and recovery sheet, two custodians of the region's "
                "key let them into their work again."
            )
        )
        self.answer_button.setText(tr("Open a request…"))
        self.key_button.setText(tr("Make the region's key…"))
        self.apart.setText(
            tr(
                "Do this at a computer without a network, and switch it off afterwards. Nothing of "
                "the key is kept on it."
            )
        )
        self.back_button.setText(tr("Back"))
