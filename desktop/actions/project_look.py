"""What was seen of a village project: defects that nobody has seen mended, the first photo and the newest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_

from desktop.actions.records import Row, list_records
from desktop.actions.saved_files import is_paper
from desktop.session import Desk
from sync.local_day import local_day
from sync.records.inspection import Defect, Inspection
from sync.records.notes import Attachment

GRAVE = ("dangerous", "serious", "minor")  # the gravest first
MENDED = "mended"
FEW = 200  # inspections of one project: the newest
OVER = ("accepted", "closed")  # states in which the work is done and the warranty runs


@dataclass(frozen=True)
class Dated:
    """A photo, and the day that it shows."""

    sha256: str
    day: date
    caption: str


@dataclass(frozen=True)
class ProjectLook:
    """Of one project. `photos`: none, the only one, or the first and the newest."""

    inspections: int = 0
    last: date | None = None  # when it was inspected last
    defects: tuple[Row, ...] = ()  # open ones, the gravest first; `parent` is the inspection
    photos: tuple[Dated, ...] = ()


def look_at(desk: Desk, project: UUID) -> ProjectLook:
    """By the inspections of the project, their defects and photos, and its own photos."""
    seen = list_records(
        desk,
        "inspection",
        {"project": str(project)},
        order=[Inspection.inspected_on.desc()],
        limit=FEW,
    )
    days = {row["id"]: row["inspected_on"] for row in seen}
    still = or_(Defect.state.is_(None), Defect.state != MENDED)
    defects = list_records(desk, "defect", among=[Defect.parent.in_(days), still])
    files = list_records(desk, "attachment", among=[Attachment.parent.in_([project, *days])])
    return ProjectLook(
        inspections=len(seen),
        last=max((day for day in days.values() if day), default=None),
        defects=tuple(sorted(defects, key=_gravest)),
        photos=_first_and_newest(files, days),
    )


def next_day(project: Row) -> tuple[str, date] | None:
    """The name of the field that holds the next day of the project, and the day: the end of the
    work until it is accepted, then the end of the warranty."""
    over = project.get("accepted_on") or project.get("state") in OVER
    name = "warranty_until" if over else "ends_on"
    day = project.get(name)
    return (name, day) if day and project.get("state") != "closed" else None


def _gravest(defect: Row) -> tuple[int, date]:
    grave = defect["severity"]
    return (GRAVE.index(grave) if grave in GRAVE else len(GRAVE), defect["due_on"] or date.max)


def _first_and_newest(files: Iterable[Row], days: dict[UUID, date | None]) -> tuple[Dated, ...]:
    """An inspection's photo shows the day of the inspection, the project's own the day it was added."""
    dated = sorted(
        (
            (days.get(row["parent"]) or local_day(row["created"]), row["created"], row)
            for row in files
            if row["sha256"] and not is_paper(row["media_type"])
        ),
        key=lambda one: one[:2],
    )
    ends = dated[:1] + dated[1:][-1:]
    return tuple(Dated(row["sha256"], day, row["caption"] or "") for day, _, row in ends)
