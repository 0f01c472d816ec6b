"""A table to be read, and words of several lines in its cells."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

PADDING = 26  # px: of a cell, both sides together


class WordsTable(QTableView):
    """Whole rows are chosen, and Tab leaves it. `row`: how high one is at least, in px."""

    def __init__(self, row: int) -> None:
        super().__init__()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(row)


class WordsDelegate(QStyledItemDelegate):
    """Text of several lines: Qt's own measure forgets the padding of the style sheet."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as the words in the width that the column leaves them."""
        self.initStyleOption(option, index)
        room = max(1, option.rect.width() - PADDING)
        metrics, wrap = QFontMetrics(option.font), Qt.TextFlag.TextWordWrap
        lines = metrics.boundingRect(QRect(0, 0, room, 0), wrap, option.text)
        return QSize(option.rect.width(), lines.height() + PADDING // 2)
