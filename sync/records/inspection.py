"""What a group saw at an object of the village projects, with the defects that are to be mended."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Part, Reviewed, field
from sync.records.held import Held


class Inspection(Reviewed):
    __tablename__ = kind = "inspection"
    label, several = mark("Inspection"), mark("Inspections")
    held = Held("village_projects", "inspection")
    another = mark("New inspection")
    none_yet = mark("No inspections yet. Write down what you saw; no network is needed.")
    untitled = mark("Inspection")
    named_by, told_by, dated_by = "found", "quality", "inspected_on"

    project: Mapped[str | None] = field(
        mark("Project"), under=mark("What and when"), required=True, link="project", index=True
    )
    inspected_on: Mapped[date | None] = field(mark("Date"), required=True, index=True)
    village: Mapped[str | None] = field(mark("Village"), required=True, place=True)
    people: Mapped[str | None] = field(
        mark("Who took part"), long=True, listed=False, hint=mark("Name and post, one a line")
    )

    physical: Mapped[int | None] = field(
        mark("Work done, %"), under=mark("What was seen"), smallest=0, largest=100
    )
    quality: Mapped[str | None] = field(
        mark("Quality"), beside=True, required=True, choices="work_quality"
    )
    found: Mapped[str | None] = field(mark("What was found"), required=True, long=True)


class Defect(Part):
    """One thing to be mended, with a term. It is followed until somebody saw that it is."""

    __tablename__ = kind = "defect"
    label = mark("Defect")
    held = Held("village_projects", "record")
    parents = ("inspection",)
    heading, another = mark("Defects"), mark("Add a defect")
    none_yet = mark("No defects were found.")
    begins: ClassVar = {"state": "open"}

    text: Mapped[str | None] = field(mark("Defect"), required=True, long=True)
    severity: Mapped[str | None] = field(
        mark("How grave"), required=True, choices="defect_severity"
    )
    due_on: Mapped[date | None] = field(
        mark("To be mended by"), beside=True, required=True, index=True, live=True
    )
    state: Mapped[str | None] = field(
        mark("State"), beside=True, choices="defect_state", live=True
    )
    mended_on: Mapped[date | None] = field(mark("Seen mended on"), beside=True, live=True)
