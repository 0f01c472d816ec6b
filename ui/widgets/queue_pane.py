"""The left side of the review queue: how many wait, and the list of them."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from sync.language import tr, trn
from ui.models.queue import QueueModel, Waiting
from ui.widgets.labels import PlainLabel
from ui.widgets.queue_rows import QueueRows

MINUTE = 60_000  # ms


class QueuePane(QWidget):
    """Knows which row is chosen; the screen says when that changes."""

    counted = Signal(int)  # how many wait

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.model, self.view = QueueModel(), QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(QueueRows(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setProperty("pane", True)
        self.count = PlainLabel("", "strong")
        self.count.setContentsMargins(16, 14, 16, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.count)
        column.addWidget(self.view, 1)
        minute = QTimer(self, interval=MINUTE)  # «waits: 3 days» grows by itself
        minute.timeout.connect(self.view.viewport().update)
        minute.start()
        self.model.modelReset.connect(self._count)
        self.model.rowsRemoved.connect(self._count)
        self.retranslate()

    def row(self) -> int:
        """The row that is chosen, or -1."""
        return self.view.currentIndex().row()

    def current(self) -> Waiting | None:
        """The record that is chosen."""
        return self.model.at(self.row())

    def choose(self, row: int) -> None:
        """Choose this row, or the nearest one that there is."""
        last = self.model.rowCount() - 1
        self.view.setCurrentIndex(self.model.index(min(max(row, 0), last)))

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.view.setAccessibleName(tr("Waits for your decision"))
        self._count()

    def _count(self) -> None:
        waiting = self.model.rowCount()
        self.count.setText(
            trn("{n} waits for your decision", "{n} wait for your decision", waiting)
        )
        self.counted.emit(waiting)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
