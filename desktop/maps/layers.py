"""What may stand on the map: numbers of records at villages, and measures that districts are shaded by.

Both are declared as reports are (desktop/figures), and counted by the same questions.
"""

from dataclasses import dataclass, replace

from sqlalchemy import or_

from desktop.figures.casework import LATE, LIVE
from desktop.figures.control import PROJECTS
from desktop.figures.declared import DISTRICT, Figure, Report, Shape, Source, When, count, total
from desktop.figures.field_work import COVERAGE
from sync.errors import UserError
from sync.language import mark
from sync.records.inspection import Inspection
from sync.records.issue import Issue
from sync.records.meeting import Meeting
from sync.records.project import Project
from sync.records.reception import Reception
from sync.records.relocation import RelocationCase
from sync.records.visit import Visit

ALL = mark("All")


@dataclass(frozen=True)
class Sort:
    """Which records of a layer. With `days`, villages are counted where nobody was for so many."""

    name: str
    label: str  # marked
    source: Source
    days: int = 0


@dataclass(frozen=True)
class Layer:
    """Records of a kind at their villages. `people`: they are about single persons."""

    name: str
    label: str
    sorts: tuple[Sort, ...]
    people: bool = False

    def sort(self, name: str) -> Sort:
        """By its name; the first where there is none of it."""
        return next((one for one in self.sorts if one.name == name), self.sorts[0])


@dataclass(frozen=True)
class Measure:
    """A figure of districts; with `less`, how far it is above another one."""

    name: str
    label: str
    report: Report
    figure: str
    less: str = ""

    @property
    def shape(self) -> Shape:
        """How it is written."""
        return self.report.figure(self.figure).shape


def _source(record: type, day: object, *which: object) -> Source:
    return Source(record, day, {"n": count()}, where=which)  # type: ignore[arg-type]  # bare columns


ISSUES = Layer(
    "issues",
    mark("Issues"),
    (
        Sort("open", mark("Still open"), _source(Issue, Issue.received_on, LIVE)),
        Sort("late", mark("Our term has passed"), _source(Issue, Issue.received_on, LATE)),
        Sort("closed", mark("Closed"), _source(Issue, Issue.received_on, Issue.state == "closed")),
        Sort("all", ALL, _source(Issue, Issue.received_on)),
    ),
    people=True,
)
VISITS = Layer("visits", mark("Visits"), (Sort("all", ALL, _source(Visit, Visit.visited_on)),))
UNVISITED = Layer(
    "unvisited",
    mark("Villages not visited"),
    tuple(
        Sort(str(days), label, Source(Visit, Visit.visited_on, when=When.UNTIL), days)
        for days, label in (
            (30, mark("for 30 days")),
            (60, mark("for 60 days")),
            (90, mark("for 90 days")),
            (180, mark("for 180 days")),
        )
    ),
)
MEETINGS = Layer(
    "meetings", mark("Meetings"), (Sort("all", ALL, _source(Meeting, Meeting.held_on)),)
)
RECEPTION = Layer(
    "reception",
    mark("Visitors of the reception"),
    (
        Sort("all", ALL, _source(Reception, Reception.received_on)),
        Sort(
            "open",
            mark("Still open"),
            _source(
                Reception,
                Reception.received_on,
                or_(Reception.state.is_(None), Reception.state != "closed"),
            ),
        ),
    ),
    people=True,
)
ON_SITE = Layer(
    "projects",
    mark("Village projects"),
    (
        Sort("all", ALL, _source(Project, Project.starts_on)),
        Sort(
            "open",
            mark("Not accepted yet"),
            _source(Project, Project.starts_on, Project.accepted_on.is_(None)),
        ),
    ),
)
INSPECTIONS = Layer(
    "inspections",
    mark("Inspections"),
    (Sort("all", ALL, _source(Inspection, Inspection.inspected_on)),),
)
RELOCATION = Layer(
    "relocation",
    mark("Relocation"),
    (
        Sort("all", ALL, _source(RelocationCase, RelocationCase.opened_on)),
        Sort("moved", mark("Households that moved"), _source(
            RelocationCase, RelocationCase.moved_on, RelocationCase.moved_on.is_not(None)
        )),
        Sort("returned", mark("Households that returned"), _source(
            RelocationCase, RelocationCase.returned_on, RelocationCase.returned_on.is_not(None)
        )),
    ),
    people=True,
)  # fmt: skip
LAYERS = {
    one.name: one
    for one in (
        ISSUES,
        VISITS,
        UNVISITED,
        MEETINGS,
        RECEPTION,
        ON_SITE,
        INSPECTIONS,
        RELOCATION,
    )
}

_CASES = Report(
    "map_issues",
    mark("Issues"),
    "",
    figures=(
        Figure("issues", mark("Received")),
        Figure("open", mark("Still open")),
        Figure("late_share", mark("Issues overdue, %"), Shape.SHARE, ("late", "open")),
        Figure("closed_share", mark("Closed, %"), Shape.SHARE, ("closed", "issues")),
    ),
    sources=(
        Source(
            Issue,
            Issue.received_on,
            {
                "issues": count(),
                "open": count(LIVE),
                "late": count(LATE),
                "closed": count(Issue.state == "closed"),
            },
        ),
    ),
    by=(DISTRICT,),
)
_MOVED = Report(
    "map_moved",
    mark("Relocation"),
    "",
    figures=(Figure("moved_people", mark("People who moved")),),
    sources=(
        Source(
            RelocationCase, RelocationCase.moved_on, {"moved_people": total(RelocationCase.people)},
            where=(RelocationCase.moved_on.is_not(None),),
        ),
    ),
    by=(DISTRICT,),
)  # fmt: skip
MEASURES = {
    one.name: one
    for one in (
        Measure("open", mark("Issues still open"), _CASES, "open"),
        Measure("late", mark("Issues overdue, %"), _CASES, "late_share"),
        Measure("closed", mark("Issues closed, %"), _CASES, "closed_share"),
        Measure("coverage", mark("Villages visited, %"), COVERAGE, "share"),
        Measure("paid", mark("Projects: paid, %"), PROJECTS, "paid_share"),
        Measure("work", mark("Projects: work done, %"), PROJECTS, "work_share"),
        Measure("ahead", mark("Projects: paid ahead, points"), PROJECTS, "paid_share", "work_share"),
        Measure("moved", mark("People who moved"), _MOVED, "moved_people"),
    )
}  # fmt: skip


def layer_of(name: str) -> Layer:
    """By its name. Raises UserError for one that is none."""
    if name not in LAYERS:
        raise UserError(mark("There is nothing on the map that is called “{name}”."), name=name)
    return LAYERS[name]


def measure_of(name: str) -> Measure | None:
    """By its name; None for none. Raises UserError for one that is no measure."""
    if not name:
        return None
    if name not in MEASURES:
        raise UserError(mark("There is nothing on the map that is called “{name}”."), name=name)
    return MEASURES[name]


def of_all_days(source: Source) -> Source:
    """The same, whatever the day; also where none is told."""
    return replace(source, when=When.ANY) if source.when is When.WITHIN else source


def dated_and_not(source: Source) -> tuple[Source, ...]:
    """The same as two, to be counted: by days an index answers that has all that is asked for, and so has
    it those of no day; without a word of days the whole table would be read."""
    if source.when is not When.WITHIN:
        return (source,)
    return source, replace(source, when=When.ANY, where=(*source.where, source.day.is_(None)))
