"""The printers of this computer, asked and given work by processes of their own.

    python -m ui.printers           (a bundle is started with --ask-printers)
    python -m ui.printers --print   (a bundle: --print-pages)

The first says which printers there are, the second takes an Errand on its standard input as MessagePack.
A system of printers that does not answer holds all threads of who asks, for Qt keeps the interpreter while
it waits: neither is waited for by the window.
"""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop.actions.slip import Slip
from desktop.exports.pages import Pages
from desktop.papers.drawing import OFFSCREEN
from sync.errors import UserError
from sync.language import mark
from ui.drawn import Drawn, corner
from ui.fonts import load_fonts
from ui.paper import DOTS

ASK, PRINT = "--ask-printers", "--print-pages"  # to a bundle
DONE, NOT_TAKEN = 0, 3  # how the processes end
PATIENCE, LONGEST = 8.0, 120.0  # seconds: until a printer is known, until it has taken a paper
SILENT = mark(
    "The printers of this computer do not answer. Try again in a minute, or save the paper as PDF and "
    "print it on another computer. Nothing of the record is lost."
)
NOT_PRINTED = mark(
    "The printer did not take the paper. Look whether it is switched on and has paper, then print again, "
    "or save the paper as PDF. Nothing of the record is lost."
)


class Known(msgspec.Struct, frozen=True):
    """The printers of this computer by their names, and the one that is usual."""

    names: list[str]
    usual: str


class Wanted(msgspec.Struct, frozen=True):
    """On which printer, which pages counted from 0, and how many times."""

    printer: str
    pages: list[int]
    copies: int


class Errand(msgspec.Struct, frozen=True):
    """A paper and what is wanted of it."""

    paper: Pages | Slip
    wanted: Wanted


def known() -> Known:
    """The printers. For any thread but the window's: it may take PATIENCE.

    Raises UserError where nobody answers.
    """
    done = _process(ASK, b"", PATIENCE, SILENT, OFFSCREEN)
    try:
        return msgspec.json.decode(done.stdout, type=Known)
    except msgspec.DecodeError as error:
        raise UserError(SILENT) from error


def print_apart(paper: Pages | Slip, wanted: Wanted) -> None:
    """Give a paper to a printer; for a thread. Raises UserError where that did not take it."""
    said = msgspec.msgpack.encode(Errand(paper, wanted))
    if _process(PRINT, said, LONGEST, NOT_PRINTED, {}).returncode != DONE:
        raise UserError(NOT_PRINTED)


def drawn_of(paper: Pages | Slip) -> Drawn:
    """Laid out, to be drawn by the same thread."""
    from ui.applicant_slip import slip_page
    from ui.pdf_pages import LaidPages

    return slip_page(paper) if isinstance(paper, Slip) else LaidPages(paper)


def send_to(printer: QPrinter, drawn: Drawn, pages: list[int] | None = None) -> bool:
    """Print these pages, else those that the printer was told; whether it took them. Any thread."""
    if pages is None:
        last = min(printer.toPage() or drawn.count, drawn.count)
        pages = list(range(min(max(printer.fromPage(), 1), last) - 1, last))
    painter = QPainter()
    if not painter.begin(printer):
        return False
    scale = printer.resolution() / DOTS
    painter.scale(scale, scale)
    painter.translate(corner(drawn))
    for number, at in enumerate(pages):
        if number and not printer.newPage():
            painter.end()
            return False
        drawn.draw(painter, at)
    return painter.end()


class PrinterDialog(QPrintDialog):
    """The system's dialog for a paper; `chosen` is the printer, which lives as long as somebody has it."""

    def __init__(self, drawn: Drawn, parent: QWidget | None = None) -> None:
        self.chosen = _printer(drawn)
        super().__init__(self.chosen, parent)
        self.setMinMax(1, drawn.count)
        self.setFromTo(1, drawn.count)
        self.setOption(QPrintDialog.PrintDialogOption.PrintSelection, False)


def main(words: list[str]) -> int:
    """The processes: no window, and no record, is opened."""
    app = QGuiApplication(["dala"])
    load_fonts()
    ends = _run_errand() if words else _tell()
    del app
    return ends


def _tell() -> int:
    usual = QPrinterInfo.defaultPrinterName()
    told = Known(list(QPrinterInfo.availablePrinterNames()), usual)
    sys.stdout.buffer.write(msgspec.json.encode(told))
    sys.stdout.buffer.flush()
    return DONE


def _run_errand() -> int:
    errand = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Errand)
    drawn, wanted = drawn_of(errand.paper), errand.wanted
    printer = _printer(drawn)
    printer.setPrinterName(wanted.printer)
    pages = wanted.pages
    if printer.supportsMultipleCopies():
        printer.setCopyCount(wanted.copies)
    else:
        pages = pages * wanted.copies
    return DONE if send_to(printer, drawn, pages) else NOT_TAKEN


def _printer(drawn: Drawn) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(drawn.creator)  # no title: a queue shows it to others
    printer.setFullPage(True)  # the margins are the paper's own
    printer.setPageSize(drawn.layout.pageSize())
    printer.setPageOrientation(drawn.layout.orientation())
    return printer


def _process(
    word: str, said: bytes, patience: float, silent: str, more: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    if getattr(sys, "frozen", False):
        command = [sys.executable, word]
    else:
        command = [sys.executable, "-m", "ui.printers", *(["--print"] if word == PRINT else [])]
    root = str(Path(__file__).parents[1])
    try:
        return subprocess.run(  # noqa: S603  # the program itself, with a word of its own
            command,
            input=said,
            capture_output=True,
            timeout=patience,
            env={**os.environ, **more, "PYTHONPATH": root},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UserError(silent) from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
