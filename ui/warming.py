"""What screens will need is loaded beforehand, on a thread: the first look at one is as quick as the next.

It begins once the first screen is there and takes one module at a time: what most people open next comes at
once, the rest waits while somebody types. When all is loaded it rests for good, and nobody looks through it for
garbage any more.
"""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui import memory
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.session import Desk

SOON = 100  # ms before each of NEXT: who knows the way clicks within a second
PAUSE = 60  # ms between two of the others
TYPING = 1_500  # ms without a key, after which nobody types
FIRST = "ui.screens.today"  # loaded with the profile
NEXT = (  # what Today leads to; with them comes what all screens of records have in common
    "ui.screens.issues",
    "ui.screens.meetings",
    "ui.screens.any_kind",
)
MODULES = (  # in the order of the sidebar, then what few keys ask for
    FIRST,
    *NEXT,
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
    """Loads `modules` one after the other once it has begun, and before them `soon`, whoever types.

    `touched` tells it of each key.
    """

    def __init__(
        self,
        jobs: Jobs,
        parent: QObject | None = None,
        modules: Sequence[str] = MODULES,
        soon: Sequence[str] = NEXT,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.soon = list(soon)
        self.left: list[Callable[[], object]] = [partial(import_module, one) for one in modules]
        self._works = False
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self._load)

    def begin(self, desk: "Desk") -> None:
        """What is soon to come; the rest as soon as the first screen had time to be read."""
        self._works = True
        self.left.append(partial(_read_ahead, desk))
        self._wait(TYPING)

    def touched(self) -> None:
        """A key was pressed: not now, but for what that key may ask for."""
        if self.timer.isActive() and not self.soon:
            self._wait(TYPING)

    def rest(self) -> None:
        """Nobody works; modules that are left are loaded the next time."""
        self._works = False
        self.timer.stop()
        self.left = [one for one in self.left if _imports(one)]

    def _wait(self, milliseconds: int) -> None:
        if self._works and (self.soon or self.left):
            self.timer.start(SOON if self.soon else milliseconds)
        elif self._works:
            memory.keep()

    def _load(self) -> None:
        if self.soon:
            work: Callable[[], object] = partial(import_module, self.soon.pop(0))
            then = PAUSE if self.soon else TYPING
        else:
            work, then = self.left.pop(0), PAUSE
        self._jobs.aside(self, work, lambda _: self._wait(then))


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
