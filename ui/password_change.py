"""The password of the open work is changed: asked for, worked out aside, and said how it went."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sync.errors import UserError
from sync.language import tr
from ui import messages, opening
from ui.dates import plain_day
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.folder import Profile
    from sync.recovery import Recovery


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
        dialog.show_problem(str(error), field_of(error))

    def change(old: str, new: str) -> None:
        # the network's lane: it takes half a second, and nothing that is saved waits for it
        jobs.call(dialog, partial(opening.change_password, profile, old, new), changed, refused)

    dialog.typed.connect(change)
    dialog.open()


def say_password_alone() -> None:
    """There is no keystore: the person is to know what the password must hold out against."""
    from desktop.keys import PASSWORD_ALONE

    messages.tell(tr(PASSWORD_ALONE))


def say_recovered(recoveries: Sequence["Recovery"]) -> None:
    """The file was opened without its password: its owner is to know, for it may not have been they."""
    from sync.recovery import WORDS, Way

    for one in recoveries:
        at = one.at.astimezone()
        way = WORDS[Way(one.way)] if one.way in list(Way) else one.way
        words = tr(
            "Your work was opened {way} on {day} at {time}, and got another password. If it was "
            "not you, tell your coordinator at once."
        )
        messages.warn(words.format(way=tr(way), day=plain_day(at.date()), time=f"{at:%H:%M}"))


def field_of(error: UserError) -> str:
    """At which of the dialog's fields it is said."""
    from desktop.keys import KeystoreSilent, WrongPassword

    return "old" if isinstance(error, WrongPassword | KeystoreSilent) else "new"
