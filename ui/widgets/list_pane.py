"""A list of rows: a title, what stands below, a day, and a badge. Only what is seen is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import fonts, theme
from ui.icons import paint_icon
from ui.widgets.badges import badge_size, paint_badge

Index = QModelIndex | QPersistentModelIndex
Marks = Sequence[tuple[int, int]]  # from, to
NOWHERE = QModelIndex()
PAD, GAP, SIGN = 12, 2, 20  # px


@dataclass(frozen=True)
class ListRow:
    """One row, in words already translated. `key` says which thing it is, whatever its place."""

    key: Any
    title: str
    below: str = ""
    when: str = ""
    badge: str = ""
    tone: str = "neutral"
    badge_icon: str = ""
    icon: str = ""
    marks: Marks = ()  # where in the title stands what was looked for, and where below
    below_marks: Marks = ()

    @property
    def alone(self) -> bool:
        """Whether the title is all that it says at the left and above: then it stands in the middle."""
        return not (self.below or self.when)

    @property
    def said(self) -> str:
        """The row for a screen reader."""
        return ", ".join(part for part in (self.title, self.below, self.when, self.badge) if part)


class ListRows(QAbstractListModel):
    """The rows of a ListPane."""

    RowRole = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[ListRow] = []

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        told = {
            int(Qt.ItemDataRole.DisplayRole): row.title,
            int(Qt.ItemDataRole.AccessibleTextRole): row.said,
            int(self.RowRole): row,
        }
        return told.get(int(role))


class ListPane(QListView):
    """Rows to choose from. `chosen` tells the key under the cursor, `opened` Enter or a click twice,
    `left` Backspace."""

    chosen = Signal(object)
    opened = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, titles: bool = False) -> None:
        """`titles`: nothing stands below them, so rows are lower."""
        super().__init__(parent)
        self.titles = titles
        self.setProperty("pane", True)
        self.rows = ListRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowPainter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._showing = False
        self.selectionModel().currentChanged.connect(self._choose)
        self.activated.connect(lambda index: self.opened.emit(self.rows.rows[index.row()].key))

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Replace the rows; the one chosen, by its key, and the scroll stay where they were."""
        kept, scrolled = self.current_key(), self.verticalScrollBar().value()
        self._showing = True
        self.rows.show_rows(rows)
        self.choose(kept)
        self.verticalScrollBar().setValue(scrolled)
        self._showing = False

    def choose(self, key: Any) -> bool:
        """Put the cursor on the row of this key; whether there is one."""
        for number, row in enumerate(self.rows.rows):
            if row.key == key:
                self.setCurrentIndex(self.rows.index(number))
                return True
        return False

    def step(self, by: int) -> None:
        """Go that many rows down, or up."""
        last = len(self.rows.rows) - 1
        if last >= 0:
            row = self.currentIndex().row() + by
            self.setCurrentIndex(self.rows.index(max(0, min(last, row))))

    def current_key(self) -> Any:
        """The key of the row under the cursor, or None."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace leaves the list, for who listens."""
        if event.key() == Qt.Key.Key_Backspace:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and not self._showing:
            self.chosen.emit(self.rows.rows[index.row()].key)


class _RowPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        title = QFontMetrics(_title_font()).height()
        pane = self.parent()
        if isinstance(pane, ListPane) and pane.titles:
            return QSize(160, 2 * PAD + title - 4)
        below = QFontMetrics(_below_font()).height()
        return QSize(160, 2 * PAD + title + GAP + max(below, badge_size("").height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ListRows.RowRole)
        if not isinstance(row, ListRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = option.rect.adjusted(4, 2, -4, -2)
        _paint_ground(painter, place, option)
        inside = place.adjusted(PAD, PAD - 4, -PAD, 4 - PAD)
        if row.icon:
            top = (inside.height() - SIGN) // 2 if row.alone else 2
            square = QRect(inside.topLeft() + QPoint(0, top), QSize(SIGN, SIGN))
            paint_icon(painter, square, row.icon, theme.colour("muted"))
            inside.setLeft(inside.left() + SIGN + 10)
        self._paint_words(painter, inside, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, inside: QRect, row: ListRow) -> None:
        title = QFontMetrics(_title_font())
        first = QRect(inside.left(), inside.top(), inside.width(), title.height())
        second = inside.adjusted(0, title.height() + GAP, 0, 0)
        if row.alone:  # both are the line in the middle
            first = second = QRect(inside)
        if row.when:
            used = _say(painter, first, row.when, _below_font(), "muted", right=True)
            first.setRight(first.right() - used - 10)
        if row.badge:
            size = badge_size(row.badge, row.badge_icon)
            corner = QPoint(
                second.right() - size.width() + 1,
                second.top() + (second.height() - size.height()) // 2,
            )
            paint_badge(painter, QRect(corner, size), row.badge, row.tone, row.badge_icon)
            second.setRight(second.right() - size.width() - 10)
        _mark(painter, first, row.title, row.marks, _title_font())
        _say(painter, first, row.title, _title_font(), "text")
        _mark(painter, second, row.below, row.below_marks, _below_font())
        _say(painter, second, row.below, _below_font(), "muted")


def _paint_ground(painter: QPainter, place: QRect, option: QStyleOptionViewItem) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setBrush(QColor(theme.colour("selection")))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(theme.colour("hover")))
    else:
        return
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(theme.colour("accent")), 2))
    painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), 8, 8)


def _say(
    painter: QPainter, place: QRect, words: str, font: QFont, role: str, *, right: bool = False
) -> int:
    """Write one line, cut to its place; return how wide it became."""
    metrics = QFontMetrics(font)
    cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(QColor(theme.colour(role)))
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, cut)
    return metrics.horizontalAdvance(cut)


def _mark(painter: QPainter, place: QRect, words: str, marks: Marks, font: QFont) -> None:
    """The ground under what was looked for, as far as it is seen."""
    metrics = QFontMetrics(font)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colour("warning_soft")))
    top = place.top() + (place.height() - metrics.height()) / 2
    for start, end in marks:
        left = metrics.horizontalAdvance(words[:start])
        right = min(metrics.horizontalAdvance(words[:end]), place.width())
        if left < right:
            ground = QRectF(place.left() + left - 1, top, right - left + 2, metrics.height())
            painter.drawRoundedRect(ground, 3, 3)


def _title_font() -> QFont:
    return fonts.text_font(theme.size("body"), QFont.Weight.Medium)


def _below_font() -> QFont:
    return fonts.text_font(theme.size("caption"))
