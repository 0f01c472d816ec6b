"""What a paper with figures says, whichever file it becomes: a table, a document, or pages to print."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.exports.tables import Cell, Column


@dataclass(frozen=True)
class Mark:
    """A mean and the ends of its interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Bar:
    """A line of the chart; None where nothing may be told."""

    name: str
    own: Mark | None
    model: Mark | None = None
    before: Mark | None = None


@dataclass(frozen=True)
class Wording:
    """A question as it was read out, and what could be chosen."""

    text: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """All words are in one language. `rows` hold numbers for who reckons, `printed` texts for who reads.

    `summed` names the columns of the rows with mean, lower and upper end, for a chart of the table.
    """

    title: str
    lead: str  # which list of the whole it is
    facts: tuple[tuple[str, Cell], ...]  # who asked whom, when and how
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    summed: tuple[int, int, int]
    heads: tuple[str, ...]
    printed: tuple[tuple[str, ...], ...]
    bars: tuple[Bar, ...]
    scale: tuple[int, int]
    legend: tuple[str, ...]  # own, model, before: those that are drawn
    notes: tuple[str, ...]
    wording: tuple[Wording, ...]
    headings: tuple[str, ...]  # of the passport, the figures, the chart, the notes, the wording
    signature: str
    footer: str
    mark: str  # the export's id

    @property
    def wide(self) -> bool:
        """Whether its table needs a page that is wide rather than high."""
        return len(self.heads) > MOST_UPRIGHT


MOST_UPRIGHT = 7  # columns of an upright page
LINES = {False: 22, True: 14}  # of a chart that stands on one page, upright or wide


def charts(paper: Paper) -> list[Sequence[Bar]]:
    """The lines of several charts, so that each stands on a page."""
    at_once = LINES[paper.wide]
    return [paper.bars[at : at + at_once] for at in range(0, len(paper.bars), at_once)]
