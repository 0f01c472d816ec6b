"""The printers of this computer, through the system's own dialog.

    python -m ui.printers     (a bundle is started with --ask-printers)

ends with FOUND or NONE. Whether there is one is asked by that process: a system of printers that does not
answer holds all threads of who asks, for Qt keeps the interpreter while it waits.
"""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop.papers.drawing import OFFSCREEN
from sync.errors import UserError
from sync.language import mark
from ui.drawn import Drawn, corner
from ui.paper import DOTS

WORD = "--ask-printers"
FOUND, NONE = 0, 3  # how the process ends
PATIENCE = 8.0  # seconds
SILENT = mark(
    "The printers of this computer do not answer. Try again in a minute, or save the paper as PDF and "
    "print it on another computer. Nothing of the record is lost."
)


def is_there() -> bool:
    """Whether this computer knows a printer. For any thread but the window's: it may take PATIENCE.

    Raises UserError where that is not answered.
    """
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, WORD] if frozen else [sys.executable, "-m", "ui.printers"]
    root = str(Path(__file__).parents[1])
    try:
        done = subprocess.run(  # noqa: S603  # the program itself, with a word of its own
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            env={**os.environ, **OFFSCREEN, "PYTHONPATH": root},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UserError(SILENT) from error
    if done.returncode not in (FOUND, NONE):
        raise UserError(SILENT)
    return done.returncode == FOUND


def main() -> int:
    """The process: no window, and no record, is opened."""
    app = QGuiApplication(["dala"])
    found = bool(QPrinterInfo.availablePrinterNames())
    del app
    return FOUND if found else NONE


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


if __name__ == "__main__":
    sys.exit(main())
