"""Who looked, as a table: when, who, what, how many, and where."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.actions.who_looked import Looked
from sync.language import mark, tr

Index = QModelIndex | QPersistentModelIndex
WHEN, WHO, WHAT, COUNT, WHERE = range(5)
HEADS = (mark("When"), mark("Person"), mark("What"), mark("How many"), mark("District"))


class LookedTable(QAbstractTableModel):
    """Rows that were put into words elsewhere, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Looked] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(HEADS)

    def show_rows(self, rows: list[Looked]) -> None:
        """Replace them."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (_text(row, each) for each in range(len(HEADS)))))
        return None


def _text(row: Looked, column: int) -> str:
    texts = {
        WHEN: row.at.astimezone().strftime("%d.%m.%Y %H:%M"),
        WHO: row.who,
        WHAT: row.what,
        COUNT: row.count,
        WHERE: row.district,
    }
    return texts[column]
