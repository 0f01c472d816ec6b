"""The slip of a record is saved: where to is asked, and that it was done is said."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions.records import Row
from desktop.session import Desk
from sync.errors import UserError
from sync.language import tr
from ui import messages
from ui.file_places import to_save
from ui.jobs import Jobs


def ask_where(desk: Desk, jobs: Jobs, screen: QWidget, row: Row, language: str) -> None:
    """Ask for a name, and write the slip under it."""
    from desktop.actions.slip import file_name, save_slip
    from ui.applicant_slip import draw_applicant_slip  # what draws pages comes when one is wanted

    name, _ = QFileDialog.getSaveFileName(
        screen, tr("Slip for the applicant"), to_save(file_name(row)), "PDF (*.pdf)"
    )
    if name:
        work = partial(save_slip, desk, row["id"], language, Path(name), draw_applicant_slip)
        jobs.aside(screen, work, lambda _: _saved(), _refused)


def _saved() -> None:
    messages.say(tr("The slip was saved. Print it, and give it to the applicant."))


def _refused(error: UserError) -> None:
    messages.warn(str(error))
