"""What screens will need is loaded beforehand, on a thread: the first look at one is as quick as the next.

It begins once the first screen is there, takes one module at a time, and waits while somebody types. When
all is loaded it rests for good.
"""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.session import Desk

PAUSE = 60  # ms between two modules
TYPING = 1_500  # ms without a key, after which nobody types
FIRST = "ui.screens.today"  # loaded with the profile
MODULES = (  # in the order of the sidebar, then what few keys ask for
    FIRST,
    "ui.screens.meetings",
    "ui.screens.issues",
    "ui.screens.any_kind",
    "ui.screens.kinds_together",
    "ui.screens.reception",
    "ui.screens.surveys",
    "ui.screens.filled_forms",
    "desktop.surveys.xform",
    "desktop.actions.ratings",
    "ui.screens.ratings",
    "ui.screens.quality",
    "ui.screens.review",
    "ui.screens.duplicates",
    "ui.screens.overdue",
    "ui.screens.figures",
    "ui.maps.view",
    "ui.screens.map",
    "ui.screens.waves",
    "ui.screens.directory",
    "ui.screens.reports",
    "ui.screens.officer",
    "ui.screens.sync_state",
    "ui.screens.who_looked",
    "desktop.actions.search",
    "ui.models.found",
    "ui.history",
    "ui.bulk",
    "ui.dialogs.help",
    "desktop.actions.duplicates",
    "desktop.actions.filled_forms",
    "ui.screens.import_page",
    "ui.pdf_pages",
    "ui.overdue_exports",
    "ui.figure_exports",
    "ui.map_exports",
    "ui.rating_exports",
)


class Warming(QObject):
    """Loads `modules` one after the other once it has begun. `touched` tells it of each key."""

    def __init__(
        self, jobs: Jobs, parent: QObject | None = None, modules: Sequence[str] = MODULES
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.left: list[Callable[[], object]] = [partial(import_module, one) for one in modules]
        self._works = False
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self._load)

    def begin(self, desk: "Desk") -> None:
        """As soon as the first screen had time to be read, and nobody types."""
        self._works = True
        self.left.append(partial(_read_ahead, desk))
        self._wait(TYPING)

    def touched(self) -> None:
        """A key was pressed: not now."""
        if self.timer.isActive():
            self._wait(TYPING)

    def rest(self) -> None:
        """Nobody works; modules that are left are loaded the next time."""
        self._works = False
        self.timer.stop()
        self.left = [one for one in self.left if _imports(one)]

    def _wait(self, milliseconds: int) -> None:
        if self.left and self._works:
            self.timer.start(milliseconds)

    def _load(self) -> None:
        self._jobs.aside(self, self.left.pop(0), self._loaded)

    def _loaded(self, _: object) -> None:
        self._wait(PAUSE)


def _imports(work: Callable[[], object]) -> bool:
    return isinstance(work, partial) and work.func is import_module


def _read_ahead(desk: "Desk") -> None:
    """What is read once, and takes the window's thread too long: outlines, names in order, words."""
    from desktop.maps.outlines import plan_of
    from sync.person import REGION
    from sync.political import political

    plan_of(desk.pack)
    own = desk.person.district
    desk.pack.places(None if own == REGION else own)
    desk.pack.search("а")
    political("")
