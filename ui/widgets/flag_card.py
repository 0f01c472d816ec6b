"""Reasons to ask after somebody's work: in words, of no colour, with what each is made of below."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, Qt
from PySide6.QtWidgets import QHeaderView, QPushButton, QVBoxLayout, QWidget

from sync.language import tr
from ui import theme
from ui.icons import icon
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.table_words import WordsTable

ROW, MOST = 34, 20  # px of a line; lines that are seen at once: longer tables scroll
WIDTH = 640  # px: numbers further apart are not compared at a glance

MadeOf = Callable[[], QAbstractTableModel]  # asked when it is to be shown first


class Reason(QWidget):
    """One of them. `words` are on its button, English and marked: to show, to hide.

    `wide`: the table has many columns, and scrolls.
    """

    def __init__(
        self, text: str, made_of: MadeOf, words: tuple[str, str], *, wide: bool = False
    ) -> None:
        super().__init__()
        self._made_of, self._words, self._wide = made_of, words, wide
        self.table: WordsTable | None = None
        self.text = PlainLabel(text, wrap=True)
        self.button = QPushButton()
        self.button.setProperty("kind", "quiet")
        self.button.clicked.connect(self.toggle)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.text)
        self._layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._say()

    def toggle(self) -> None:
        """Show what it is made of, or hide it again."""
        if self.table is None:
            self.table = self._make()
            self._layout.addWidget(self.table)
            self.table.show()
        else:
            self.table.setVisible(self.table.isHidden())
        self._say()

    def _make(self) -> WordsTable:
        table, model = WordsTable(ROW), self._made_of()
        model.setParent(table)
        table.setModel(model)
        table.setAccessibleName(self.text.text())
        lines = min(MOST, model.rowCount()) + 1
        bar = table.horizontalScrollBar().sizeHint().height() if self._wide else 0
        table.verticalHeader().setDefaultSectionSize(theme.grown(ROW))
        table.setFixedHeight(lines * theme.grown(ROW) + bar + 8)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        if self._wide:
            table.resizeColumnsToContents()
        else:
            table.setMaximumWidth(round(WIDTH * theme.scale()))
            head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _say(self) -> None:
        open_ = self.table is not None and not self.table.isHidden()
        self.button.setText(tr(self._words[open_]))
        self.button.setIcon(icon("chevron_up" if open_ else "chevron_down", "muted"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)


class FlagCard(Card):
    """All reasons about one, by the name that people call it. They are not added up."""

    def __init__(self, whose: str, reasons: Sequence[Reason]) -> None:
        super().__init__()
        self.whose, self.reasons = PlainLabel(whose, "strong"), reasons
        self.add(self.whose)
        for reason in reasons:
            self.add(reason)
