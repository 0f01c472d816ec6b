"""The left side of the review queue: how many wait, and the list of them."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from sync.language import mark, tr, trn
from ui.models.queue import QueueModel, Waiting
from ui.widgets.labels import PlainLabel
from ui.widgets.queue_rows import QueueRows
from ui.widgets.word_button import WordButton

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
        self.count.setContentsMargins(16, 6, 8, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.together_button = WordButton(mark("Several at once…"), keys="Ctrl+B")
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 12, 4)
        head.addWidget(self.count, 1)
        head.addWidget(self.together_button)
        column.addLayout(head)
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
        self.together_button.setVisible(waiting > 1)
        self.counted.emit(waiting)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
