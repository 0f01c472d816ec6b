"""A report leaves as a file: the question before it, the work, and how it went."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions import figure_papers
from desktop.actions.figures import Answer
from desktop.actions.leaving import PRINTER
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
from ui.previewing import Lookable, Take, offer_preview

FILES = "Excel (*.xlsx);;Word (*.docx);;PDF (*.pdf);;CSV (*.csv)"
PAPERS = "Word (*.docx);;PDF (*.pdf)"


def ask_figure_export(
    desk: Desk, jobs: Jobs, answer: Answer, parent: QWidget, *, paper: bool = False
) -> ExportDialog:
    """Show the question about this report; `paper`: to be printed."""
    shown = tr(
        "The report as you see it, with both other periods: {place}, {period}.",
        place=answer.place,
        period=answer.question.period.words(),
    )
    title = tr(answer.report.label)
    heading = tr("Print") if paper else tr("Save the report")
    files, picture = (PAPERS, "print") if paper else (FILES, "save")
    dialog = ExportDialog(title, shown, (), parent, heading=heading, files=files, picture=picture)

    def write(path: Path, _personal: bool, _purpose: str, _tell: Tell) -> Exported:
        return figure_papers.export(desk, answer, path, draw_pages)

    look = Lookable(
        look=lambda: partial(figure_papers.look, desk, answer),
        leave=lambda: partial(figure_papers.export, desk, answer, PRINTER),
    )
    offer_preview(jobs, dialog, look, first=paper)
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

    def printed(draw: Take) -> Exported:
        return figure_papers.export_district(desk, district, period, PRINTER, draw, today)

    paper = Lookable(
        look=lambda: partial(figure_papers.look_district, desk, district, period, today),
        leave=lambda: printed,
    )
    offer_preview(jobs, dialog, paper)
    follow(jobs, dialog, parent, write, _saved)
    return dialog


def _saved(noted: Exported) -> str:
    return tr("The report was saved. Export {id}.", id=noted.id)
