"""One reason to ask: in words, of no colour, with what it is made of below when it is asked for."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QEvent, Qt
from PySide6.QtWidgets import QHeaderView, QPushButton

from sync.language import tr
from ui import theme
from ui.icons import icon
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.table_words import WordsTable

ROW, MOST = 34, 12  # px of a line; lines that are seen at once: longer tables scroll


class FlagCard(Card):
    """`whose` is how people call the one; `made_of` makes the table, the first time it is shown.

    `shown`, `hidden`: what the button says, English and marked. `wide`: the table has many columns.
    """

    def __init__(
        self,
        whose: str,
        text: str,
        made_of: Callable[[], QAbstractTableModel],
        words: tuple[str, str],
        *,
        wide: bool = False,
    ) -> None:
        super().__init__()
        self._made_of, self._words, self._wide = made_of, words, wide
        self.table: WordsTable | None = None
        self.whose, self.text = PlainLabel(whose, "strong"), PlainLabel(text, wrap=True)
        self.button = QPushButton()
        self.button.setProperty("kind", "quiet")
        self.button.clicked.connect(self.toggle)
        self.add(self.whose)
        self.add(self.text)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._say()

    def toggle(self) -> None:
        """Show what it is made of, or hide it again."""
        if self.table is None:
            self.table = self._make()
            self.add(self.table)
            self.table.show()
        else:
            self.table.setVisible(self.table.isHidden())
        self._say()

    def _make(self) -> WordsTable:
        table, model = WordsTable(ROW), self._made_of()
        model.setParent(table)
        table.setModel(model)
        table.setAccessibleName(self.whose.text())
        lines = min(MOST, model.rowCount()) + 1
        bar = table.horizontalScrollBar().sizeHint().height() if self._wide else 0
        table.verticalHeader().setDefaultSectionSize(theme.grown(ROW))
        table.setFixedHeight(lines * theme.grown(ROW) + bar + 4)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        if self._wide:
            head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            table.resizeColumnsToContents()
        else:
            head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return table

    def _say(self) -> None:
        open_ = self.table is not None and not self.table.isHidden()
        self.button.setText(tr(self._words[open_]))
        self.button.setIcon(icon("chevron_up" if open_ else "chevron_down", "muted"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
