"""What was said about a file, as a table that is as high as its rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop.surveys.messages import Message
from ui import theme
from ui.models.verdict_table import GRAVITY, WHERE, WORDS, VerdictTable
from ui.widgets.table_words import WordsDelegate, WordsTable

ROW = 40  # px: of the table at least
WIDTHS = {GRAVITY: 128, WHERE: 200}  # px: they grow with the type
MOST_ROWS = 8  # seen at once; more scroll in the table


class VerdictList(WordsTable):
    """Shown only while there is something to be said."""

    def __init__(self) -> None:
        super().__init__(ROW)
        self.verdicts = VerdictTable()
        self._fitting = False
        self.setModel(self.verdicts)
        self.setItemDelegate(WordsDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
        head.sectionResized.connect(lambda *_: self._resized())
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, theme.grown(width))

    def show_messages(self, messages: Sequence[Message]) -> None:
        """Replace what is said."""
        self.verdicts.show_messages(messages)
        self.setVisible(bool(messages))

    def fit(self) -> None:
        """As high as its rows, up to some: the page scrolls the rest."""
        self.resizeRowsToContents()
        rows = min(self.verdicts.rowCount(), MOST_ROWS)
        high = sum(self.rowHeight(row) for row in range(rows))
        self.setFixedHeight(high + self.horizontalHeader().height() + 4)

    def _resized(self) -> None:
        if not self._fitting:  # higher rows may bring a scroll bar, and that a narrower column
            self._fitting = True
            self.fit()
            self._fitting = False
