"""The slip of a record: looked at, printed or saved, and that it was done is said."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from desktop.actions.records import Row
from desktop.session import Desk
from sync.errors import UserError
from sync.language import tr
from ui import messages
from ui.file_places import to_save
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.actions.slip import Slip
    from ui.dialogs.preview import PreviewDialog
    from ui.paper import OnePage


def show_slip(desk: Desk, jobs: Jobs, screen: QWidget, row: Row, language: str) -> None:
    """Show the slip, to be printed or saved."""
    jobs.aside(
        screen,
        partial(_laid_out, desk, row, language),
        partial(_show, desk, jobs, screen, row, language),
        lambda error: messages.warn(str(error)),
    )


def _laid_out(desk: Desk, row: Row, language: str) -> "tuple[Slip, OnePage]":
    from desktop.actions.slip import make_slip
    from ui.applicant_slip import slip_page  # what draws pages comes when one is wanted

    slip = make_slip(desk, row, language)
    return slip, slip_page(slip)


def _show(
    desk: Desk,
    jobs: Jobs,
    screen: QWidget,
    row: Row,
    language: str,
    made: "tuple[Slip, OnePage]",
) -> None:
    from ui.dialogs.preview import PreviewDialog
    from ui.previewing import follow_printing

    if any(one.isVisible() for one in screen.findChildren(PreviewDialog)):  # asked for twice
        return
    slip, page = made
    preview = PreviewDialog(tr("Slip for the applicant"), page, screen, ("pdf",))
    preview.save_wanted.connect(lambda _: _ask_where(desk, jobs, preview, row, language))

    def leave() -> tuple["Slip", str]:  # it says nothing of anybody, so it is not noted
        return slip, tr("The slip went to the printer. Give it to the applicant.")

    follow_printing(jobs, preview, lambda: leave, preview)
    preview.open()


def _ask_where(desk: Desk, jobs: Jobs, preview: "PreviewDialog", row: Row, language: str) -> None:
    """Ask for a name, and write the slip under it."""
    from desktop.actions.slip import file_name, save_slip
    from ui.applicant_slip import draw_applicant_slip

    name, _ = QFileDialog.getSaveFileName(
        preview, tr("Slip for the applicant"), to_save(file_name(row)), "PDF (*.pdf)"
    )
    if name:
        work = partial(save_slip, desk, row["id"], language, Path(name), draw_applicant_slip)
        preview.leave()
        jobs.aside(jobs, work, lambda _: _saved(preview), partial(_refused, preview))


def _saved(preview: "PreviewDialog") -> None:
    if isValid(preview):  # it may have been left meanwhile
        preview.accept()
    messages.say(tr("The slip was saved. Print it, and give it to the applicant."))


def _refused(preview: "PreviewDialog", error: UserError) -> None:
    if isValid(preview):
        preview.show_problem(str(error))
    else:
        messages.warn(str(error))
