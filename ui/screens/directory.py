"""Forms and directory: what a coordinator needs to run a survey without a programmer."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import bodies
from desktop.session import Desk
from sync.language import mark, tr
from ui import fonts, theme
from ui.jobs import Jobs
from ui.screens.bodies import BodiesPage
from ui.screens.calendar import CalendarPage
from ui.screens.censuses import CensusesPage
from ui.screens.forms import FormsPage
from ui.screens.officials import OfficialsPage
from ui.screens.waves import WavesPage
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scrolled import Place

FORMS, WAVES, OFFICIALS, BODIES, COMPETENT, CENSUSES, DAYS = range(7)
ROOM = 30  # px beside the words of a chip
TABS = (
    mark("Forms"),
    mark("Waves"),
    mark("Officials"),
    mark("Bodies and partners"),
    mark("Competent bodies"),
    mark("Population"),
    mark("Calendar"),
)


MAKE: tuple[Callable[[Desk, Jobs], QWidget], ...] = (
    FormsPage,
    WavesPage,
    OfficialsPage,
    partial(BodiesPage, kind=bodies.ORGANISATION),
    partial(BodiesPage, kind=bodies.COMPETENT),
    CensusesPage,
    CalendarPage,
)


class DirectoryScreen(QWidget):
    """A page for each of TABS, made when it is first chosen by the chips above; Ctrl+PageDown goes to the next one."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self.pages = QStackedWidget()
        for _ in TABS:
            self.pages.addWidget(Place())
        self.chips = [QPushButton() for _ in TABS]
        group = QButtonGroup(self)
        row = FlowLayout(spacing=6)
        around = QVBoxLayout()
        around.setContentsMargins(24, 4, 24, 8)
        around.addLayout(row)
        for place, chip in enumerate(self.chips):
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setAutoDefault(True)
            chip.clicked.connect(partial(self.go, place))
            group.addButton(chip)
            row.addWidget(chip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(around)
        layout.addWidget(self.pages, 1)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self, partial(self._step, by))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()
        self.go(FORMS)

    def go(self, place: int, _: bool = False) -> None:
        """Bring a page to the front."""
        self.chips[place].setChecked(True)
        self.page(place)
        self.pages.setCurrentIndex(place)

    def page(self, place: int) -> QWidget:
        """The page of this place, made now if it was not yet."""
        where = self.pages.widget(place)
        assert isinstance(where, Place)
        return where.page or where.hold(MAKE[place](self._desk, self._jobs))

    def _step(self, by: int) -> None:
        self.go((self.pages.currentIndex() + by) % self.pages.count())
        self.page(self.pages.currentIndex()).setFocus()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        for chip, words in zip(self.chips, TABS, strict=True):
            chip.setText(tr(words))
            bold = QFontMetrics(fonts.text_font(theme.size("body"), QFont.Weight.DemiBold))
            chip.setMinimumWidth(
                bold.horizontalAdvance(chip.text()) + ROOM
            )  # the chosen one is bold

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
