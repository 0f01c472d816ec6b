"""The printers of this computer, through the system's own dialog."""

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.drawn import Drawn, corner
from ui.paper import DOTS


def is_there() -> bool:
    """Whether this computer knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


class PrinterDialog(QPrintDialog):
    """The system's dialog for a paper; `chosen` is the printer, which lives as long as somebody has it."""

    def __init__(self, drawn: Drawn, parent: QWidget | None = None) -> None:
        self.chosen = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.chosen.setDocName(drawn.creator)  # no title: a queue shows it to others
        self.chosen.setFullPage(True)  # the margins are the paper's own
        self.chosen.setPageSize(drawn.layout.pageSize())
        self.chosen.setPageOrientation(drawn.layout.orientation())
        super().__init__(self.chosen, parent)
        self.setMinMax(1, drawn.count)
        self.setFromTo(1, drawn.count)
        self.setOption(QPrintDialog.PrintDialogOption.PrintSelection, False)


def send_to(printer: QPrinter, drawn: Drawn) -> bool:
    """Print the pages that were chosen; whether the printer took them. Any thread."""
    last = min(printer.toPage() or drawn.count, drawn.count)
    first = min(max(printer.fromPage(), 1), last)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    scale = printer.resolution() / DOTS
    painter.scale(scale, scale)
    painter.translate(corner(drawn))
    for at in range(first - 1, last):
        if at > first - 1 and not printer.newPage():
            painter.end()
            return False
        drawn.draw(painter, at)
    return painter.end()
