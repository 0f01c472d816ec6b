"""A report leaves as a file: the question before it, the work, and how it went."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.actions import figure_files
from desktop.actions.figures import Answer
from desktop.session import Desk
from sync.errors import UserError
from sync.exports import Exported
from sync.language import tr, trn
from ui import messages
from ui.dialogs.export import ExportDialog
from ui.jobs import Jobs

FILES = "Excel (*.xlsx);;CSV (*.csv)"


def ask_figure_export(desk: Desk, jobs: Jobs, answer: Answer, parent: QWidget) -> ExportDialog:
    """Show the question about this report."""
    shown = tr(
        "The report as you see it, with both other periods: {place}, {period}.",
        place=answer.place,
        period=answer.question.period.words(),
    )
    title = tr(answer.report.label)
    dialog = ExportDialog(title, shown, (), parent, heading=tr("Save the report"), files=FILES)

    def begin(path: Path, _personal: bool, _purpose: str) -> None:
        jobs.aside(parent, partial(figure_files.export, desk, answer, path), done, refused)

    def done(noted: Exported) -> None:
        if isValid(dialog):
            dialog.accept()
        words = trn(
            "{n} line was saved. Export {id}.", "{n} lines were saved. Export {id}.",
            noted.rows, id=noted.id,
        )  # fmt: skip
        messages.say(words)

    def refused(error: UserError) -> None:
        if isValid(dialog):
            dialog.show_problem(str(error))
        else:
            messages.warn(str(error))

    dialog.wanted.connect(begin)
    dialog.open()
    return dialog
