"""The reports of a district and the region: sums by place, person, sort or time, beside other periods.

Sealed reports of corruption are another thing (desktop/actions/reports.py). What is counted is what is
on this laptop: of the own district, or of all for a coordinator.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from desktop import people
from desktop.actions import figure_queries
from desktop.actions.figure_queries import Asked, villages_of
from desktop.actions.records import Row, as_rows
from desktop.figures import periods
from desktop.figures.declared import DISTRICT, MEMBER, OKRUG, TIME, VILLAGE, Grouping, Report
from desktop.figures.periods import Period
from desktop.figures.reports import report_of
from desktop.figures.sums import Sums, Values
from desktop.session import Desk
from sync.errors import Refused, UserError
from sync.folding import kazakh_key
from sync.language import mark, tr
from sync.person import REGION
from sync.policy import Action, Place, reach
from sync.vocabulary import choices, label

MOST = 500  # records behind a number that are shown: nobody goes through more
NOT_YOURS = mark("Reports are made of records that your role does not read.")
NOT_TOLD = mark("Not told")


@dataclass(frozen=True)
class Question:
    """Which report, over which days, by what, and where: a district, okrug or village; "" is all that
    is on this laptop."""

    report: str
    period: Period
    by: str
    place: str = ""


@dataclass(frozen=True)
class Line:
    """The figures of one line in three periods. `key`: of a place, a login, a vocabulary or a step."""

    key: str
    name: str
    now: Values
    before: Values
    earlier: Values  # in the same days of the year before


@dataclass(frozen=True)
class Answer:
    """What a report tells. `whole`: all lines together, and what belongs to none of them."""

    question: Question
    report: Report
    grouping: Grouping
    lines: tuple[Line, ...]
    whole: Line
    before: Period
    earlier: Period
    place: str  # in words
    left_out: int  # records that are duplicates, or were rejected
    today: date


def check_may_read(desk: Desk) -> None:
    """Raise Refused, in words, where this person's laptop has no records to count."""
    if not reach(desk.person.role, Action.READ) & {Place.OWN, Place.OTHER}:
        raise Refused(NOT_YOURS)


def groupings(desk: Desk, report: Report, place: str = "") -> list[Grouping]:
    """By what a report can be listed here: not by districts where there is one."""
    one = bool(place) or desk.person.district != REGION
    return [by for by in report.by if not (by is DISTRICT and one)]


def read_report(
    desk: Desk, question: Question, today: date, between: Callable[[], object] = lambda: None
) -> Answer:
    """Count. `between` is called between two pieces of it, and may raise Stopped. Raises UserError for a
    report, a grouping or a place that there is not."""
    check_may_read(desk)
    report = report_of(question.report)
    grouping = next((by for by in report.by if by.name == question.by), None)
    if grouping is None:
        raise UserError(mark("This report is not listed by “{name}”."), name=question.by)
    place = _place(desk, question.place)
    days = question.period
    others = (periods.before(days), periods.year_earlier(days))
    compared = (days, *(periods.as_far(one, days, today) for one in others))
    asked = [Asked(grouping, one, days.unit, place, today, desk.pack) for one in compared]
    read: dict[tuple[date, date], tuple[dict[str, Sums], Sums]] = {}
    with desk.store() as session:
        for one in asked:  # the year before a year is both
            dates = (one.period.first, one.period.last)
            if dates not in read:
                read[dates] = figure_queries.add_up(session, report.sources, one, between)
        left_out = figure_queries.not_counted(session, report.sources[0], asked[0])
    found = [read[one.period.first, one.period.last] for one in asked]
    keys = _keys(desk, report, asked[0], {key for lines, _ in found for key in lines})
    names = people.names_of(desk) if grouping is MEMBER else {}
    lines = [
        Line(key, _name(desk, asked[0], key, names), *_values(report, asked[0], found, key))
        for key in keys
    ]
    return Answer(
        question=replace(question, place=place),
        report=report,
        grouping=grouping,
        lines=tuple(_ordered(report, grouping, lines)),
        whole=Line("", tr("All together"), *_values(report, asked[0], found, None)),
        before=compared[1],
        earlier=compared[2],
        place=desk.pack.full_name(place) if place else tr("All districts"),
        left_out=left_out,
        today=today,
    )


def records_behind(
    desk: Desk, question: Question, key: str, today: date, most: int = MOST
) -> list[Row]:
    """The records that the first figure of a line counts, the latest first; at most so many."""
    check_may_read(desk)
    report = report_of(question.report)
    grouping, days = report.grouping(question.by), question.period
    asked = Asked(grouping, days, days.unit, _place(desk, question.place), today, desk.pack)
    record: Any = report.sources[0].root
    query = figure_queries.behind(report.sources[0], asked, key)
    if query is None:
        return []
    with desk.store() as session:
        ids = list(session.scalars(query.limit(most), asked.values))
        found = session.scalars(select(record).where(record.id.in_(ids))).all()
        rows = {row["id"]: row for row in as_rows(session, found)}
    return [rows[id] for id in ids]


