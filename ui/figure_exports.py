"""A report leaves as a file: the question before it, the work, and how it went."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions import figure_papers
from desktop.actions.figures import Answer
from desktop.exports.tables import Tell
from desktop.figures.periods import Period
from desktop.papers.district_report import TITLES
from desktop.session import Desk
from sync.exports import Exported
from sync.language import tr
from ui.dialogs.export import ExportDialog
from ui.exports import follow
from ui.jobs import Jobs
from ui.pdf_pages import draw_pages

FILES = "Excel (*.xlsx);;Word (*.docx);;PDF (*.pdf);;CSV (*.csv)"
PAPERS = "Word (*.docx);;PDF (*.pdf)"


def ask_figure_export(desk: Desk, jobs: Jobs, answer: Answer, parent: QWidget) -> ExportDialog:
    """Show the question about this report."""
    shown = tr(
        "The report as you see it, with both other periods: {place}, {period}.",
        place=answer.place,
        period=answer.question.period.words(),
    )
    title = tr(answer.report.label)
    dialog = ExportDialog(title, shown, (), parent, heading=tr("Save the report"), files=FILES)

    def write(path: Path, _personal: bool, _purpose: str, _tell: Tell) -> Exported:
        return figure_papers.export(desk, answer, path, draw_pages)

    follow(jobs, dialog, parent, write, _saved)
    return dialog


def ask_district_report(
    desk: Desk, jobs: Jobs, district: str, period: Period, today: date, parent: QWidget
) -> ExportDialog:
    """The same about the weekly or quarterly report of a district."""
    place = desk.pack.full_name(district)
    title = f"{tr(TITLES[period.span])} {place} {period.first:%d.%m.%Y}"
    shown = tr(
        "All sections of {period}, with charts, to be signed by the leader.", period=period.words()
    )
    heading = tr("Save the report of the district")
    dialog = ExportDialog(title, shown, (), parent, heading=heading, files=PAPERS)

    def write(path: Path, _personal: bool, _purpose: str, _tell: Tell) -> Exported:
        return figure_papers.export_district(desk, district, period, path, draw_pages, today)

    follow(jobs, dialog, parent, write, _saved)
    return dialog


def _saved(noted: Exported) -> str:
    return tr("The report was saved. Export {id}.", id=noted.id)
