"""The report of a district for a week or a quarter, as the region asks for it and a leader signs it.

Its sections follow the seven tasks. Each says its figures beside the period before and the year
before; what a group works on is drawn, and the villages where nobody was for long are named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.actions.figure_words import for_outside, value_words
from desktop.actions.figures import Answer, Question, not_visited, read_report
from desktop.actions.records import list_records
from desktop.exports.pages import Block, Ends, Grid, Look, Pages, Signatures
from desktop.exports.pages import Line as Words
from desktop.figures.declared import OKRUG, TIME, VILLAGE
from desktop.figures.periods import Period, Span
from desktop.figures.reports import report_of
from desktop.papers.figures_sheet import chart, totals
from desktop.papers.sheet import LONG_LINE, in_the_middle, pages
from desktop.papers.source import Stamp
from desktop.papers.wording import long_day, office
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, tr, trn

NOBODY_FOR = {Span.WEEK: 30, Span.QUARTER: 90}  # days; our own figures
TITLES = {Span.WEEK: mark("WEEKLY REPORT"), Span.QUARTER: mark("QUARTERLY REPORT")}
NAMED = 40  # villages that are named; of more only how many


@dataclass(frozen=True)
class Section:
    """A part of the paper: a report, and by what it is drawn; "" is not drawn."""

    report: str
    drawn_by: str = ""
    figure: str = ""


SECTIONS = (
    Section("activity", OKRUG.name, "visits"),
    Section("meetings"),
    Section("issues", "category", "issues"),
    Section("reception", "category", "visitors"),
    Section("projects"),
    Section("relocation"),
    Section("measures"),
    Section("media"),
)


def lay_out(desk: Desk, district: str, period: Period, today: date, stamp: Stamp) -> Pages:
    """The paper of a district for a week or a quarter, in the language spoken now.

    Raises UserError for any other period, or where there is no such district here.
    """
    if period.span not in TITLES:
        raise UserError(mark("A district reports for a week or a quarter. Choose one of them."))
    if district not in desk.pack.districts:
        raise UserError(mark("Choose the district that the report is of."))
    title = f"{tr(TITLES[period.span])} {desk.pack.full_name(district)}"
    return pages(desk, title, None, _blocks(desk, district, period, today, stamp), stamp)


def _blocks(
    desk: Desk, district: str, period: Period, today: date, stamp: Stamp
) -> Iterator[Block]:
    pack, language = desk.pack, stamp.language
    yield from in_the_middle(office(desk, district, language), Look.OFFICE)
    yield Words(tr(TITLES[period.span]), Look.TITLE, middle=True)
    yield Words(
        tr("of the operative group for {period}", period=_days(period)), Look.LEAD, middle=True
    )
    centre = pack.village(pack.districts[district].centre)
    yield Ends(long_day(today, language), centre.words() if centre else "")
    for number, section in enumerate(SECTIONS, 1):
        report = report_of(section.report)
        answer = _read(desk, section, district, period, today)
        yield Words(f"{number}. {tr(report.label)}", Look.HEADING)
        if not any(_has(answer, values) for values in (answer.whole.now, answer.whole.before)):
            yield Words(tr("Nothing was recorded."))
            continue
        yield totals(answer)
        yield from _drawn(desk, section, answer, period, today)
        if section.report == "activity":
            yield from _not_visited(desk, district, period, today)
    yield Words(tr("Notes"), Look.HEADING)
    yield from (Words(note, Look.SMALL) for note in _notes(period, today))
    yield Words("")
    yield Signatures(tuple((tr("Leader of the group"), name) for name in _leaders(desk, district)))


def _read(
    desk: Desk, section: Section, district: str, period: Period, today: date, by: str = ""
) -> Answer:
    usual = by or section.drawn_by or report_of(section.report).by[-1].name
    answer = read_report(desk, Question(section.report, period, usual, district), today)
    return for_outside(answer, desk.pack)


def _drawn(
    desk: Desk, section: Section, answer: Answer, period: Period, today: date
) -> Iterator[Block]:
    """The chart of a section; of a quarter, in time besides."""
    if not section.drawn_by:
        return
    figure = answer.report.figure(section.figure)
    yield from chart(answer, figure)
    if period.span is Span.QUARTER:
        weeks = _read(desk, section, answer.question.place, period, today, TIME.name)
        yield from chart(weeks, figure)


def _not_visited(desk: Desk, district: str, period: Period, today: date) -> Iterator[Block]:
    days = NOBODY_FOR[period.span]
    question = Question("coverage", period, VILLAGE.name, district)
    answer = read_report(desk, question, today)
    yield Words(tr("Coverage of villages"), Look.TEXT)
    yield totals(answer)
    left = [line for line in not_visited(answer, days).lines if line.key in desk.pack.villages]
    words = trn(
        "{n} village was not visited for {days} days.", "{n} villages were not visited for {days} days.",
        len(left), days=days,
    )  # fmt: skip
    yield Words(words)
    last = answer.report.figure(answer.report.oldest)
    rows = [(_short(line.name), value_words(last, line.now[last.name])) for line in left[:NAMED]]
    if rows:
        yield Grid((tr("Village"), tr("Last visit")), tuple(rows), (0.75, 0.25))
    if len(left) > NAMED:
        yield Words(tr("And {n} more.", n=len(left) - NAMED))


def _notes(period: Period, today: date) -> Iterator[str]:
    if period.first <= today < period.last:
        yield tr("The period still runs: the other ones are counted up to the same day.")
    yield tr("Beside each figure stand the period before and the same one of the year before.")
    yield tr("A percent or a median of fewer than ten is not told.")
    yield tr(
        "Issues and visitors of the period as they stand today: earlier periods had more time."
    )
    yield tr("Duplicates and what was rejected are not counted.")


def _leaders(desk: Desk, district: str) -> Sequence[str]:
    """Who leads the group, by its roster; a line to be written upon where nobody is named."""
    where = {"district": district, "role": "leader", "state": "active"}
    return [row["name"] for row in list_records(desk, "member", where) if row["name"]] or [
        LONG_LINE
    ]


def _days(period: Period) -> str:
    days = f"{period.first:%d.%m.%Y} – {period.last:%d.%m.%Y}"
    return days if period.span is Span.WEEK else f"{period.words()} ({days})"


def _has(answer: Answer, values: object) -> bool:
    assert isinstance(values, dict)
    names = [one.name for one in answer.report.figures if one.share is None]
    return any(values[name] for name in names)


def _short(name: str) -> str:
    return ", ".join(name.split(", ")[:2])
