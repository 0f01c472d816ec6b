"""A row that is one choice of a question."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout

from desktop.surveys.states import Picture
from sync.language import tr
from ui.widgets.form_picture import BESIDE, choice_picture, grown
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look
from ui.widgets.rows import ARROWS, ENTER, RowButton
from ui.widgets.tips import tip


class ChoiceRow(RowButton):
    """One choice of a question: the digits that choose it, its picture and its words."""

    room = BESIDE  # for the picture

    def __init__(self, digits: str, words: str, picture: Picture | None = None) -> None:
        super().__init__()
        self.digits = digits
        self.picture = choice_picture(picture, grown(self.room))
        if self.picture is not None:
            self.setToolTip(tip(tr("F3 shows the pictures large")))
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        number = PlainLabel(digits, "key")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        number.setMinimumSize(32, 26)
        label = PlainLabel(words)
        label.setWordWrap(True)
        self._tick = PlainLabel("", "tick")
        self._tick.setFixedWidth(20)
        self.arrange(self.compose(number, label, self._tick), f"{digits} {words}")

    def compose(self, number: PlainLabel, words: PlainLabel, tick: PlainLabel) -> QLayout:
        """Where its parts stand."""
        layout = QHBoxLayout()
        layout.setContentsMargins(10, 10, 14, 10)
        layout.setSpacing(14)
        layout.addWidget(number)
        if self.picture is not None:
            layout.addWidget(self.picture)
        layout.addWidget(words, 1)
        layout.addWidget(tick)
        return layout

    def set_chosen(self, *, chosen: bool) -> None:
        """Show whether it is taken."""
        self.setChecked(chosen)
        self._tick.setText("✓" if chosen else "")
        set_look(self, "chosen", chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the choice; on one that is taken it goes on, which is the screen's.

        So are the arrows: they go through the choices, and from one question to the next.
        """
        key = event.key()
        if key in ARROWS or (key in ENTER and self.isChecked()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:  # noqa: N802  # Qt's own name
        """Stay as it is: the question decides what is chosen, and draws its rows anew."""
