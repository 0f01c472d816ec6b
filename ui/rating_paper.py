"""A paper with figures as PDF pages, A4: its words can be searched and copied, its charts are pictures."""

from desktop.exports.documents import pages_of
from desktop.exports.papers import Paper
from ui.pdf_pages import draw_pages


def draw_paper(paper: Paper) -> bytes:
    """The pages. For any thread: nothing of it is on the screen."""
    return draw_pages(pages_of(paper))
