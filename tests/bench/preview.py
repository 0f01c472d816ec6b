"""Minutes of two pages from the question to pictures of both pages; beside Qt's own page of the same words."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.ratios import Figure, in_turns
from tests.bench.save import desk_at

FLOOR = "the same words laid out by Qt as plain text, and drawn as a PDF of two pages"
QUESTIONS, RUNS = 14, 9


def measure(runs: int | None = None) -> Figure:
    """Reading the record, laying it out, drawing what a window shows; laying out alone is told beside."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice, QSizeF
    from PySide6.QtGui import QGuiApplication, QPdfWriter, QTextDocument

    from desktop.actions import papers
    from tests.papers import meeting
    from tests.ui.desks import record
    from ui.drawn import page_picture
    from ui.fonts import load_fonts
    from ui.pdf_pages import LaidPages

    app = QGuiApplication.instance() or QGuiApplication(["bench"])
    load_fonts()
    asked, laid = papers.Asked("kk"), []
    with TemporaryDirectory(prefix="dala-bench-") as folder, desk_at(Path(folder)) as desk:
        id = meeting(desk)
        for at in range(QUESTIONS):
            text = f"{at + 3}. Ауылішілік жолдарды жөндеу қашан басталады және кім жауапты болады?"
            record(desk, "question", {"text": text, "answer": text, "answered": "promised"}, id)
        words = "\n".join(str(block) for block in papers.look(desk, id, asked).blocks)
        assert LaidPages(papers.look(desk, id, asked)).count == 2

        def floor() -> float:
            began = perf_counter()
            document, buffer = QTextDocument(), QBuffer()
            document.setPlainText(words)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            writer = QPdfWriter(buffer)
            document.setPageSize(QSizeF(writer.width(), writer.height()))
            document.print_(writer)
            return perf_counter() - began

        def ours() -> float:
            began = perf_counter()
            drawn = LaidPages(papers.look(desk, id, asked))
            laid.append(perf_counter() - began)
            for at in range(drawn.count):
                page_picture(drawn, at, 1.0)
            return perf_counter() - began

        floors, owns = in_turns(floor, ours, runs or RUNS)
    del app
    return Figure("preview of two pages", FLOOR, floors, owns, {"s, laid out": min(laid)})
