"""Forms and directory: what a coordinator needs to run a survey without a programmer."""

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

FORMS, WAVES, OFFICIALS, BODIES, COMPETENT, CENSUSES, DAYS = range(7)
ROOM = 40  # px beside the words of a chip
TABS = (
    mark("Forms"),
    mark("Waves"),
    mark("Officials"),
    mark("Bodies and partners"),
    mark("Competent bodies"),
    mark("Numbers of people"),
    mark("Working days"),
)


class DirectoryScreen(QWidget):
    """A page for each of TABS, chosen by the chips above; Ctrl+PageDown goes to the next one."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self.forms = FormsPage(desk, jobs)
        self.pages = QStackedWidget()
        self.waves = WavesPage(desk, jobs)
        self.officials = OfficialsPage(desk, jobs)
        self.bodies = BodiesPage(desk, jobs, bodies.ORGANISATION)
        self.competent = BodiesPage(desk, jobs, bodies.COMPETENT)
        self.censuses = CensusesPage(desk, jobs)
        self.days = CalendarPage(desk, jobs)
        for page in (
            *(self.forms, self.waves, self.officials, self.bodies, self.competent),
            *(self.censuses, self.days),
        ):
            self.pages.addWidget(page)
        self.chips = [QPushButton() for _ in TABS]
        group = QButtonGroup(self)
        row = FlowLayout()
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
        self.pages.setCurrentIndex(place)

    def _step(self, by: int) -> None:
        self.go((self.pages.currentIndex() + by) % self.pages.count())
        if (page := self.pages.currentWidget()) is not None:
            page.setFocus()

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
