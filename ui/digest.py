"""One notice of the system in the morning, also while the work is locked: numbers, and no name.

What the coming days ask is read while the file is open, and kept in memory. Being offline is no news.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.actions.digest import Digest
    from desktop.session import Desk
    from sync.change import Change

HOUR = 9  # local: from then on the day is told
LOOK = 5 * 60_000  # ms between looks at the clock
SEEN = 10_000  # ms that the system is asked to show it


class Morning(QObject):
    """For one window. `clock` says the local time."""

    wanted = Signal()  # the notice was pressed

    def __init__(
        self,
        jobs: Jobs,
        frame: QWidget,
        parent: QObject | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._frame, self._clock = jobs, frame, clock
        self._desk: Desk | None = None
        self._ahead: Mapping[date, Digest] = {}
        self._told: date | None = None
        self._stale = True  # something was written since it was read
        self._tray: QSystemTrayIcon | None = None
        self.timer = QTimer(self, interval=LOOK)
        self.timer.timeout.connect(self.tell_if_due)
        jobs.recorded.connect(self._note)

    def begin(self, desk: "Desk") -> None:
        """Somebody has come in, and has this day before their eyes: it is told no more."""
        self._desk, self._told, self._stale = desk, self._clock().date(), True
        self.timer.start()
        self.read()

    def rest(self) -> None:
        """The file is closed; what was read of it is still known."""
        self._desk = None

    def forget(self) -> None:
        """Another person comes, or nobody."""
        self._desk, self._ahead = None, {}
        self.timer.stop()

    def read(self) -> None:
        """What the coming days ask, as it stands now, if anything was written since.

        Of very many records it takes seconds: it holds up neither what is saved nor a search.
        """
        if (desk := self._desk) is not None and self._stale:
            self._stale = False
            work = partial(_forecast, desk, self._clock().date())
            self._jobs.aside(self, work, self._know)

    def tell_if_due(self) -> None:
        """Once a day, from HOUR on, unless the window is in front: then the day is in sight."""
        now = self._clock()
        if self._told == now.date() or now.hour < HOUR:
            return
        self._told = now.date()
        digest = self._ahead.get(now.date())
        words = digest.words() if digest else ""
        if words and not self._frame.isActiveWindow():
            self.post(words)

    def post(self, words: str) -> None:
        """Hand it to the system, where that shows notices."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._frame.windowIcon(), self)
            self._tray.messageClicked.connect(self.wanted)
        self._tray.show()  # an icon that nobody sees cannot speak
        self._tray.showMessage("Dala", words, self._frame.windowIcon(), SEEN)
        QTimer.singleShot(2 * SEEN, self._tray, self._tray.hide)

    def _note(self, changes: "list[Change]") -> None:
        self._stale = self._stale or bool(changes)

    def _know(self, ahead: "Mapping[date, Digest]") -> None:
        self._ahead = ahead


def _forecast(desk: "Desk", on: date) -> "Mapping[date, Digest]":
    from desktop.actions.digest import forecast

    return forecast(desk, on)
