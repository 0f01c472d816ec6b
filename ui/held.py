"""What is held about a person, from the question to the paper or the erasure."""

from collections.abc import Callable
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
from ui.file_places import to_save
from ui.jobs import Jobs
from ui.screens import screens_for

if TYPE_CHECKING:
    from desktop.actions.progress import Tell
    from desktop.exports.pages import Pages
    from desktop.holdings.findings import Findings
    from desktop.holdings.paper import Paragraph
    from desktop.session import Desk
    from ui.dialogs.preview import PreviewDialog
    from ui.pdf_pages import LaidPages


class _Asked(QObject):
    """What was found last for one dialog, with which it goes."""

    def __init__(self, desk: "Desk", jobs: Jobs, dialog: HeldDialog) -> None:
        super().__init__(dialog)
        self._desk, self._jobs, self.dialog = desk, jobs, dialog
        self._found: Findings | None = None
        self._asked = "", ""  # name and phone
        self.dialog.typed.connect(self._find)
        self.dialog.paper_wanted.connect(self._save)
        self.dialog.preview_wanted.connect(self._look)
        self.dialog.erase_wanted.connect(self._ask_to_erase)
        self.dialog.fetch_wanted.connect(self._fetch)

    def _find(self, typed: str, phone: str) -> None:
        from desktop.actions.holdings import held_about

        self._asked = typed, phone
        work = partial(held_about, self._desk, typed, phone)
        self._jobs.look(self.dialog, work, self._show, self._refused)

    def _fetch(self) -> None:
        """All that is bare comes; then the same is looked for again."""

        def work(tell: "Tell") -> None:
            from desktop.actions import whole  # with what brings the store's library

            whole.bring_every(self._desk, tell)

        self._jobs.exchange(work, lambda _: self._find(*self._asked), self._refused)

    def _show(self, found: "Findings") -> None:
        from desktop.actions.holdings import erasable
        from desktop.holdings.paper import found_words
        from desktop.holdings.reach import advice

        self._found = found
        may = frozenset(one.id for one in found.holdings if erasable(self._desk, one))
        advised = {one.id: advice(self._desk, one) for one in found.holdings}
        opened = {kind for screen in screens_for(self._desk.person.role) for kind in screen.kinds}
        self.dialog.show_found(found, found_words(found), may, advised, opened)

    def _look(self, chosen: list[UUID]) -> None:
        """The paper before it is given."""
        from desktop.holdings import handing
        from ui.held_paper import held_pages
        from ui.pdf_pages import LaidPages

        assert self._found is not None
        held = self._found.only(chosen)

        def work() -> LaidPages:
            return LaidPages(held_pages(handing.look(self._desk, held))).for_window()

        self.dialog.preview_button.setEnabled(False)  # one at a time
        self._jobs.aside(self.dialog, work, partial(self._show_paper, held), self._not_laid_out)

    def _not_laid_out(self, error: UserError) -> None:
        self.dialog.preview_button.setEnabled(bool(self.dialog.chosen()))
        self._refused(error)

    def _show_paper(self, held: "Findings", drawn: "LaidPages") -> None:
        """`held`: what is looked at, whoever was asked about meanwhile."""
        from desktop.actions.leaving import PRINTER
        from desktop.holdings import handing
        from ui.dialogs.preview import PreviewDialog
        from ui.held_paper import held_pages
        from ui.previewing import follow_printing

        self.dialog.preview_button.setEnabled(bool(self.dialog.chosen()))
        if not self.dialog.isVisible():
            return
        preview = PreviewDialog(tr("What is held about a person"), drawn, self.dialog, ("pdf",))

        def leave() -> "tuple[Pages, str]":
            said: list[Paragraph] = []

            def take(told: "list[Paragraph]") -> bytes:
                said.extend(told)
                return b""

            handing.write(self._desk, held, PRINTER, take)
            words = tr("The paper went to the printer: give it to the person only.")
            return held_pages(said), words

        preview.save_wanted.connect(lambda _: self._save_held(held, preview))
        follow_printing(self._jobs, preview, lambda: leave, preview)
        preview.open()

    def _save(self, chosen: list[UUID]) -> None:
        assert self._found is not None
        self._save_held(self._found.only(chosen))

    def _save_held(self, held: "Findings", preview: "PreviewDialog | None" = None) -> None:
        """`preview`: where the paper is looked at, which then closes."""
        from desktop.holdings import handing
        from ui.held_paper import draw_held

        path, _ = QFileDialog.getSaveFileName(
            preview or self.dialog,
            tr("Save for the person"),
            to_save(f"dala{handing.PDF}"),
            "PDF (*.pdf)" if preview else "*.pdf *.txt *.json *.zip",
        )
        if path:
            work = partial(handing.write, self._desk, held, Path(path), draw_held)
            refused = self._refused
            if preview is not None:
                preview.leave()
                refused = partial(_say_problem, preview)
            self._jobs.aside(self.dialog, work, lambda _: self._saved(preview), refused)

    def _saved(self, preview: "PreviewDialog | None") -> None:
        if preview is not None and isValid(preview):
            preview.accept()
        messages.say(tr("Saved. The file is not encrypted: give it to the person only."))

    def _ask_to_erase(self, chosen: list[UUID]) -> None:
        from desktop.holdings.reach import going
        from ui.dialogs.erase import EraseDialog  # what it says comes after the first paint

        assert self._found is not None
        title = trn(
            "{n} record about {name}",
            "{n} records about {name}",
            len(chosen),
            name=self._found.whom.typed,
        )
        dialog = EraseDialog(title, self.dialog, going(self._found, chosen))
        dialog.chosen.connect(partial(self._erase, chosen))
        dialog.open()

    def _erase(self, chosen: list[UUID], reason: str) -> None:
        from desktop.actions.holdings import erase_held

        assert self._found is not None
        work = partial(erase_held, self._desk, self._found, chosen, reason)
        self._jobs.write(work, self._erased, self._refused)

    def _erased(self) -> None:
        messages.say(tr("It was erased."), about=messages.SAVING)
        if isValid(self.dialog):
            from desktop.holdings.reach import still_lies

            self.dialog.show_rest(still_lies())
            self._find(*self._asked)

    def _refused(self, error: UserError) -> None:
        if isValid(self.dialog):
            self.dialog.show_problem(str(error))
        else:
            messages.warn(str(error))


def _say_problem(preview: "PreviewDialog", error: UserError) -> None:
    if isValid(preview):
        preview.show_problem(str(error))
    else:
        messages.warn(str(error))


def ask_held(
    desk: "Desk", jobs: Jobs, window: QWidget, open_record: Callable[[str, UUID], None]
) -> HeldDialog:
    """Open the dialog. `open_record` shows one of a kind, when the dialog has gone."""
    dialog = HeldDialog(window)
    dialog.open_wanted.connect(open_record)
    _Asked(desk, jobs, dialog)
    dialog.open()
    return dialog
