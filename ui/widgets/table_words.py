"""Words of several lines in a cell of a table."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

PADDING = 26  # px: of a cell, both sides together


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
