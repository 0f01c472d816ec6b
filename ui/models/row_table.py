"""What tables of whole rows share: their heads, each cell in words, and the row as one sentence."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sync.language import tr

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class RowTable(QAbstractTableModel, Generic[Row]):
    """A table says its `heads`, English and marked, and what stands in a cell of a row."""

    heads: ClassVar[Sequence[str]]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def text(self, row: Row, column: int) -> str:
        """What stands in a cell."""
        raise NotImplementedError

    def spoken(self, row: Row) -> str:
        """The row for who does not see it."""
        return ", ".join(filter(None, (self.text(row, each) for each in range(len(self.heads)))))

    def aligned(self, column: int) -> Qt.AlignmentFlag:
        """How a column stands, its head too."""
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

    def show_rows(self, rows: list[Row]) -> None:
        """Replace them."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.heads[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.aligned(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.aligned(index.column())
        return None
