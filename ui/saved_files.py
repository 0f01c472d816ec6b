"""A paper of a record is saved outside the program: where to is asked, and what that means is said."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions.records import Row
from desktop.actions.saved_files import NOT_ENCRYPTED, proposed_name, save_file
from desktop.session import Desk
from sync.errors import UserError
from sync.exports import Exported
from sync.language import tr
from ui import messages
from ui.file_places import to_save
from ui.jobs import Jobs


def ask_where(desk: Desk, jobs: Jobs, screen: QWidget, row: Row) -> None:
    """Ask for a name, and write the file of this attachment under it."""
    proposed = proposed_name(row["name"], row["media_type"])
    chosen, _ = QFileDialog.getSaveFileName(
        screen, tr("Save a copy: outside Dala it is not encrypted"), to_save(proposed)
    )
    if chosen:
        path = Path(chosen)
        jobs.aside(
            screen, partial(save_file, desk, row["id"], path), partial(_saved, path), _refused
        )


def _saved(path: Path, _noted: Exported) -> None:
    messages.say(tr(NOT_ENCRYPTED, name=path.name))


def _refused(error: UserError) -> None:
    messages.warn(str(error))
