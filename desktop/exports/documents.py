"""A paper with figures as pages: its passport, its tables, its charts, its notes."""

from collections.abc import Iterator
from typing import IO

from desktop.exports.charts import draw_chart
from desktop.exports.pages import Block, Grid, Line, Look, Pages, Picture
from desktop.exports.papers import Paper, charts
from desktop.exports.word_pages import write_docx as write_pages
from sync.language import spoken

PASSPORT = (0.3, 0.7)  # of the width


def write_docx(file: IO[bytes], paper: Paper) -> None:
    """Write the paper for Word."""
    write_pages(file, pages_of(paper))


def pages_of(paper: Paper) -> Pages:
    """The same, block by block, in the language spoken."""
    return Pages(
        title=paper.title,
        language=spoken(),
        blocks=tuple(_blocks(paper)),
        footer=paper.footer,
        mark=paper.mark,
        wide=paper.wide,
    )


def _blocks(paper: Paper) -> Iterator[Block]:
    passport, figures, chart, notes, wording = paper.headings
    yield Line(paper.title, Look.TITLE)
    yield Line(paper.lead, Look.LEAD)
    yield Line(passport, Look.HEADING)
    facts = [(name, "" if value is None else str(value)) for name, value in paper.facts]
    yield Grid((), tuple(facts), PASSPORT, named=True)
    yield Line(figures, Look.HEADING, own_page=True)
    yield Grid(paper.heads, paper.printed, figures=True)
    if paper.bars:
        yield Line(chart, Look.HEADING, own_page=True)
    for bars in charts(paper):
        drawn = draw_chart(bars, paper.scale, paper.legend)
        yield Picture(f"{chart}. {paper.lead}", drawn.png, drawn.width, drawn.height)
    if paper.notes:
        yield Line(notes, Look.HEADING)
    for note in paper.notes:
        yield Line(note)
    if paper.wording:
        yield Line(wording, Look.HEADING, own_page=True)
    for at, question in enumerate(paper.wording, 1):
        yield Line(f"{at}. {question.text}")
        if question.choices:
            yield Line("; ".join(question.choices), Look.SMALL)
    yield Line("")
    yield Line(paper.signature)
