"""The history of the record on a page: shown beside it, and an earlier value put back."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.actions.history import Changed, put_back
from desktop.forms import in_words
from desktop.session import Desk
from sync.change import Change
from sync.erasure import erases
from sync.errors import UserError
from sync.language import tr
from sync.records import KINDS
from ui import messages
from ui.dialogs.history import HistoryDialog
from ui.jobs import Jobs
from ui.models.history import Told, ToldHistory, told_history
from ui.undoing import undo_button


class _Shown(QObject):
    """Serves one dialog, with which it goes."""

    def __init__(self, desk: Desk, jobs: Jobs, kind: str, id: UUID, dialog: HistoryDialog) -> None:
        super().__init__(dialog)
        self._desk, self._jobs, self._kind, self._id = desk, jobs, kind, id
        self._dialog = dialog
        dialog.put_back.connect(self._put_back)
        jobs.recorded.connect(self._recorded)

    def read(self) -> None:
        """Read the history, and show it."""
        work = partial(told_history, self._desk, self._kind, self._id)
        self._jobs.read(self, work, self._show, self._gone)

    def _show(self, told: ToldHistory) -> None:
        self._dialog.show_history(told)
        if not self._dialog.isVisible():
            self._dialog.show()
            self._dialog.close_button.setFocus()

    def _gone(self, error: UserError) -> None:
        messages.warn(str(error))
        self._dialog.close()

    def _put_back(self, event: Told, changed: Changed) -> None:
        work = partial(put_back, self._desk, event.kind, event.record, changed)
        record = KINDS[event.kind]
        self._jobs.write(work, self._said, lambda error: messages.warn(in_words(error, record)))

    def _said(self) -> None:
        back = undo_button(self._desk, self._jobs)
        messages.say(tr("The earlier value stands there again."), back, about=messages.SAVING)

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        about = [one for one in changes if self._id in (one.record, one.parent)]
        if any(erases(one) and one.record == self._id for one in about):
            self._dialog.close()
        elif about:
            self.read()


def show_history(desk: Desk, jobs: Jobs, kind: str, id: UUID, parent: QWidget) -> HistoryDialog:
    """Open the history of a record that is saved."""
    dialog = HistoryDialog(parent)
    _Shown(desk, jobs, kind, id, dialog).read()
    return dialog
