"""The name by which a person is found on a computer of several people."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sync.errors import UserError
from sync.language import tr
from ui import messages, opening
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.folder import Profile
    from desktop.session import Desk


def change_name(
    jobs: Jobs, window: QWidget, profile: "Profile", desk: "Desk", then: Callable[[str], object]
) -> None:
    """Ask for it, beginning with the one of now; `then` is told the new one."""
    from ui.dialogs.own_name import OwnNameDialog

    def ask(name: str) -> None:
        dialog = OwnNameDialog(name, window)

        def changed(name: str) -> None:
            dialog.accept()
            then(name)
            messages.say(tr("Saved here."), about=messages.SAVING)

        def refused(error: UserError) -> None:
            dialog.row.show_problem(str(error))

        dialog.typed.connect(
            lambda typed: jobs.aside(
                dialog, partial(opening.rename, profile, desk, typed), changed, refused
            )
        )
        dialog.open()

    jobs.aside(window, partial(opening.name_here, profile), ask)
