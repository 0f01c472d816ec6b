"""The public reception: the day as a queue, and the register of all who ever came."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.session import Desk
from sync.language import mark, tr
from sync.records.reception import Reception
from ui.jobs import Jobs
from ui.screens.any_kind import AnyKindScreen
from ui.screens.reception_day import ReceptionDay
from ui.widgets.scrolled import Place

WORDS = (mark("Day"), mark("Register"))
DAY, REGISTER = 0, 1


class ReceptionScreen(QWidget):
    """Two tabs. The register with its forms is made when it is first looked at."""

    other_wanted = Signal(str, object)  # kind, values of a new record on another screen
    record_wanted = Signal(str, object)  # kind, id

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._register: AnyKindScreen | None = None
        self.tabs = QTabBar(expanding=False, drawBase=False)
        for _ in WORDS:
            self.tabs.addTab("")
        self.day = ReceptionDay(desk, jobs)
        self.pages = QStackedWidget()
        self._today = Place()
        self.pages.addWidget(self._today)
        self._today.hold(self.day)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self._turn)
        self.day.record_opened.connect(self._open)
        self.day.register_wanted.connect(self._search)
        turn = QShortcut(QKeySequence("F6"), self, self._other_tab)
        turn.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.day)
        self._retranslate()

    @property
    def shown(self) -> AnyKindScreen:
        """The register, with the whole form of one visitor."""
        if self._register is None:
            screen = self._register = AnyKindScreen(self._desk, self._jobs, Reception.kind)
            screen.other_wanted.connect(self.other_wanted)
            screen.record_wanted.connect(self.record_wanted)
            self.pages.addWidget(screen)
        return self._register

    def open_record(self, id: UUID) -> None:
        """Show one visitor, in the whole form."""
        register = self.shown
        self.tabs.setCurrentIndex(REGISTER)
        register.open_record(id)

    def begin(self, values: dict[str, Any] | None = None) -> None:
        """Begin another one, in the whole form."""
        register = self.shown
        self.tabs.setCurrentIndex(REGISTER)
        register.begin(values)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _open(self, id: UUID | None) -> None:
        if id is None:
            self.begin()
        else:
            self.open_record(id)

    def _search(self) -> None:
        self.tabs.setCurrentIndex(REGISTER)
        self.shown.search()

    def _other_tab(self) -> None:
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())
        (self.day if self.tabs.currentIndex() == DAY else self.shown.list.view).setFocus()

    def _turn(self, at: int) -> None:
        page = self._today if at == DAY else self.shown
        self.pages.setCurrentWidget(page)
        self.setFocusProxy(self.day if at == DAY else self.shown.list.search)

    def _retranslate(self) -> None:
        for at, words in enumerate(WORDS):
            self.tabs.setTabText(at, tr(words))
