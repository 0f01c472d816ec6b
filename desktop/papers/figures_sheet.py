"""A report as a paper: its passport, all together, a chart, the lines, and what must be known."""

from collections.abc import Iterator, Sequence

from desktop.actions.figure_files import passport, signed
from desktop.actions.figure_words import change_words, notes, short_words
from desktop.actions.figures import Answer, Line
from desktop.exports.bars import MOST, Bar, draw_bars
from desktop.exports.pages import Block, Grid, Look, Pages, Picture
from desktop.exports.pages import Line as Words
from desktop.figures.declared import TIME, Figure, Shape
from desktop.papers.sheet import in_the_middle, pages
from desktop.papers.source import Stamp
from desktop.papers.wording import office
from desktop.session import Desk
from sync.language import mark, tr
from sync.person import REGION

UPRIGHT = 6  # figures that stand side by side on an upright page
TOTALS = (
    mark("Figure"),
    mark("Period"),
    mark("Before"),
    mark("Difference"),
    mark("A year earlier"),
    mark("Difference"),
)
TOTAL_WIDTHS = (0.34, 0.12, 0.12, 0.15, 0.12, 0.15)


def lay_out(desk: Desk, answer: Answer, stamp: Stamp) -> Pages:
    """The paper of one report, in the language spoken now."""
    blocks = _blocks(desk, answer, stamp)
    wide = len(answer.report.figures) > UPRIGHT
    return pages(desk, tr(answer.report.label), None, blocks, stamp, wide=wide)


def totals(answer: Answer, figures: Sequence[Figure] | None = None) -> Grid:
    """All lines together, beside both other periods."""
    rows = []
    for one in figures or answer.report.figures:
        now = answer.whole.now[one.name]
        row = [tr(one.label), short_words(one, now)]
        others = [values[one.name] for values in (answer.whole.before, answer.whole.earlier)]
        for other in others if one.compared else (None, None):
            row += [short_words(one, other), change_words(one, now, other)]
        if any(value is not None for value in (now, *others)):
            rows.append(tuple(row))
    return Grid(tuple(map(tr, TOTALS)), tuple(rows), TOTAL_WIDTHS, figures=True)


def chart(answer: Answer, figure: Figure, *, most: int = MOST) -> Iterator[Picture]:
    """The bars of one figure, the largest first, so many on a page; nothing where there is none."""
    lines = [line for line in answer.lines if _is_shown(answer, line, figure)]
    words = f"{tr(figure.label)}. {tr(answer.grouping.label)}"
    legend = (answer.question.period.words(), answer.before.words())
    for at in range(0, len(lines), most):
        bars = [_bar(line, figure) for line in lines[at : at + most]]
        drawn = draw_bars(words, bars, legend)
        yield Picture(words, drawn.png, drawn.width, drawn.height)


def lines_of(answer: Answer) -> Grid:
    """Each line with all figures."""
    figures = answer.report.figures
    heads = (tr(answer.grouping.label), *(tr(one.label) for one in figures))
    rows = tuple(
        (line.name, *(short_words(one, line.now[one.name]) for one in figures))
        for line in (*answer.lines, answer.whole)
    )
    return Grid(heads, rows, figures=True)


def _blocks(desk: Desk, answer: Answer, stamp: Stamp) -> Iterator[Block]:
    place = answer.question.place
    district = desk.pack.district_of(place) if place else REGION
    yield from in_the_middle(office(desk, district, stamp.language), Look.OFFICE)
    yield Words(tr(answer.report.label), Look.TITLE, middle=True)
    yield Words(f"{answer.question.period.words()} · {answer.place}", Look.LEAD, middle=True)
    yield Words(tr("All together"), Look.HEADING)
    yield totals(answer)
    pictures = list(chart(answer, answer.report.figures[0]))
    if pictures:
        yield Words(tr("Chart"), Look.HEADING)
        yield from pictures
    if answer.lines:
        yield Words(tr(answer.grouping.label), Look.HEADING)
        yield lines_of(answer)
    yield Words(tr("Notes"), Look.HEADING)
    yield from (Words(note, Look.SMALL) for note in notes(answer))
    facts = (*passport(desk, answer), *signed(desk, stamp.id, stamp.at))
    yield Words(tr("About this report"), Look.HEADING)
    yield Grid((), facts, (0.3, 0.7), named=True)


def _is_shown(answer: Answer, line: Line, figure: Figure) -> bool:
    """In time all steps that have come; else those that have something, now or before."""
    if answer.grouping is TIME:
        days = answer.question.period
        came = days.steps(days.unit)[int(line.key)] <= answer.today
        return came and any(one.now[figure.name] for one in answer.lines)
    return bool(line.now[figure.name] or (figure.compared and line.before[figure.name]))


def _bar(line: Line, figure: Figure) -> Bar:
    now, before = line.now[figure.name], line.before[figure.name]
    return Bar(
        line.name,
        now if isinstance(now, int | float) else None,
        before if figure.compared and isinstance(before, int | float) else None,
        short_words(figure, now) if figure.shape is not Shape.DATE else "",
    )
