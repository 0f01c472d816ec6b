"""The process that draws PDF for a command, see desktop.papers.drawing: pages in, the file out."""

import sys

import msgspec
from PySide6.QtGui import QGuiApplication

from desktop.exports.pages import Pages
from ui.fonts import load_fonts
from ui.pdf_pages import draw_pages


def main() -> int:
    """Draw what comes on the standard input. No window, and no record, is opened."""
    pages = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Pages)
    app = QGuiApplication(["dala"])
    load_fonts()
    sys.stdout.buffer.write(draw_pages(pages))
    sys.stdout.buffer.flush()
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
