"""Search in everything, by Ctrl+K: what can be done, and records, as somebody types."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sync.language import mark, tr
from sync.vocabulary import choices
from ui.dialogs.tall import fitting
from ui.icons import icon
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.search_inputs import ChoiceInput
from ui.widgets.text_inputs import TextLine

PAUSE = 120  # ms after a key of somebody who types quickly, in which another one may come
PERIODS = {"30": mark("Last 30 days"), "90": mark("Last 90 days"), "365": mark("Last year")}
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchDialog(QDialog):
    """Keys go to the words; up and down to the rows, Enter opens the one that is marked.

    `typed(words)`: after each key. `asked(words)`: at once where keys come slowly, else a
    moment after the last one; and when what it is narrowed to has changed.
    """

    typed = Signal(str)
    asked = Signal(str)
    opened = Signal(object)  # the key of a row: the dialog goes

    def __init__(
        self,
        kinds: Mapping[str, str],
        districts: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Search everywhere"))
        self.setMinimumSize(fitting(self, 480, 360))
        self.resize(fitting(self, 680, 560))
        self.words = TextLine()
        self.words.setPlaceholderText(tr("Words, a number, a phone, a day, or what to do"))
        self.words.setAccessibleName(tr("Search everywhere"))
        self.words.addAction(icon("search", "muted"), TextLine.ActionPosition.LeadingPosition)
        self.words.setClearButtonEnabled(True)
        self.kind = ChoiceInput(list(kinds.items()))
        self.district = ChoiceInput(list(districts.items()))
        self.period = ChoiceInput([(days, tr(words)) for days, words in PERIODS.items()])
        self.state = ChoiceInput([(one.key, one.words()) for one in choices("review_state")])
        self.list = ListPane()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(tr("What was found"))
        self.note = PlainLabel("", "muted", wrap=True)
        self._first: Sequence[ListRow] = ()
        self._found: Sequence[ListRow] = ()
        self._waits = False  # for what was found by the words that stand there
        self._since_key = QElapsedTimer()
        self._since_key.start()
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.ask)
        self.words.textEdited.connect(self._edited)
        self.words.installEventFilter(self)
        for filter, words in self._filters(len(districts) > 1):
            filter.setPlaceholderText(words)
            filter.setAccessibleName(words)
            filter.changed.connect(self.ask)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda _: self._open(self.list.current_key()))
        self._lay_out(len(districts) > 1)
        self.show_rows([])

    def ask(self) -> None:
        """Ask for what stands there now."""
        self._soon.stop()
        self._waits = True
        self.asked.emit(self.words.text())

    def since(self, today: date) -> date | None:
        """The first day that counts, where a period was chosen."""
        days = self.period.value()
        return today - timedelta(days=int(days)) if days else None

    def show_first(self, first: Sequence[ListRow]) -> None:
        """What can be done by the words as they stand; below it still what was found by those before."""
        if list(first) != list(self._first):
            self._show(first, self._found)
        if first:
            self.note.hide()  # it was about the words before

    def show_rows(
        self, found: Sequence[ListRow], note: str = "", first: Sequence[ListRow] = ()
    ) -> None:
        """What can be done, and what was found; the first row is marked."""
        self._waits = self._soon.isActive()
        self._show(first, found)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _show(self, first: Sequence[ListRow], found: Sequence[ListRow]) -> None:
        self._first, self._found = first, found
        rows = [*first, *found]
        # before a word there are no records: nothing stands below a title
        self.list.titles = not self.words.text().strip()
        self.list.show_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.list.rows.index(0))
        self.list.scrollToTop()

    def _edited(self, words: str) -> None:
        self._waits = True
        quick = self._since_key.restart() < PAUSE
        self.typed.emit(words)
        if quick or len(words.strip()) < 2:
            self._soon.start()  # the next one comes as soon
        else:
            self.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that walk through the rows while the cursor stays in the words."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if (by := STEPS.get(Qt.Key(event.key()))) is not None:
                self.list.step(by)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                at = self.list.currentIndex().row()
                if self._waits and not 0 <= at < len(self._first):
                    self.ask()
                else:
                    self._open(self.list.current_key())
                return True
        return super().eventFilter(watched, event)

    def _open(self, key: Any) -> None:
        if key is not None:
            self.accept()
            self.opened.emit(key)

    def _filters(self, several: bool) -> list[tuple[ChoiceInput, str]]:
        found = [(self.kind, tr("Of any kind"))]
        if several:
            found.append((self.district, tr("In any district")))
        return [*found, (self.period, tr("At any time")), (self.state, tr("In any state"))]

    def _lay_out(self, several: bool) -> None:
        across = QHBoxLayout()
        across.setSpacing(8)
        for filter, _ in self._filters(several):
            across.addWidget(filter, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.words)
        layout.addLayout(across)
        layout.addWidget(self.note)
        layout.addWidget(self.list, 1)
