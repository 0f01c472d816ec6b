"""The last page of an interview: what was answered, and what still needs an answer."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.surveys.names import blackened
from sync.language import mark, tr, trn
from ui.icons import Picture
from ui.models.answer_words import LISTED
from ui.models.walk import Answered, Walk
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.rows import ENTER
from ui.widgets.word_button import WordButton


class SummaryPage(QWidget):
    """Every question with its answer; a click, or Enter on a row, goes back to it."""

    chosen = Signal(str)  # the path of a question

    def __init__(self) -> None:
        super().__init__()
        self._walk: Walk | None = None
        self.final = True  # after saving, nothing can be changed
        self.screened = False  # people are blacked out of what was typed
        self.left = 0  # questions that still need an answer
        self.named: list[str] = []  # the paths of answers in which somebody seems to be named
        self.heading = PlainLabel("", "title", wrap=True)
        self.below = PlainLabel("", "muted", wrap=True)
        self.people = PlainLabel("", wrap=True)
        self.change_button = WordButton(mark("Change this answer"), icon="edit", keys="F7")
        self.change_button.clicked.connect(self.change)
        self._notice = QFrame()
        self._notice.setProperty("notice", "warning")
        self.list = _AllRows()
        self.list.opened.connect(lambda key: self.chosen.emit(str(key)))
        self.list.clicked.connect(lambda index: self.chosen.emit(self.list.key_at(index.row())))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.heading)
        layout.addWidget(self.below)
        layout.addWidget(self._notice)
        layout.addWidget(self.list)
        layout.addStretch(1)
        row = QHBoxLayout(self._notice)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(Picture("warning", "warning"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.people, 1)
        row.addWidget(self.change_button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_walk(self, walk: Walk) -> None:
        """The answers as they stand."""
        self._walk = walk
        lines = walk.summary()
        names = {
            path: walk.instance(path).words()
            for path in {line.around for line in lines if line.around}
        }
        kept = {line.node.path: self._kept(line) for line in lines}
        self.named = [line.node.path for line in lines if kept[line.node.path] != line.words]
        self._show_named()
        self.list.show_rows(
            [
                _row(line, names.get(line.around, ""), kept[line.node.path], self.named)
                for line in lines
            ]
        )
        self.left = len(walk.left())
        self.heading.setText(tr("Please look over the answers"))
        self.below.setText(
            trn(
                "{n} question still needs an answer.",
                "{n} questions still need an answer.",
                self.left,
            )
            if self.left
            else self._done()
        )

    def _kept(self, line: Answered) -> str:
        """An answer as it will be kept."""
        typed = self.screened and line.node.kind not in LISTED
        return blackened(line.words) if typed else line.words

    def _show_named(self) -> None:
        self._notice.setVisible(bool(self.named))
        self.people.setText(
            trn(
                "{n} answer seems to tell who somebody is (a name, a phone, a number). It is kept as below, "
                "with ▇▇▇ instead. Enter leaves it so, F7 changes the answer.",
                "{n} answers seem to tell who somebody is (a name, a phone, a number). They are kept as "
                "below, with ▇▇▇ instead. Enter leaves it so, F7 changes the first one.",
                len(self.named),
            )
        )

    def change(self) -> None:
        """To the first answer in which somebody seems to be named."""
        if self.named:
            self.chosen.emit(self.named[0])

    def _done(self) -> str:
        if self.final:
            return tr("Everything is answered. After saving, nothing can be changed.")
        return tr("Everything is answered.")

    def enter(self, *, last: bool) -> None:
        """An arrow: into the rows."""
        self.list.setFocus()
        if not self.list.currentIndex().isValid():
            self.list.step(len(self.list.rows.rows) if last else 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._walk is not None:
            self.show_walk(self._walk)
        super().changeEvent(event)


class _AllRows(ListPane):
    """As high as all its rows: the page around it scrolls. Only what is seen is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: list[ListRow]) -> None:  # type: ignore[override]  # a list is enough
        super().show_rows(rows)
        self._grow()

    def key_at(self, row: int) -> str:
        """The path of the question in a row."""
        return str(self.rows.rows[row].key)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row; Backspace is the interview's."""
        if event.key() in ENTER and self.currentIndex().isValid():
            self.opened.emit(self.current_key())
        elif event.key() == Qt.Key.Key_Backspace:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _grow(self) -> None:
        high = self.sizeHintForRow(0) if self.rows.rows else 0
        self.setFixedHeight(high * len(self.rows.rows) + 2 * self.frameWidth() + 4)


def _row(line: Answered, instance: str, kept: str, named: list[str]) -> ListRow:
    badge, tone = "", "neutral"
    if not line.node.valid:
        badge, tone = tr("Needs an answer"), "danger"
    elif line.node.path in named:
        badge, tone = tr("Blacked out"), "warning"
    return ListRow(
        key=line.node.path,
        title=kept or tr("No answer"),
        below=line.node.label,
        when=instance,
        badge=badge,
        tone=tone,
        badge_icon="warning" if badge else "",
    )
