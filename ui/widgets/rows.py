"""Rows that behave as buttons: a line of work on a card, a choice of a question."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

GROWN = (QEvent.Type.Show, QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.StyleChange)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
HEIGHT = 44  # px at least: a comfortable target, also for a finger


class RowButton(QPushButton):
    """A button with a layout inside: as high as its words need; Enter presses it as Space does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "row")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def arrange(self, layout: QLayout, said: str) -> None:
        """Set what is inside, none of it in the mouse's way; `said` is for screen readers."""
        self.setLayout(layout)
        policy = self.sizePolicy()
        policy.setHeightForWidth(layout.hasHeightForWidth())
        self.setSizePolicy(policy)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(said)

    def sizeHint(self) -> QSize:
        """As what is inside."""
        layout = self.layout()
        inside = layout.totalSizeHint() if layout is not None else QSize()
        return inside.expandedTo(QSize(120, HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows cut the words, never the height."""
        layout = self.layout()
        high = layout.totalMinimumSize().height() if layout is not None else 0
        return QSize(120, max(HEIGHT, high))

    def event(self, event: QEvent) -> bool:
        """The style sheet gives buttons a height of its own; what is inside needs another."""
        done = super().event(event)
        if event.type() in GROWN:
            self.setMinimumHeight(self.minimumSizeHint().height())
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as in any list."""
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


class ElidedLabel(PlainLabel):
    """One line that ends in … where there is no room; the whole is in its tooltip."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text, role)
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        cut = QFontMetrics(self.font()).elidedText(
            self._whole, Qt.TextElideMode.ElideRight, self.width()
        )
        if cut != self.text():
            self.setText(cut)
            self.setToolTip(tip(self._whole if cut != self._whole else ""))


class TaskRow(RowButton):
    """A line of work: a picture, what it is, where, and a badge that says how urgent."""

    def __init__(
        self, picture: QWidget | None, title: str, below: str = "", badge: QWidget | None = None
    ) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(title))
        if below:
            words.addWidget(ElidedLabel(below, "muted"))
        layout = QHBoxLayout()
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(12)
        if picture is not None:
            layout.addWidget(picture)
        layout.addLayout(words, 1)
        if badge is not None:
            layout.addWidget(badge)
        self._inside = layout
        said = [title, below, badge.accessibleName() if badge is not None else ""]
        self.arrange(layout, ", ".join(part for part in said if part))

    def inset(self, edge: int) -> None:
        """So many pixels from its sides, where it has an edge of its own."""
        self._inside.setContentsMargins(edge, 6, edge, 6)
