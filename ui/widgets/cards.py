"""Boxes that hold things which belong together."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from sync.language import tr
from ui.icons import Picture
from ui.widgets.labels import PlainLabel, SectionTitle


class Card(QFrame):
    """A surface with rounded corners; `title` is English and marked, `icon` stands before it.

    `tone` is a tone of the design system, for the icon.
    """

    def __init__(
        self,
        title: str = "",
        icon: str = "",
        parent: QWidget | None = None,
        *,
        tone: str = "accent",
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "plain")
        self._title = title
        self.head = QHBoxLayout()  # more may be added at its end: a badge, a button
        self.head.setSpacing(8)
        self.heading = SectionTitle()
        if icon:
            self.head.addWidget(Picture(icon, tone))
        self.head.addWidget(self.heading, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        if title:
            layout.addLayout(self.head)
        else:
            self.heading.hide()
        layout.addLayout(self.body)
        self.retranslate()

    def add(self, part: QWidget | QLayout) -> None:
        """Put a widget or a layout at the end of the card."""
        if isinstance(part, QWidget):
            self.body.addWidget(part)
        else:
            self.body.addLayout(part)

    def retranslate(self) -> None:
        """The title in the language spoken now."""
        self.heading.setText(tr(self._title))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Figure(QWidget):
    """A number that matters, and what it counts."""

    def __init__(self, number: str = "", words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number, self.words = PlainLabel(role="figure"), PlainLabel(role="muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.number)
        layout.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)  # beside words of two lines
        self.say(number, words)

    def say(self, number: str, words: str) -> None:
        """Both in words already translated."""
        self.number.setText(number)
        self.words.setText(words)
        self.setAccessibleName(f"{number} {words}")


class Line(QFrame):
    """A hairline, "h" across or "v" down."""

    def __init__(self, way: str = "h", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", way)
