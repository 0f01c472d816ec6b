"""The list of one kind of record, filtered as one types. Rows are plain lines: nothing is read."""

from collections import Counter
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sync.folding import fold
from sync.records.states import ReviewState
from ui.models.lines import Line

Index = QModelIndex | QPersistentModelIndex
ALL, UNSENT, CONFLICT = "", "unsent", "conflict"  # filters beside the review states
STATES = tuple(state.value for state in ReviewState)


class RecordList(QAbstractListModel):
    """Lines of records; `LineRole` gives a whole line to the delegate."""

    LineRole = Qt.ItemDataRole.UserRole

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._shown: list[Line] = []
        self._wanted: list[str] = []
        self._state = ALL

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.title
        return line if role == self.LineRole else None

    def show_lines(self, lines: list[Line]) -> None:
        """Replace all lines; the filter stays."""
        self._lines = lines
        self._filter()

    def change_lines(self, told: dict[UUID, Line | None]) -> None:
        """Put these lines on top: they were edited last. None takes a line away."""
        left = [line for line in self._lines if line.id not in told]
        self.show_lines([*(line for line in told.values() if line is not None), *left])

    def search(self, words: str) -> None:
        """Keep the lines that have all these words, folded."""
        self._wanted = fold(words).split()
        self._filter()

    def keep_state(self, state: str) -> None:
        """Keep the lines of a review state, or UNSENT, CONFLICT, ALL."""
        self._state = state
        self._filter()

    def counts(self) -> dict[str, int]:
        """How many lines each filter would leave, whatever is searched for."""
        counted = Counter(line.review for line in self._lines)
        counted[ALL] = len(self._lines)
        counted[UNSENT] = sum(line.unsent for line in self._lines)
        counted[CONFLICT] = sum(line.conflict for line in self._lines)
        return dict(counted)

    def row_of(self, id: UUID) -> int:
        """Where a record stands now; -1 where it is not shown."""
        return next((row for row, line in enumerate(self._shown) if line.id == id), -1)

    def id_at(self, index: Index) -> UUID | None:
        """The record of a row."""
        return self._shown[index.row()].id if index.isValid() else None

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [line for line in self._lines if self._fits(line)]
        self.endResetModel()

    def _fits(self, line: Line) -> bool:
        fits = {ALL: True, UNSENT: line.unsent, CONFLICT: line.conflict}
        return fits.get(self._state, line.review == self._state) and all(
            word in line.found_by for word in self._wanted
        )
