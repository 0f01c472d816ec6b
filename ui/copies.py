"""Copies of the work that make themselves while one works, and their way back into its place."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from sync.errors import UserError
from sync.language import tr
from ui import messages
from ui.dialogs.copies import CopiesDialog
from ui.dialogs.password import PasswordDialog
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.backups import Backup
    from desktop.folder import Profile
    from desktop.session import Desk

LOOK = 5 * 60_000  # ms between looks whether a copy is due


class Copies(QObject):
    """For one profile; with a desk, copies are made."""

    laid_ready = Signal(str)  # a copy is to take the place of the file; the password that opens it

    def __init__(self, jobs: Jobs, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._window = jobs, window
        self._profile: Profile | None = None
        self._desk: Desk | None = None
        self.timer = QTimer(self, interval=LOOK)
        self.timer.timeout.connect(self.make_if_due)

    def begin(self, profile: "Profile", desk: "Desk") -> None:
        """From now on look from time to time whether a copy is due."""
        self._profile, self._desk = profile, desk
        self.timer.start()

    def rest(self) -> None:
        """The file is closed."""
        self.timer.stop()
        self._desk = None

    def make_if_due(self) -> None:
        """A copy, where the last one is an hour old and something was written."""
        if self._profile is not None and self._desk is not None:
            work = partial(_make_if_due, self._profile, self._desk)
            self._jobs.aside(self, work, lambda _: None, self._say_unmade)

    def show(self, profile: "Profile") -> None:
        """What copies there are, and what may be done with them."""
        self._profile = profile
        dialog = CopiesDialog(makes=self._desk is not None, parent=self._window)
        dialog.make_wanted.connect(lambda: self._make(dialog))
        dialog.folder_chosen.connect(lambda folder: self._list(dialog, folder))
        dialog.restore_wanted.connect(lambda backup: self._ask(dialog, backup))
        self._list(dialog, profile.copies)
        dialog.open()

    def _list(self, dialog: CopiesDialog, folder: Path) -> None:
        self._read(dialog, partial(_listed, folder), dialog.show_copies)

    def _make(self, dialog: CopiesDialog) -> None:
        assert self._profile is not None
        if self._desk is not None:
            work = partial(_make_now, self._profile, self._desk)
            self._read(dialog, work, dialog.show_copies)

    def _ask(self, dialog: CopiesDialog, backup: "Backup") -> None:
        """Nobody puts back another state of the work who could not open it."""
        lead = tr("The password of today, or that of the day of the copy.")
        asking = PasswordDialog(tr("Restore this copy"), lead, dialog)

        def prepare(password: str) -> None:
            from desktop.restoring import prepare

            assert self._profile is not None
            work = partial(prepare, self._profile, backup, password)
            self._jobs.aside(
                asking, work, lambda _: ready(password), lambda no: asking.show_problem(str(no))
            )

        def ready(password: str) -> None:
            asking.accept()
            dialog.accept()
            self.laid_ready.emit(password)

        asking.typed.connect(prepare)
        asking.open()

    def _read(
        self, dialog: CopiesDialog, work: Callable[[], Any], then: Callable[[Any], object]
    ) -> None:
        self._jobs.aside(dialog, work, then, lambda error: dialog.show_problem(str(error)))

    def _say_unmade(self, error: UserError) -> None:
        words = tr("No copy of your work could be made. {reason}").format(reason=error)
        messages.warn(words, about="copies")


def _listed(folder: Path) -> list["Backup"]:
    from desktop.backups import list_backups

    return list_backups(folder)


def _make_now(profile: "Profile", desk: "Desk") -> list["Backup"]:
    from datetime import UTC, datetime

    from desktop.backups import list_backups, make_backup, thin

    make_backup(profile, desk, datetime.now(UTC))
    thin(profile.copies)
    return list_backups(profile.copies)


def _make_if_due(profile: "Profile", desk: "Desk") -> None:
    from datetime import UTC, datetime

    from desktop.backups import is_due

    if is_due(profile, datetime.now(UTC)):
        _make_now(profile, desk)
