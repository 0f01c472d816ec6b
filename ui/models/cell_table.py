"""The cells of a wave as a table whose last column is typed: how many interviews in each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from sync.language import tr
from sync.places import Pack
from sync.quotas import ANY, Cell, Design
from ui import theme

Index = QModelIndex | QPersistentModelIndex
LARGEST = 999_999


class CellTable(QAbstractTableModel):
    """One place at a time; ANY stands for all of them. What is said of all counts where one is silent."""

    edited = Signal()

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self._pack = pack
        self._design = Design(False, frozenset(), {}, {})
        self._words: Mapping[str, str] = {}
        self._place, self._closed = ANY, False
        self._rows: Sequence[tuple[str, ...]] = ()

    def show_design(self, design: Design, words: Mapping[str, str], place: str) -> None:
        """These groups and numbers; `words`: {line of a group, or path: its name}."""
        self.beginResetModel()
        self._design, self._words, self._place = design, words, place
        self._rows = list(product(*design.groups.values())) if design else []
        self.endResetModel()

    def set_read_only(self, closed: bool) -> None:
        """Whether it can only be read."""
        self._closed = closed

    def quotas(self) -> Mapping[tuple[str, ...], int]:
        """All numbers, those of other places too."""
        return self._design.quotas

    def total(self) -> int:
        """How many interviews in the place that is shown."""
        return sum(self._number(row) or 0 for row in self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._design.groups) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        paths = list(self._design.groups)
        if section == len(paths):
            return tr("Interviews")
        return self._words.get(paths[section], paths[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, last = self._rows[index.row()], index.column() == len(self._design.groups)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._said(row) if last else self._group(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and last and not self._own(row):
            return QColor(theme.colour("muted"))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            groups = (self._group(row, place) for place in range(len(row)))
            return ", ".join([*groups, self._said(row)])
        return None

    def setData(  # Qt's own name
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take a number that was typed; nothing takes it out."""
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or (text and not text.isdecimal()):
            return False
        key = (self._place, *self._rows[index.row()])
        numbers = {one: n for one, n in self._design.quotas.items() if one != key}
        if text:
            numbers[key] = min(int(text), LARGEST)
        self._design = replace(self._design, quotas=numbers)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The numbers are typed; the groups are only read."""
        flags = super().flags(index)
        if index.column() == len(self._design.groups) and not self._closed:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def _group(self, row: tuple[str, ...], column: int) -> str:
        path = list(self._design.groups)[column]
        return self._words.get(f"{path}={row[column]}", row[column])

    def _own(self, row: tuple[str, ...]) -> bool:
        return (self._place, *row) in self._design.quotas

    def _number(self, row: tuple[str, ...]) -> int | None:
        return self._design.planned(Cell(self._place, row), self._pack)

    def _said(self, row: tuple[str, ...]) -> str:
        number = self._number(row)
        return "" if number is None else str(number)
