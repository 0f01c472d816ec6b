"""The review queue as lines: what waits, from where and whom, and since when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop import people
from desktop.actions import review
from desktop.actions.records import Row
from desktop.actions.titles import title
from desktop.session import Desk
from sync.language import tr
from sync.records import KINDS
from ui.dates import waiting_for
from ui.models.lines import short_place

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Waiting:
    """One record that waits for a decision."""

    id: UUID
    kind: str
    title: str
    place: str
    author: str
    since: datetime

    def words(self) -> str:
        """All of it, for screen readers."""
        return ", ".join(part for part in (self.title, self.place, self.author) if part)

    def waits(self) -> str:
        """«just now», «waits: 3 days»"""
        now = datetime.now(UTC)
        said = waiting_for(self.since, now)
        fresh = now - self.since.astimezone(UTC) < timedelta(hours=1)
        return tr("came just now") if fresh else tr("waits: {time}", time=said)


def read_queue(desk: Desk) -> list[Waiting]:
    """What waits for this person, the longest waiting first. For the store's thread."""
    names = people.names_of(desk)
    return [
        Waiting(
            id=row["id"],
            kind=row["kind"],
            title=title(row),
            place=_where(desk, row),
            author=names.get(row["author"], row["author"]),
            since=row["waits_since"],
        )
        for row in review.queue(desk)
    ]


def _where(desk: Desk, row: Row) -> str:
    """The village; of a plan or another kind that has none, what it is."""
    if "village" not in row:
        record = KINDS[row["kind"]]
        return tr(record.label)
    return short_place(desk.pack, row["village"]) if row["village"] else tr("No place")


class QueueModel(QAbstractListModel):
    """The queue; what was put off for later stands at its end."""

    WaitingRole = Qt.ItemDataRole.UserRole

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Waiting] = []
        self._later: list[UUID] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        waiting = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return waiting.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return waiting.words()
        return waiting if role == self.WaitingRole else None

    def show_rows(self, rows: list[Waiting]) -> None:
        """Replace the queue."""
        last = {id: place for place, id in enumerate(self._later, 1)}
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda row: last.get(row.id, 0))  # stable: others stay
        self.endResetModel()

    def take_out(self, id: UUID) -> None:
        """A decision was made."""
        if (row := self.row_of(id)) >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()

    def put_off(self, id: UUID) -> None:
        """To the end of the queue, until the screen is closed."""
        self._later = [*(each for each in self._later if each != id), id]
        self.show_rows(self._rows)

    def bring_back(self, id: UUID) -> None:
        """No longer put off."""
        self._later = [each for each in self._later if each != id]
        self.show_rows(sorted(self._rows, key=lambda row: (row.since, str(row.id))))

    def at(self, row: int) -> Waiting | None:
        """The record in this row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, id: UUID | None) -> int:
        """Where a record stands; -1 where it does not wait."""
        return next((n for n, row in enumerate(self._rows) if row.id == id), -1)
