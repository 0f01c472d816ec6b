"""A paper of several pages and its preview, two printers, and one that writes a file."""

import pytest
from PySide6.QtPrintSupport import QPrinter

from desktop.exports.pages import Grid, Line, Look, Pages
from tests.ui.keys import show
from ui.dialogs.preview import PreviewDialog
from ui.pdf_pages import LaidPages
from ui.printers import Known

TWO = Known(["Canon", "HP"], "HP")


def long_paper(pages=3):
    rows = tuple((str(at), f"жол-{at}") for at in range(40 * pages))
    blocks = (Line("ХАТТАМА", Look.TITLE), Grid(("№", "Мәні"), rows))
    return Pages("Хаттама", "kk", blocks, "аяғы", "AAAA-BBBB")


@pytest.fixture(name="preview")
def given_preview(qtbot):
    """A window in which that paper is looked at."""
    preview = PreviewDialog("Хаттама", LaidPages(long_paper()))
    show(qtbot, preview)
    return preview


def file_printer(path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer
