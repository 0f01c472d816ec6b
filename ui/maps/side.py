"""Beside the map: its places as a list, and the records of the one that was opened."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions.figures import MOST
from desktop.actions.records import Row
from desktop.actions.titles import title
from sync.language import tr, trn
from sync.places import Pack
from sync.records import KINDS
from ui.dates import plain_day
from ui.icons import icon
from ui.models.lines import below
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.tips import tip


class MapSide(QWidget):
    """Which of both is seen; where one is; the way back."""

    left = Signal()  # one step up is wanted

    def __init__(self) -> None:
        super().__init__()
        self.places, self.records = ListPane(), ListPane()
        self.back_button = QPushButton()
        self.where, self.behind = (PlainLabel("", role, wrap=True) for role in ("strong", "hint"))
        self.pages = QStackedWidget()
        for page in (self.places, self.records):
            self.pages.addWidget(page)
            page.left.connect(self.left)
        self.back_button.setIcon(icon("chevron_left", "accent"))
        self.back_button.setAutoDefault(False)
        self.back_button.clicked.connect(self.left)
        words, head, layout = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        words.setSpacing(2)
        words.addWidget(self.where)
        words.addWidget(self.behind)
        head.setSpacing(8)
        head.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        layout.setContentsMargins(12, 8, 8, 12)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)

    @property
    def within(self) -> bool:
        """Whether the records of a place are seen."""
        return self.pages.currentWidget() is self.records

    def show_places(self, where: str, behind: str, *, back: bool) -> None:
        """Turn to the places."""
        self.pages.setCurrentWidget(self.places)
        self._tell(where, behind, back=back)

    def show_records(self, where: str, what: str, rows: Sequence[Row], pack: Pack) -> None:
        """Turn to the records of a place; the one chosen stays, or the first is."""
        listed = [_line(row, pack) for row in rows]
        self.records.show_rows(listed)
        if self.records.current_key() is None and listed:
            self.records.choose(listed[0].key)
        self.pages.setCurrentWidget(self.records)
        told = trn("{n} record", "{n} records", len(rows))
        if len(rows) == MOST:
            told = tr("the first {n} records", n=MOST)
        self._tell(where, f"{what} · {told}", back=True)

    def point_at(self, key: object) -> str:
        """Choose a place; what a screen reader says of it."""
        self.places.choose(key)
        return next((row.said for row in self.places.rows.rows if row.key == key), "")

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.back_button.setAccessibleName(tr("Back"))
        self.back_button.setToolTip(tip(tr("Back (Backspace)")))
        self.places.setAccessibleName(tr("Places of the map"))
        self.records.setAccessibleName(tr("Records"))

    def _tell(self, where: str, behind: str, *, back: bool) -> None:
        self.where.setText(where)
        self.behind.setText(behind)
        self.back_button.setVisible(back)


def _line(row: Row, pack: Pack) -> ListRow:
    day = row.get(KINDS[row["kind"]].dated_by)
    when = plain_day(day) if isinstance(day, date) else ""
    return ListRow((row["kind"], row["id"]), title(row), below(row, pack), when)
