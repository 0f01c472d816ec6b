"""Whose work is to be opened, where several people share a computer. No logic here."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sync.language import tr
from ui import fonts, theme
from ui.opening import Here
from ui.widgets.door import Door
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import ElidedLabel, RowButton
from ui.widgets.training_bar import TrainingButton

CIRCLE = 40  # px
WAYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}


class ChoosePerson(Door):
    """A row for each one who has a file here; the one who was here last has the cursor.

    Only what they gave for this is shown: nothing of it comes from an encrypted file.
    """

    chosen = Signal(Path)  # the folder
    somebody_else = Signal()
    training_wanted = Signal()

    def __init__(self, here: Sequence[Here]) -> None:
        super().__init__()
        self._here = here
        self.rows: list[PersonRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.problem = PlainLabel(role="error", wrap=True)
        self.problem.hide()
        self.other_button = QPushButton()
        self.other_button.setProperty("kind", "quiet")
        self.other_button.clicked.connect(self.somebody_else)
        self.training_button = TrainingButton()
        self.training_button.clicked.connect(self.training_wanted)
        self.top.addWidget(self.training_button, 0, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(self._rows)
        self.inside.addWidget(self.problem)
        self.inside.addWidget(self.other_button)
        self._fill()
        self.retranslate()

    def set_busy(self, busy: bool) -> None:
        """While a folder is looked at, nothing can be pressed twice."""
        for button in (*self.rows, self.other_button, self.training_button):
            button.setEnabled(not busy)

    def show_problem(self, words: str) -> None:
        """Why the one who was chosen cannot come in; another one can."""
        self.set_busy(False)
        self.problem.setText(words)
        self.problem.show()
        self._focus_first()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        self.title.setText(tr("Who is working?"))
        self.lead.setText(tr("Each person's work is encrypted under their own password."))
        self.other_button.setText(tr("Somebody else…"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [PersonRow(one) for one in self._here]
        for row in self.rows:
            row.clicked.connect(lambda _=False, folder=row.folder: self._choose(folder))
            row.left.connect(self._go)
            self._rows.addWidget(row)
        self._focus_first()

    def _choose(self, folder: Path) -> None:
        self.problem.hide()
        self.chosen.emit(folder)

    def _go(self, row: "PersonRow", step: int) -> None:
        """From person to person; the ends stay the ends."""
        place = self.rows.index(row) + step
        self.rows[min(max(place, 0), len(self.rows) - 1)].setFocus()

    def _focus_first(self) -> None:
        last = [row for row, one in zip(self.rows, self._here, strict=True) if one.last]
        first = next(iter(last or self.rows), self.other_button)
        self.start_at(first)
        first.setFocus()


class PersonRow(RowButton):
    """Initials, name and district of one person."""

    left = Signal(object, int)  # this row, by so many rows: the arrows were pressed

    def __init__(self, one: Here) -> None:
        super().__init__()
        self.folder = one.folder
        name = one.name or tr("Without a name")
        below = one.district.words() if one.district else ""
        if one.broken:
            below = tr("Something in this folder is damaged. Choose it to see what can be done.")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(name, "strong"))
        if below:
            label = PlainLabel(below, "muted", wrap=True) if one.broken else None
            words.addWidget(label or ElidedLabel(below, "muted"))
        layout = QHBoxLayout()
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(Initials(one.name), 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        self.arrange(layout, ", ".join(part for part in (name, below) if part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to other people; the page knows where they are."""
        if (step := WAYS.get(Qt.Key(event.key()))) is not None:
            self.left.emit(self, step)
        else:
            super().keyPressEvent(event)


class Initials(QWidget):
    """The first letters of a name in a circle."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.letters = initials(name)
        side = theme.grown(CIRCLE)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour("accent_soft")))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(QColor(theme.colour("accent")))
        painter.setFont(fonts.text_font(theme.size("body")))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.letters)
        painter.end()


def initials(name: str) -> str:
    """At most two letters: of the first word and of the last one."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
