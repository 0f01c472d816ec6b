"""The process that draws PDF for a command, see desktop.papers.drawing: pages in, the file out."""

import sys

import msgspec
from PySide6.QtGui import QGuiApplication

from desktop.actions.slip import Slip
from desktop.exports.pages import Pages
from ui.applicant_slip import draw_applicant_slip
from ui.fonts import load_fonts
from ui.pdf_pages import draw_pages


def main() -> int:
    """Draw what comes on the standard input. No window, and no record, is opened."""
    said = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Pages | Slip)
    app = QGuiApplication(["dala"])
    load_fonts()
    drawn = draw_applicant_slip(said) if isinstance(said, Slip) else draw_pages(said)
    sys.stdout.buffer.write(drawn)
    sys.stdout.buffer.flush()
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
