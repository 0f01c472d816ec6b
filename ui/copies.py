"""Copies of the work that make themselves while one works, and their way back into its place."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from sync.errors import Stopped, UserError
from sync.language import tr
from ui import copying, messages
from ui.dialogs.copies import CopiesDialog
from ui.dialogs.restore_copy import RestoreDialog
from ui.how_far import HowFar
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.backups import Backup
    from desktop.folder import Profile
    from desktop.repair import Repair
    from desktop.session import Desk

LOOK = 5 * 60_000  # ms between looks whether a copy is due
REMIND = timedelta(days=1)  # between two reminders of the second place


class Copies(QObject):
    """For one profile; with a desk, copies are made."""

    # a copy is to take the place of the file: the password that opens it, and the recovery code
    # that was made, or ""
    laid_ready = Signal(str, str)

    def __init__(self, jobs: Jobs, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._window = jobs, window
        self._profile: Profile | None = None
        self._desk: Desk | None = None
        # what runs or ran last: by itself, and because somebody asked
        self._alone, self._asked = HowFar(), HowFar()
        self._reminded: datetime | None = None
        self.timer = QTimer(self, interval=LOOK)
        self.timer.timeout.connect(self.make_if_due)

    def begin(self, profile: "Profile", desk: "Desk") -> None:
        """From now on look from time to time whether a copy is due."""
        self._profile, self._desk = profile, desk
        self.timer.start()

    def rest(self) -> None:
        """The file is closed. What runs ends after the photo that is under way."""
        self.timer.stop()
        self._alone.stop()
        self._asked.stop()
        self._desk = None

    def make_if_due(self) -> None:
        """A copy, where the last one is an hour old and something was written; the second place
        gets it when it is there."""
        if self._profile is not None and self._desk is not None:
            self._alone = HowFar()
            work = partial(copying.copy_if_due, self._profile, self._desk, self._alone.tell)
            self._jobs.aside(self, work, self._remind, self._say_unmade)

    def show(self, profile: "Profile") -> None:
        """What copies there are, and what may be done with them."""
        self._profile, desk = profile, self._desk
        dialog = CopiesDialog(makes=desk is not None, parent=self._window)
        dialog.folder_chosen.connect(
            lambda folder: self._read(
                dialog, partial(copying.copies_in, folder), dialog.show_copies
            )
        )
        dialog.restore_wanted.connect(lambda backup: self._ask(dialog, backup))
        for end in (dialog.stop_wanted, dialog.finished):
            end.connect(lambda *_: self._asked.stop())
        self._read(dialog, partial(copying.own_copies, profile), dialog.show_copies)
        if desk is not None:
            self._connect(dialog, profile, desk)
        dialog.open()

    def _connect(self, dialog: CopiesDialog, profile: "Profile", desk: "Desk") -> None:
        """What is only possible while the file is open."""
        show_place = dialog.show_place
        choose = partial(copying.choose_place, profile)
        place = dialog.place
        dialog.make_wanted.connect(
            lambda: self._read(
                dialog, partial(copying.make_copy, profile, desk), dialog.show_copies
            )
        )
        dialog.check_wanted.connect(lambda: self._check(dialog, profile, desk))
        place.folder_chosen.connect(
            lambda folder: self._read(dialog, partial(choose, folder), chosen)
        )
        place.given_up.connect(
            lambda: self._read(dialog, partial(copying.give_up_place, profile), show_place)
        )
        place.fill_wanted.connect(lambda: fill())
        self._read(dialog, partial(copying.known_place, profile), show_place)

        def chosen(known: copying.Known) -> None:
            show_place(known)
            fill()

        def fill() -> None:
            work = partial(copying.fill_place, profile, desk, self._begin(dialog).tell)
            self._read(dialog, work, filled)

        def filled(known: copying.Known) -> None:
            show_place(known)
            dialog.show_words(tr("The second place holds your work as it is now."))

    def _check(self, dialog: CopiesDialog, profile: "Profile", desk: "Desk") -> None:
        def found(result: "tuple[Repair, str, str]") -> None:
            done, words, problem = result
            dialog.show_found(words, problem)
            if done.file:
                dialog.choose_newest()

        self._read(dialog, partial(copying.check, profile, desk, self._begin(dialog).tell), found)

    def _ask(self, dialog: CopiesDialog, backup: "Backup") -> None:
        """Nobody puts back another state of the work who could not open it."""
        profile = self._profile
        assert profile is not None
        asking = RestoreDialog(by_code=not profile.keys.exists(), parent=dialog)

        def prepare(password: str, code: str) -> None:
            from desktop.restoring import prepare

            work = partial(prepare, profile, backup, password, code)
            self._jobs.aside(asking, work, partial(ready, password), asking_refused)

        def asking_refused(error: UserError) -> None:
            asking.show_problem(str(error), _field(error))

        def ready(password: str, following: str) -> None:
            asking.accept()
            dialog.accept()
            self.laid_ready.emit(password, following)

        asking.typed.connect(prepare)
        asking.open()

    def _begin(self, dialog: CopiesDialog) -> HowFar:
        self._asked = HowFar()
        self._asked.told.connect(dialog.show_progress)
        return self._asked

    def _read(
        self, dialog: CopiesDialog, work: Callable[[], Any], then: Callable[[Any], object]
    ) -> None:
        self._jobs.aside(dialog, work, then, lambda error: dialog.show_problem(str(error)))

    def _remind(self, overdue: bool) -> None:
        """Once a day, and in passing."""
        now = datetime.now(UTC)
        if overdue and (self._reminded is None or now - self._reminded >= REMIND):
            self._reminded = now
            messages.tell(
                tr(
                    "For a week nothing was copied to the second place. Put the stick in: the rest "
                    "happens by itself."
                )
            )

    def _say_unmade(self, error: UserError) -> None:
        from desktop.second_place import PlaceFailed

        if isinstance(error, PlaceFailed):
            messages.warn(str(error), about="second place")
        elif not isinstance(error, Stopped):
            words = tr("No copy of your work could be made. {reason}").format(reason=error)
            messages.warn(words, about="copies")


def _field(error: UserError) -> str:
    """At which field a refusal is said, where the recovery code was asked for."""
    from desktop.keys import WrongCode
    from desktop.recovery_code import NoCode

    return "code" if isinstance(error, NoCode | WrongCode) else "following"
