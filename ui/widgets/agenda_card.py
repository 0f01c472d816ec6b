"""The agenda of a meeting that goes on: its items in order, the one of now, and one more."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal

from sync.language import mark, tr
from ui.widgets.cards import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.inputs import TextLine
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.word_button import WordButton

LEAST = 120  # px of the list


class AgendaCard(Card):
    """Knows no store: says what was pressed."""

    turned = Signal(int)  # so many items on
    added = Signal(str)

    def __init__(self) -> None:
        super().__init__(mark("Agenda"), "meetings")
        self.items: Sequence[str] = ()
        self.at = 0
        self.now = PlainLabel(role="strong", wrap=True)
        self.list = ListPane(titles=True)
        self.list.setMinimumHeight(LEAST)
        self.item = TextLine()
        self.back_button = WordButton(mark("Item before"), "quiet", "chevron_up", "Shift+F6")
        self.next_button = WordButton(mark("Next item"), "primary", "chevron_down", "F6")
        self.next_button.clicked.connect(lambda _=False: self.turned.emit(1))
        self.back_button.clicked.connect(lambda _=False: self.turned.emit(-1))
        self.item.returnPressed.connect(self._add)
        turning = FlowLayout(spacing=8)
        turning.addWidget(self.next_button)
        turning.addWidget(self.back_button)
        self.add(self.now)
        self.add(turning)
        self.add(self.item)
        self.body.addWidget(self.list, 1)
        self._retranslate()

    def show_items(self, items: Sequence[str], at: int) -> None:
        """Those before `at` are done."""
        self.items, self.at = items, max(0, min(at, len(items) - 1))
        rows = []
        for number, item in enumerate(items):
            sign = "check" if number < self.at else "play" if number == self.at else "dot"
            rows.append(ListRow(number, f"{number + 1}. {item}", icon=sign))
        self.list.show_rows(rows)
        self.list.choose(self.at)
        for part in (self.list, self.back_button, self.next_button):
            part.setVisible(bool(rows))
        self.now.setText(
            tr("Now: {n} of {total}. {item}", n=self.at + 1, total=len(items), item=items[self.at])
            if rows
            else tr("The agenda is empty. Write its first item.")
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "item"):
            self._retranslate()

    def _add(self) -> None:
        if words := self.item.value():
            self.item.set_value(None)
            self.added.emit(words)

    def _retranslate(self) -> None:
        self.item.setPlaceholderText(tr("Add to the agenda: Enter"))
        self.item.setAccessibleName(tr("Add to the agenda: Enter"))
        self.list.setAccessibleName(tr("Agenda"))
        self.show_items(self.items, self.at)