def not_visited(answer: Answer, days: int) -> Answer:
    """Only the places where nobody was for so many days; of a report that tells the last day."""
    name = answer.report.oldest
    if not name:
        return answer

    def is_old(line: Line) -> bool:
        last = line.now[name]
        return not isinstance(last, date) or (answer.today - last).days >= days

    return replace(answer, lines=tuple(filter(is_old, answer.lines)))


def opened(desk: Desk, answer: Answer, key: str) -> Question | None:
    """What lies below a line: okrugs of a district, villages of an okrug; None for the last step."""
    below = {DISTRICT.name: OKRUG, OKRUG.name: VILLAGE}.get(answer.grouping.name)
    known = key in desk.pack.districts or key in desk.pack.okrugs
    if below is None or below not in answer.report.by or not known:
        return None
    return replace(answer.question, by=below.name, place=key)


def above(desk: Desk, question: Question) -> Question | None:
    """The way back from there."""
    pack, place = desk.pack, question.place
    if question.by == VILLAGE.name and place in pack.okrugs:
        return replace(question, by=OKRUG.name, place=pack.okrugs[place].district)
    if question.by == OKRUG.name and place and desk.person.district == REGION:
        return replace(question, by=DISTRICT.name, place="")
    return None


def _place(desk: Desk, place: str) -> str:
    """The place that is meant: who has a district has no other."""
    own = desk.person.district
    if not place:
        return "" if own == REGION else own
    pack = desk.pack
    if place not in pack.districts and place not in pack.okrugs and place not in pack.villages:
        raise UserError(mark("The region has no place with the code {code}."), code=place)
    if own not in (REGION, pack.district_of(place)):
        raise UserError(mark("This place lies in another district, whose records are not here."))
    return place


def _values(
    report: Report, asked: Asked, found: list[tuple[dict[str, Sums], Sums]], key: str | None
) -> Iterator[Values]:
    """Of one line in each period; without a key of all of them."""
    silent = figure_queries.silent(report.sources, asked, whole=key is None)
    for lines, rest in found:
        sums = Sums()
        for each in [*lines.values(), rest] if key is None else [lines.get(key, Sums())]:
            sums.add(each)
        if report.villages:
            sums.numbers[report.villages] = _villages(asked, key)
        yield sums.values(report, silent)


def _villages(asked: Asked, key: str | None) -> int:
    """How many villages there are in a line, or in all."""
    if key is None:
        return len(villages_of(asked.pack, asked.place))
    return len(villages_of(asked.pack, key)) if key else 0


def _keys(desk: Desk, report: Report, asked: Asked, found: set[str]) -> set[str]:
    """Of lines: those that have something, and the places and days that should have."""
    place = asked.place
    if asked.by is TIME:
        return set(asked.steps.values())
    if asked.by is DISTRICT and not place:
        return found | set(desk.pack.districts)
    if asked.by is OKRUG and place in desk.pack.districts:
        return found | {code for code, _ in desk.pack.okrugs_of(place)}
    if asked.by is VILLAGE and report.villages and place:
        return found | set(villages_of(desk.pack, place))
    return found


def _name(desk: Desk, asked: Asked, key: str, names: Any) -> str:
    by = asked.by
    if not key:
        return tr(NOT_TOLD)
    if by is TIME:
        return periods.step_words(asked.period, asked.period.steps(asked.unit)[int(key)])
    if by is MEMBER:
        return str(names.get(key, key))
    if by is OKRUG and asked.place:
        return desk.pack.okrug_name(key)
    if by in (DISTRICT, OKRUG, VILLAGE):
        return desk.pack.full_name(key)
    return label(by.vocabulary, key) if by.vocabulary else tr(by.words.get(key, key))


def _ordered(report: Report, grouping: Grouping, lines: list[Line]) -> list[Line]:
    """In time, or as its vocabulary has it, or the largest first; what is not told comes last."""
    if grouping is TIME:
        return sorted(lines, key=lambda line: int(line.key))
    if grouping.ordered:
        known = [one.key for one in choices(grouping.vocabulary)] if grouping.vocabulary else []
        order = {key: at for at, key in enumerate(known or grouping.words)}
        return sorted(lines, key=lambda line: (not line.key, order.get(line.key, len(order))))

    def rank(line: Line) -> Any:
        name = kazakh_key(line.name)
        if report.oldest and grouping is VILLAGE:
            return (not line.key, line.now[report.oldest] or date.min, name)
        size: Any = line.now[report.figures[0].name] or 0
        return (not line.key, -size, name)

    return sorted(lines, key=rank)
