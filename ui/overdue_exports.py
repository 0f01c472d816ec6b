"""The list of what is late leaves as a file: the question before it, the work, and how it went."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions import overdue_files
from desktop.actions.leaving import PRINTER
from desktop.actions.overdue import Choice
from desktop.exports.tables import Tell
from desktop.session import Desk
from sync.exports import Exported
from sync.language import tr
from ui.dialogs.export import ExportDialog
from ui.exports import follow
from ui.jobs import Jobs
from ui.pdf_pages import draw_pages
from ui.previewing import Lookable, offer_preview

TABLES, PAPERS = "Excel (*.xlsx);;CSV (*.csv)", "PDF (*.pdf);;Word (*.docx)"


def ask_overdue_export(
    desk: Desk, jobs: Jobs, on: date, choice: Choice, parent: QWidget, *, paper: bool = False
) -> ExportDialog:
    """Show the question about the list as it is chosen; `paper`: to be printed, first as PDF."""
    shown = tr(
        "The list as you see it: {filter}.", filter=overdue_files.choice_words(desk, choice)
    )
    heading = tr("Print") if paper else tr("Save the list")
    files = f"{PAPERS};;{TABLES}" if paper else f"{TABLES};;{PAPERS}"
    title = f"{tr(overdue_files.ALL_LATE)} {on:%d.%m.%Y}"
    picture = "print" if paper else "save"
    dialog = ExportDialog(title, shown, (), parent, heading=heading, files=files, picture=picture)

    def write(path: Path, _personal: bool, _purpose: str, _tell: Tell) -> Exported:
        return overdue_files.export(desk, on, choice, path, draw_pages)

    look = Lookable(
        look=lambda: partial(overdue_files.look, desk, on, choice),
        leave=lambda: partial(overdue_files.export, desk, on, choice, PRINTER),
    )
    offer_preview(jobs, dialog, look, first=paper)
    follow(jobs, dialog, parent, write)
    return dialog
