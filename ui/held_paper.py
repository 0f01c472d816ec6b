"""What is held about a person as PDF pages, A4: as many as it takes, each with its number."""

from collections.abc import Iterable

from desktop.exports.pages import Line, Look, Pages
from desktop.holdings.paper import Paragraph, Rank
from sync.language import spoken
from ui.pdf_pages import draw_pages

LOOKS = {
    Rank.TITLE: Look.TITLE,
    Rank.RECORD: Look.HEADING,
    Rank.LINE: Look.TEXT,
    Rank.WHY: Look.SMALL,
}


def draw_held(said: Iterable[Paragraph]) -> bytes:
    """The file. For any thread: nothing of it is on the screen."""
    return draw_pages(held_pages(said))


def held_pages(said: Iterable[Paragraph]) -> Pages:
    """The pages; words stand there as they are."""
    lines = tuple(map(_line, said))
    title = lines[0].words if lines else ""
    return Pages(title, spoken(), lines, footer="", mark="")


def _line(one: Paragraph) -> Line:
    if one.rank is Rank.PART:
        return Line("", label=one.words)
    return Line(one.words, LOOKS[one.rank])
