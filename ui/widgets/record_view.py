"""The rows of a list of records: of three hundred thousand, only what is seen costs anything.

A table of one column, not a QListView, which asks the model for each of its rows before it shows one.
"""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.models.record_list import RecordList
from ui.widgets.record_rows import RecordRows, row_height

Action = QAbstractItemView.CursorAction


class RecordView(QTableView):
    """Up, Down, PageUp, PageDown, Home and End go through all rows; letters are for the search."""

    typed = Signal(str)

    def __init__(self, model: RecordList) -> None:
        super().__init__()
        self.setProperty("pane", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(RecordRows(self))
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(model)
        self._set_height()

    def chosen_rows(self) -> list[range]:
        """The rows that are chosen, as they lie together: of all rows one range."""
        chosen = self.selectionModel().selection()
        parts = (chosen.at(place) for place in range(chosen.count()))
        found = [range(one.top(), one.bottom() + 1) for one in parts]
        return sorted(found, key=lambda rows: rows.start)

    def keyboardSearch(self, search: str) -> None:
        """Qt would look through all rows here, one by one."""
        if search.strip():
            self.typed.emit(search)

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End are the first and the last row, as in a list."""
        ends = {Action.MoveHome: 0, Action.MoveEnd: self.model().rowCount() - 1}
        if action in ends:
            return self.model().index(ends[action], 0)
        return super().moveCursor(action, modifiers)

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters, higher rows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._set_height()

    def _set_height(self) -> None:
        height = row_height(self.font())
        header = self.verticalHeader()
        if header.defaultSectionSize() != height:
            header.setMinimumSectionSize(1)
            header.setDefaultSectionSize(height)
