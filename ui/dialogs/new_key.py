"""A new key for the file: the password, and another one for those whose old one was seen."""

from PySide6.QtWidgets import QWidget

from sync.language import mark
from ui.dialogs.new_password import NewPasswordDialog, Words


class NewKeyDialog(NewPasswordDialog):
    """As for another password, which may be left out here."""

    words = Words(
        title=mark("A new key for the file"),
        lead=mark(
            "For when somebody may have a copy of your work and what opens it, or the recovery sheet is "
            "lost. All is written anew; no network is needed, and your work stays. Older copies are "
            "deleted, and you get a new recovery sheet. If the password was seen, choose another one."
        ),
        new=mark("Another password, or nothing"),
        go=mark("Make the key"),
        busy=mark("Looking…"),
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, new_may_lack=True)
