"""A consent in the record on the page: its text shown, and its end written down."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.actions import consent
from desktop.session import Desk
from ui import messages
from ui.jobs import Jobs
from ui.undoing import undo_button

if TYPE_CHECKING:
    from ui.screens.record_editor import RecordEditor


class Consents(QObject):
    """Serves the consent in an editor's form."""

    def __init__(self, desk: Desk, jobs: Jobs, editor: "RecordEditor") -> None:
        super().__init__(editor)
        self._desk, self._jobs, self._editor = desk, jobs, editor
        if (bar := editor.form.consent) is not None:
            bar.text_wanted.connect(partial(show_text, editor))
            bar.withdraw_wanted.connect(self.withdraw)

    def withdraw(self) -> None:
        """One press; it can be taken back as long as the words about it stand there."""
        page = self._editor.page
        assert page is not None  # else there is no button
        assert page.row is not None
        work = partial(consent.withdraw, self._desk, page.id)
        self._jobs.write(work, self._say)

    def _say(self) -> None:
        back = undo_button(self._desk, self._jobs)
        messages.say(consent.what_stays(), back, about=messages.SAVING)


def show_text(parent: QWidget, version: str, language: str) -> None:
    """Open the text of a version."""
    from ui.dialogs.consent import ConsentDialog  # seldom, and after the first paint

    ConsentDialog(version, language, parent).open()
