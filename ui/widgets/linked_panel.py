"""What belongs to the record on the page and is a record of its own: what names it, and another one."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.actions.linked import begun_from, linking_kinds
from sync.language import tr
from sync.places import Pack
from sync.records import KINDS
from ui.icons import icon
from ui.models.lines import line
from ui.models.record_page import Page
from ui.screens import picture_of
from ui.widgets.cut_button import CutButton
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel, SectionTitle


class LinkedPanel(QWidget):
    """One line for each record that names this one, and a button for another of each kind."""

    chosen = Signal(str, object)  # kind, id
    begun = Signal(str, object)  # kind, its first values

    def __init__(self, kind: str, pack: Pack) -> None:
        super().__init__()
        self._pack = pack
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
        """The records that name this one; nothing for a record that is not saved yet."""
        self._page = page
        self.setVisible(page.row is not None and bool(self.begin_buttons))
        for button in self.lines.values():
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.lines = {row["id"]: self._line(row["kind"], row["id"], row) for row in page.linked}
        self.none.setVisible(not self.lines)

    def _line(self, kind: str, id: UUID, row: dict[str, object]) -> QPushButton:
        told = line(row, self._pack)
        when = told.when.strftime("%d.%m.%Y") if told.when else ""
        words = " · ".join(one for one in (tr(KINDS[kind].label), when, told.title) if one)
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
