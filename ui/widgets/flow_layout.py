"""Widgets in a row that goes on in the next line where the first is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """As words in a paragraph; `at_end`: of one whose lines end at the same edge."""

    def __init__(self, spacing: int = 8, *, at_end: bool = False) -> None:
        super().__init__()
        self._at_end = at_end
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  # Qt's own name
        """At the end."""
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Not at the end."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  # Qt's own name; None ends the list
        """The item at this place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  # Qt's own name; None ends the list
        """Take the item at this place out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's own name
        """A narrow place needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's own name
        """Pixels for this width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  # Qt's own name
        """Put the items into this place."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """As small as may be; a line that ends at an edge would rather be one."""
        if not self._at_end:
            return self.minimumSize()
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() + self.spacing() for size in sizes) - self.spacing()
        high = max((size.height() for size in sizes), default=0)
        return QSize(max(0, wide), high).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:  # noqa: N802  # Qt's own name
        """The widest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802  # Qt's own name
        """None: it takes what it needs."""
        return Qt.Orientation(0)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        edges, whole = self.contentsMargins(), rect
        rect = rect.marginsRemoved(edges)
        y = rect.y()
        for line in self._lines(rect.width()):
            wide = sum(size.width() + self.spacing() for _, size in line) - self.spacing()
            x = rect.x() + (rect.width() - wide if self._at_end else 0)
            for item, size in line:
                if move and self._has(item):
                    item.setGeometry(QRect(QPoint(x, y), size))
                x += size.width() + self.spacing()
            y += max(size.height() for _, size in line) + self.spacing()
        return max(rect.y(), y - self.spacing()) + edges.bottom() - whole.y()

    def _has(self, item: QLayoutItem) -> bool:
        """Whether it is there still: a widget that gets its place may do away with another, with whose item
        Qt does away at once, whoever holds it here."""
        return any(item is one for one in self._items)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._shown():
            size = _size(item)
            if not lines or used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self.spacing()
        return lines


def _size(item: QLayoutItem) -> QSize:
    """As it likes to be; words that are wrapped are as high as they need at that width."""
    size = item.sizeHint()
    if item.hasHeightForWidth():
        size.setHeight(max(size.height(), item.heightForWidth(size.width())))
    return size
