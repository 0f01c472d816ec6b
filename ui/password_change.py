"""The password of the open work is changed: asked for, worked out aside, and said how it went."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sync.errors import UserError
from sync.language import tr
from ui import messages, opening
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.folder import Profile


def change_password(jobs: Jobs, window: QWidget, profile: "Profile") -> None:
    """Ask until it is changed or the person stops."""
    from ui.dialogs.new_password import NewPasswordDialog

    dialog = NewPasswordDialog(window)

    def changed(keystore: bool) -> None:
        dialog.accept()
        messages.say(tr("The new password opens the file from now on."))
        if not keystore:
            say_password_alone()

    def refused(error: UserError) -> None:
        dialog.show_problem(str(error), _field(error))

    def change(old: str, new: str) -> None:
        # the network's lane: it takes half a second, and nothing that is saved waits for it
        jobs.call(dialog, partial(opening.change_password, profile, old, new), changed, refused)

    dialog.typed.connect(change)
    dialog.open()


def say_password_alone() -> None:
    """There is no keystore: the person is to know what the password must hold out against."""
    from desktop.keys import PASSWORD_ALONE

    messages.say(tr(PASSWORD_ALONE))


def _field(error: UserError) -> str:
    from desktop.keys import KeystoreSilent, WrongPassword

    return "old" if isinstance(error, WrongPassword | KeystoreSilent) else "new"
