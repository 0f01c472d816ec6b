"""A list of ratings: as intervals drawn in a table, or as a table of all their numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop.actions.rating_columns import Part
from desktop.actions.rating_views import Line, View
from ui import theme
from ui.models.rating_table import CHART, INTERVAL, MOVE, RatingTable
from ui.widgets.intervals import Inks, IntervalDelegate, ScaleHeader
from ui.widgets.table_words import WordsDelegate, WordsTable

ROW, LEAST = 44, 6  # px; rows that are seen, their heads one of them: else the page scrolls
NUMBER, BESIDE = 76, 26  # px of a number at least; beside the words of a head
WIDTHS = {INTERVAL: 118}  # px: they grow with the type
WORDS = {Part.NAME: 260, Part.STATUS: 150, MOVE: 170, Part.VERDICT: 150, Part.WHY: 420}  # broken
CHART_WIDTH, CHART_LEAST = 330, 170  # px: the drawing gives its room to large words
NAME_WISH, NAME_LEAST = 190, 130  # px; with less, no name can be read: then the table scrolls


class RatingList(WordsTable):
    """`drawn` is its face. Enter or a double click opens a line."""

    opened = Signal(object)  # a View
    left = Signal()  # Backspace: one step up

    def __init__(self) -> None:
        super().__init__(ROW)
        self.drawn = True
        self.model_ = RatingTable()
        self.model_.setParent(self)
        self.setModel(self.model_)
        self._view: View | None = None
        self._lines: list[Line] = []
        self._head = ScaleHeader(inks, self)
        self.setHorizontalHeader(self._head)
        self._head.setHighlightSections(False)
        self._head.setMinimumSectionSize(60)
        self._head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        self._words, self._intervals = WordsDelegate(self), IntervalDelegate(inks, self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(theme.grown(ROW * LEAST))
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def show_lines(self, view: View, lines: Sequence[Line]) -> None:
        """Replace them; the first one is chosen, or that with the same figure as before."""
        chosen = self.model_.line(self.currentIndex().row())
        self._view, self._lines = view, list(lines)
        self._dress()
        cells = [line.rating.cell for line in lines]
        same = chosen is not None and chosen.rating.cell in cells
        self.choose(cells.index(chosen.rating.cell) if same and chosen is not None else 0)

    def turn(self) -> None:
        """Show the other face."""
        row = self.currentIndex().row()
        self.drawn = not self.drawn
        if self._view is not None:
            self._dress()
            self.choose(row)

    def choose(self, row: int) -> None:
        """Put the cursor on a line."""
        if self.model_.rowCount():
            self.setCurrentIndex(self.model_.index(max(row, 0), 0))

    def fit(self) -> None:
        """Share the width between the words and the drawing, then measure the rows anew."""
        columns = self.model_.columns
        if CHART in columns:
            others = (each for each in columns if each not in (CHART, Part.NAME))
            taken = sum(self.columnWidth(columns.index(each)) for each in others)
            room = self.viewport().width() - taken
            chart = max(CHART_LEAST, min(CHART_WIDTH, room - theme.grown(NAME_WISH)))
            self.setColumnWidth(columns.index(CHART), chart)
            name = max(theme.grown(NAME_LEAST), room - chart)
            self.setColumnWidth(columns.index(Part.NAME), name)
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

    def _width(self, at: int, column: str) -> int:
        """Words are broken, but no word is."""
        if column not in WORDS:
            return self._number_width(at, column)
        cells = (str(self.model_.index(row, at).data()) for row in range(self.model_.rowCount()))
        words = {word for cell in cells for word in cell.split()}
        longest = max(map(self.fontMetrics().horizontalAdvance, words), default=0)
        return max(WORDS[column], longest + BESIDE)

    def _number_width(self, at: int, column: str) -> int:
        words = self.model_.headerData(at, Qt.Orientation.Horizontal)
        head = self._head.fontMetrics().horizontalAdvance(str(words)) + BESIDE
        return max(theme.grown(WIDTHS.get(column, NUMBER)), head)

    def _open(self, row: int) -> None:
        line = self.model_.line(row)
        if line is not None and line.into is not None:
            self.opened.emit(line.into)

    def _dress(self) -> None:
        assert self._view is not None
        self.model_.show_lines(self._view, self._lines, drawn=self.drawn)
        self._head.drawn = None
        for at, column in enumerate(self.model_.columns):
            self._head.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
            delegate = self._intervals if column == CHART else self._words
            self.setItemDelegateForColumn(at, delegate)
            self.setColumnWidth(at, self._width(at, column))
            if column == CHART:
                self._head.drawn = at
        QTimer.singleShot(0, self, self.fit)


def inks() -> Inks:
    """The colours of the scheme that is shown now."""
    return Inks(
        grid=QColor(theme.colour("line")),
        firm=QColor(theme.colour("accent")),
        faint=QColor(theme.colour("warning")),
        model=QColor(theme.colour("info")),
        before=QColor(theme.colour("muted")),
        ground=QColor(theme.colour("surface")),
        chosen=QColor(theme.colour("selection")),
        words=QColor(theme.colour("muted")),
    )
