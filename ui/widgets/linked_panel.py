"""What belongs to the record on the page and is a record of its own: what it names, what names it, and another one."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.actions.linked import begun_from, linking_kinds
from desktop.actions.records import Row
from sync.language import tr
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import fields
from ui.icons import icon
from ui.models.lines import line
from ui.models.record_page import Page
from ui.screens import picture_of, screen_of
from ui.widgets.cut_button import CutButton
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel, SectionTitle


class LinkedPanel(QWidget):
    """One line for each record that this one names or that names it, and a button for another of each kind."""

    chosen = Signal(str, object)  # kind, id
    begun = Signal(str, object)  # kind, its first values

    def __init__(self, kind: str, pack: Pack) -> None:
        super().__init__()
        self._kind, self._pack = kind, pack
        self._page: Page | None = None
        self.lines: dict[UUID, QPushButton] = {}
        self.heading = SectionTitle("")
        self.none = PlainLabel(role="hint", wrap=True)
        self.begin_buttons = {other: self._begin_button(other) for other, _ in linking_kinds(kind)}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        buttons = FlowLayout(spacing=8)
        for button in self.begin_buttons.values():
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.heading, self.none):
            layout.addWidget(widget)
        layout.addLayout(self._rows)
        layout.addLayout(buttons)
        self._retranslate()

    def show_page(self, page: Page) -> None:
        """The records that it names, and that name it; nothing for a record that is not saved yet."""
        self._page = page
        for button in self.lines.values():
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.lines = dict(self._named(page))
        self.lines |= {
            row["id"]: self._line(row["kind"], row["id"], self._words(row)) for row in page.linked
        }
        self.none.setVisible(not self.lines)
        self.setVisible(page.row is not None and bool(self.begin_buttons or self.lines))

    def _named(self, page: Page) -> Iterator[tuple[UUID, QPushButton]]:
        """The way back: where it came from, and what it is about."""
        row = page.row or {}
        for field in fields(KINDS[self._kind]):
            if row.get(field.name) and field.link and screen_of(field.link):
                id = UUID(str(row[field.name]))
                title = dict(page.links.get(field.name, ())).get(str(id), "")
                words = f"{field.words()}: {title}" if title else field.words()
                yield id, self._line(field.link, id, words)

    def _words(self, row: Row) -> str:
        told = line(row, self._pack)
        when = told.when.strftime("%d.%m.%Y") if told.when else ""
        kind = KINDS[row["kind"]]
        return " · ".join(one for one in (tr(kind.label), when, told.title) if one)

    def _line(self, kind: str, id: UUID, words: str) -> QPushButton:
        button = CutButton(icon(picture_of(kind), "muted"), words)
        button.setProperty("kind", "quiet")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.chosen.emit(kind, id))
        self._rows.addWidget(button)
        return button

    def _begin_button(self, kind: str) -> QPushButton:
        button = QPushButton()
        button.setIcon(icon("add"))
        button.clicked.connect(partial(self._begin, kind))
        return button

    def _begin(self, kind: str) -> None:
        if self._page is not None and self._page.row is not None:
            self.begun.emit(kind, begun_from(self._page.row, kind))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._page is not None:
                self.show_page(self._page)
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.heading.setText(tr("Belongs to it"))
        self.none.setText(tr("Nothing yet."))
        for kind, button in self.begin_buttons.items():
            button.setText(tr(KINDS[kind].another))
