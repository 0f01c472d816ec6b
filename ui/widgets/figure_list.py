"""The lines of a report: as bars drawn in a table, or as a table of all figures."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop.actions.figures import Answer
from ui import theme
from ui.models.figure_table import BAR, CHANGE, NAME, FigureTable
from ui.widgets.bars import BarDelegate
from ui.widgets.table_words import WordsDelegate, WordsTable

ROW, LEAST = 36, 7  # px; rows that are seen, their heads one of them: else the page scrolls
NUMBER, CHANGE_WIDTH, BESIDE = 104, 150, 34  # px of a column
NAME_WISH, NAME_LEAST = 220, 130  # with less, no name can be read: then the table scrolls
BAR_LEAST, BAR_MOST = 100, 420


class FigureList(WordsTable):
    """`drawn` is its face. Enter or a double click opens a line."""

    opened = Signal(str)  # the key of a line
    left = Signal()  # Backspace: one step up

    def __init__(self) -> None:
        super().__init__(ROW)
        self.drawn = True
        self.model_ = FigureTable()
        self.model_.setParent(self)
        self.setModel(self.model_)
        self._shown: tuple[Answer, str, bool] | None = None
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(60)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        self._words, self._bars = WordsDelegate(self), BarDelegate(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(theme.grown(ROW * LEAST))
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def show_answer(self, answer: Answer, figure: str, *, earlier: bool) -> None:
        """Replace them; the same line stays chosen, or the first is."""
        chosen = self.model_.line(self.currentIndex().row())
        self._shown = (answer, figure, earlier)
        self._dress()
        keys = [line.key for line in answer.lines]
        self.choose(keys.index(chosen.key) if chosen is not None and chosen.key in keys else 0)

    def turn(self) -> None:
        """Show the other face."""
        row = self.currentIndex().row()
        self.drawn = not self.drawn
        if self._shown is not None:
            self._dress()
            self.choose(row)

    def choose(self, row: int) -> None:
        """Put the cursor on a line."""
        if self.model_.rowCount():
            self.setCurrentIndex(self.model_.index(max(row, 0), 0))

    def fit(self) -> None:
        """Share the width between the names and the bars, then measure the rows anew."""
        columns = self.model_.columns
        if BAR in columns:
            others = (each for each in columns if each not in (BAR, NAME))
            taken = sum(self.columnWidth(columns.index(each)) for each in others)
            room = self.viewport().width() - taken
            bar = max(BAR_LEAST, min(BAR_MOST, room - theme.grown(NAME_WISH)))
            self.setColumnWidth(columns.index(BAR), bar)
            self.setColumnWidth(columns.index(NAME), max(theme.grown(NAME_LEAST), room - bar))
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.fit)  # the view has its width only then

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a line, Backspace leaves the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Backspace:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self.fit)
        super().changeEvent(event)

    def _open(self, row: int) -> None:
        line = self.model_.line(row)
        if line is not None:
            self.opened.emit(line.key)

    def _width(self, at: int, column: str) -> int:
        """Of a column of numbers: as its head needs it."""
        words = str(self.model_.headerData(at, Qt.Orientation.Horizontal))
        head = self.horizontalHeader().fontMetrics().horizontalAdvance(words) + BESIDE
        return max(theme.grown(CHANGE_WIDTH if column == CHANGE else NUMBER), head)

    def _dress(self) -> None:
        assert self._shown is not None
        answer, figure, earlier = self._shown
        self.model_.show_answer(answer, figure, earlier=earlier, drawn=self.drawn)
        head = self.horizontalHeader()
        for at, column in enumerate(self.model_.columns):
            head.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
            self.setItemDelegateForColumn(at, self._bars if column == BAR else self._words)
            self.setColumnWidth(at, self._width(at, column))
        self.setColumnWidth(0, theme.grown(NAME_WISH))
        QTimer.singleShot(0, self, self.fit)
