"""What is held about a person, from the question to the paper or the erasure."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from sync.errors import UserError
from sync.language import tr, trn
from ui import messages
from ui.dialogs.held import HeldDialog
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.holdings.findings import Findings
    from desktop.session import Desk


class _Asked(QObject):
    """What was found last for one dialog, with which it goes."""

    def __init__(self, desk: "Desk", jobs: Jobs, dialog: HeldDialog) -> None:
        super().__init__(dialog)
        self._desk, self._jobs, self.dialog = desk, jobs, dialog
        self._found: Findings | None = None
        self.dialog.typed.connect(self._find)
        self.dialog.paper_wanted.connect(self._save)
        self.dialog.erase_wanted.connect(self._ask_to_erase)

    def _find(self, typed: str) -> None:
        from desktop.actions.holdings import held_about

        self._jobs.look(
            self.dialog, partial(held_about, self._desk, typed), self._show, self._refused
        )

    def _show(self, found: "Findings") -> None:
        from desktop.actions.holdings import erasable
        from desktop.holdings.paper import found_words

        self._found = found
        may = frozenset(one.id for one in found.holdings if erasable(self._desk, one))
        self.dialog.show_found(found, found_words(found), may)

    def _save(self, chosen: list[UUID]) -> None:
        from desktop.holdings import paper

        assert self._found is not None
        path, _ = QFileDialog.getSaveFileName(
            self.dialog, tr("Save for the person"), f"dala{paper.TEXT}", "*.txt *.json *.zip"
        )
        if path:
            work = partial(paper.write, self._desk, self._found.only(chosen), Path(path))
            self._jobs.aside(self.dialog, work, lambda _: self._saved(), self._refused)

    def _saved(self) -> None:
        messages.say(tr("Saved. The file is not encrypted: give it to the person only."))

    def _ask_to_erase(self, chosen: list[UUID]) -> None:
        from ui.dialogs.erase import EraseDialog  # what it says comes after the first paint

        assert self._found is not None
        title = trn(
            "{n} record about {name}",
            "{n} records about {name}",
            len(chosen),
            name=self._found.whom.typed,
        )
        dialog = EraseDialog(title, self.dialog)
        dialog.chosen.connect(partial(self._erase, chosen))
        dialog.open()

    def _erase(self, chosen: list[UUID], reason: str) -> None:
        from desktop.actions.holdings import erase_held

        assert self._found is not None
        work = partial(erase_held, self._desk, self._found, chosen, reason)
        self._jobs.write(work, self._erased, self._refused)

    def _erased(self) -> None:
        messages.say(tr("It was erased."), about=messages.SAVING)
        if isValid(self.dialog) and self._found is not None:
            self._find(self._found.whom.typed)

    def _refused(self, error: UserError) -> None:
        if isValid(self.dialog):
            self.dialog.show_problem(str(error))
        else:
            messages.warn(str(error))


def ask_held(desk: "Desk", jobs: Jobs, window: QWidget) -> HeldDialog:
    """Open the dialog."""
    dialog = HeldDialog(window)
    _Asked(desk, jobs, dialog)
    dialog.open()
    return dialog
