"""A paper of several pages, two printers, and one that writes a file."""

from PySide6.QtPrintSupport import QPrinter

from desktop.exports.pages import Grid, Line, Look, Pages
from ui.printers import Known

TWO = Known(["Canon", "HP"], "HP")


def long_paper(pages=3):
    rows = tuple((str(at), f"жол-{at}") for at in range(40 * pages))
    blocks = (Line("ХАТТАМА", Look.TITLE), Grid(("№", "Мәні"), rows))
    return Pages("Хаттама", "kk", blocks, "аяғы", "AAAA-BBBB")


def file_printer(path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer
