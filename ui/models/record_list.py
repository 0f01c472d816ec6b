"""The list of one kind of record: all of it in number, and in lines only what was looked at."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.actions.listing import Listing
from ui.models.lines import Line

Index = QModelIndex | QPersistentModelIndex
PAGE = 100  # lines that are read together
KEPT = 4_000  # lines that are kept for scrolling back

Pages = Mapping[int, Sequence[Line]]  # by the page's number


class RecordList(QAbstractListModel):
    """Lines of records; `LineRole` gives a whole line to the delegate, None until it is here.

    A page that is asked for and not here is `wanted`, once; until it comes its rows show what was
    known of these records before.
    """

    LineRole = Qt.ItemDataRole.UserRole
    wanted = Signal(int)  # page

    def __init__(self) -> None:
        super().__init__()
        self.listing = Listing(whole=False)
        self._lines: dict[str, Line] = {}  # by the digits of the id, those told last at the end
        self._asked: set[int] = set()  # pages that are here, or on their way

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.listing.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._line(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.title if line is not None else None
        return line if role == self.LineRole else None

    def show_listing(self, listing: Listing, pages: Pages) -> None:
        """Replace all rows. `pages` has the lines of those that are seen first."""
        self.beginResetModel()
        self.listing = listing
        self._asked = set(pages)
        for lines in pages.values():
            self._keep(lines)
        self.endResetModel()

    def fill(self, listing: Listing, pages: Pages) -> None:
        """Lines that were wanted. Those of a listing that is no longer shown are left."""
        if listing is not self.listing:
            return
        self._asked.update(pages)
        for page, lines in pages.items():
            self._keep(lines)
            first, last = page * PAGE, min(page * PAGE + PAGE, self.rowCount()) - 1
            self.dataChanged.emit(self.index(first), self.index(last))

    def pass_over(self, pages: Sequence[int]) -> None:
        """These were wanted and are not read: they are wanted again when they are seen again."""
        self._asked.difference_update(pages)

    def row_of(self, id: UUID) -> int:
        """Where a record stands now; -1 where it is not shown."""
        return self.listing.row_of(id)

    def id_at(self, index: Index) -> UUID | None:
        """The record of a row."""
        return UUID(hex=self.listing.ids[index.row()]) if index.isValid() else None

    def _line(self, row: int) -> Line | None:
        page = row // PAGE
        if page not in self._asked:
            self._asked.add(page)
            self.wanted.emit(page)
        return self._lines.get(self.listing.ids[row])

    def _keep(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self._lines.pop(line.id.hex, None)
            self._lines[line.id.hex] = line
        if len(self._lines) > KEPT:  # and wanted again, should one come back to them
            gone = list(self._lines)[: len(self._lines) - KEPT]
            self._asked -= {
                row // PAGE for row in map(self.listing.rows.get, gone) if row is not None
            }
            for id in gone:
                del self._lines[id]
