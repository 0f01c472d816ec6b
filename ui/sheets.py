"""The recovery sheet of the open work: shown once when it was made, and made anew on demand."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sync.errors import UserError
from sync.language import tr
from ui import messages, opening
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.folder import Profile


class Sheets(QObject):
    """For one profile at a time; `who` tells whose it is, and what they are."""

    def __init__(self, jobs: Jobs, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._window = jobs, window
        self._profile: Profile | None = None
        self._who: Callable[[], tuple[str, str]] = lambda: ("", "")

    def begin(self, profile: "Profile", who: Callable[[], tuple[str, str]]) -> None:
        """From now on it is about this work."""
        self._profile, self._who = profile, who

    def ask(self) -> None:
        """A new one needs the password: nobody else who sits here may make one."""
        from ui.dialogs.password import PasswordDialog

        lead = tr("A new recovery sheet is made. The one before opens nothing any more.")
        dialog = PasswordDialog(tr("Recovery sheet"), lead, self._window)

        def show(code: str) -> None:
            dialog.accept()
            self.show(code)

        def make(password: str) -> None:
            assert self._profile is not None
            work = partial(opening.recovery_code, self._profile, password)
            self._jobs.call(dialog, work, show, lambda error: dialog.show_problem(str(error)))

        dialog.typed.connect(make)
        dialog.open()

    def show(self, code: str) -> None:
        """Show a code, in canonical form, this once."""
        from ui.dialogs.recovery_sheet import show_sheet

        show_sheet(code, *self._who(), self._window, self.ask)

    def say_missing(self, reason: UserError) -> None:
        """It could not be made when the laptop was bound; it can be now, perhaps."""
        make = messages.Action(tr("Make the sheet"), self.ask)
        words = tr("There is no recovery sheet yet. {reason}").format(reason=reason)
        messages.warn(words, make)
