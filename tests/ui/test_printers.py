"""The processes that know printers and print, and the dialog of the system."""

import json
from contextlib import suppress
from io import BytesIO
from socket import socket
from types import SimpleNamespace

import msgspec
import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from desktop.exports.pages import Line, Pages
from sync.errors import UserError
from tests.documents import pages_of
from tests.ui.printed import file_printer, long_paper
from ui import printers
from ui.pdf_pages import LaidPages


def test_some_of_the_pages_can_be_printed(qapp, tmp_path):
    printer = file_printer(tmp_path / "out.pdf")
    printer.setFromTo(2, 3)
    drawn = LaidPages(long_paper())

    assert printers.send_to(printer, drawn)

    pages = pages_of((tmp_path / "out.pdf").read_bytes())
    assert len(pages) == 2
    for at, page in zip((2, 3), pages, strict=True):
        assert f"{at}/{drawn.count}" in "".join(page.split())


def test_the_dialog_of_the_system_has_the_papers_page(qtbot):
    drawn = LaidPages(Pages("Аты-жөні", "kk", (Line("Мәні"),), "", "ID", wide=True))

    dialog = printers.PrinterDialog(drawn)
    qtbot.addWidget(dialog)

    printer = dialog.chosen
    assert isinstance(dialog, QPrintDialog)
    assert printer.pageLayout().orientation() == drawn.layout.orientation()
    assert printer.pageLayout().pageSize().id() == drawn.layout.pageSize().id()
    assert "Аты" not in printer.docName()


def test_printers_are_asked_for_by_a_process_of_its_own(tmp_path, monkeypatch):
    """A server of printers that takes a call and says nothing would hold each thread of this one."""
    with socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{mute.getsockname()[1]}")
        monkeypatch.setattr(printers, "PATIENCE", 2.0)
        with suppress(UserError):  # another system has its printers from elsewhere
            printers.known()

    monkeypatch.setattr(printers.sys, "executable", "/nowhere/dala")
    with pytest.raises(UserError):
        printers.known()
    with pytest.raises(UserError):
        printers.print_apart(long_paper(), printers.Wanted("HP", [0], 1))


@pytest.mark.parametrize("names", [["Canon", "HP"], []])
def test_that_process_tells_what_it_found(qapp, monkeypatch, capfdbinary, names):
    monkeypatch.setattr(printers, "QGuiApplication", lambda _: qapp)
    monkeypatch.setattr(printers.QPrinterInfo, "availablePrinterNames", lambda: names)
    monkeypatch.setattr(printers.QPrinterInfo, "defaultPrinterName", lambda: "HP")

    assert printers.main([]) == printers.DONE
    assert json.loads(capfdbinary.readouterr().out) == {"names": names, "usual": "HP"}


@pytest.mark.parametrize(("alone", "printed"), [(True, 2), (False, 6)])
def test_that_process_prints_the_pages_that_are_wanted_as_often_as_they_are(
    qapp, monkeypatch, tmp_path, alone, printed
):
    """A printer that cannot count is given them again and again."""
    made = []

    class File(QPrinter):
        def __init__(self, mode):
            super().__init__(mode)
            self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            self.setOutputFileName(str(tmp_path / "out.pdf"))
            made.append(self)

        def setPrinterName(self, name):
            self.named = name

        def supportsMultipleCopies(self):
            return alone

    errand = printers.Errand(long_paper(), printers.Wanted("HP", [1, 2], 3))
    stdin = SimpleNamespace(buffer=BytesIO(msgspec.msgpack.encode(errand)))
    monkeypatch.setattr(printers, "QGuiApplication", lambda _: qapp)
    monkeypatch.setattr(printers, "QPrinter", File)
    monkeypatch.setattr(printers.sys, "stdin", stdin)

    assert printers.main([printers.PRINT]) == printers.DONE
    pages = pages_of((tmp_path / "out.pdf").read_bytes())
    assert (len(pages), made[0].named) == (printed, "HP")
    assert "2/" in "".join(pages[0].split())
    assert made[0].copyCount() == (3 if alone else 1)
