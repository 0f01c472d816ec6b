"""Kinds that belong together on one screen: a tab for each, made when it is looked at."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.session import Desk
from sync.language import tr
from sync.records import KINDS
from ui.jobs import Jobs
from ui.screens.any_kind import AnyKindScreen
from ui.widgets.scrolled import Place


class KindsTogether(QWidget):
    """What is asked of it goes to the kind that is shown; `show_kind` brings one to the front."""

    other_wanted = Signal(str, object)  # kind, values of a new record, perhaps of another screen
    record_wanted = Signal(str, object)  # kind, id

    def __init__(self, desk: Desk, jobs: Jobs, kinds: Sequence[str]) -> None:
        super().__init__()
        self._desk, self._jobs, self.kinds = desk, jobs, tuple(kinds)
        self._made: dict[str, AnyKindScreen] = {}
        self.tabs = QTabBar(expanding=False, drawBase=False)
        for _ in self.kinds:
            self.tabs.addTab("")
        self.pages = QStackedWidget()
        self._places = {kind: Place() for kind in self.kinds}
        for place in self._places.values():
            self.pages.addWidget(place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self._turn)
        self._retranslate()
        self._turn(0)

    @property
    def shown(self) -> AnyKindScreen:
        """The screen of the kind whose tab is in front."""
        return self._made[self.kinds[self.tabs.currentIndex()]]

    def show_kind(self, kind: str) -> None:
        """Bring the tab of a kind to the front."""
        self.tabs.setCurrentIndex(self.kinds.index(kind))

    def open_record(self, id: UUID) -> None:
        """Show one record of the kind in front."""
        self.shown.open_record(id)

    def begin(self, values: dict[str, Any] | None = None) -> None:
        """Begin another one of the kind in front."""
        self.shown.begin(values)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _turn(self, at: int) -> None:
        kind = self.kinds[at]
        if kind not in self._made:
            screen = self._made[kind] = AnyKindScreen(self._desk, self._jobs, kind)
            screen.other_wanted.connect(self.other_wanted)
            screen.record_wanted.connect(self.record_wanted)
            self._places[kind].hold(screen)
        self.pages.setCurrentWidget(self._places[kind])

    def _retranslate(self) -> None:
        for at, kind in enumerate(self.kinds):
            self.tabs.setTabText(at, tr(KINDS[kind].several))
