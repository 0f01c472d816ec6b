"""A new key for the open work, where somebody may have a copy of it and what opens that."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sync.errors import UserError
from ui import opening
from ui.jobs import Jobs
from ui.password_change import field_of

if TYPE_CHECKING:
    from desktop.folder import Profile


def ask_new_key(
    jobs: Jobs, window: QWidget, profile: "Profile", then: Callable[[str, str], object]
) -> None:
    """Ask for the password, and for another one if there is to be one; `then` is told both."""
    from ui.dialogs.new_key import NewKeyDialog

    dialog = NewKeyDialog(window)

    def ask(old: str, new: str) -> None:
        def go_on(_: object) -> None:
            dialog.accept()
            then(old, new)

        # what is wrong with a password is said here, while the work is still open
        jobs.call(dialog, partial(opening.check_password, profile, old, new), go_on, refused)

    def refused(error: UserError) -> None:
        dialog.show_problem(str(error), field_of(error))

    dialog.typed.connect(ask)
    dialog.open()
