"""Work against corruption with partners: what was found, the work plan, its measures.

Reports of somebody's deed are no part of it: they are sealed letters (sync/reports.py). Here nobody
is accused by name.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Part, Reviewed, field
from sync.records.held import Held

NOBODY = mark("Where and how it comes about. No names: a report of a deed is a sealed report.")


class Finding(Reviewed):
    """Where corruption may come about, and why."""

    __tablename__ = kind = "finding"
    label, several = mark("Finding"), mark("Findings")
    held = Held("anticorruption", "finding")
    another = mark("New finding")
    none_yet = mark("No findings yet. Write down where the risk lies; no network is needed.")
    untitled = mark("Finding without words yet")
    named_by, told_by, dated_by = "text", "sphere", "found_on"

    text: Mapped[str | None] = field(
        mark("What was found"), under=mark("Risk"), required=True, long=True, hint=NOBODY
    )
    sphere: Mapped[str | None] = field(mark("Sphere"), required=True, choices="integrity_sphere")
    source: Mapped[str | None] = field(
        mark("How it was found"), beside=True, required=True, choices="finding_source"
    )
    found_on: Mapped[date | None] = field(mark("Date"), required=True, index=True)
    village: Mapped[str | None] = field(mark("Village"), place=True)
    cause: Mapped[str | None] = field(
        mark("Why it comes about"), under=mark("Analysis"), long=True, listed=False
    )
    proposal: Mapped[str | None] = field(mark("What to do"), long=True, listed=False)
    partner: Mapped[str | None] = field(mark("Analysed with"), listed=False, offers="partner")


class WorkPlan(Reviewed):
    """A plan for some time, agreed with partners."""

    __tablename__ = kind = "work_plan"
    label, several = mark("Work plan"), mark("Work plans")
    held = Held("anticorruption", "work_plan")
    another = mark("New work plan")
    none_yet = mark("No work plans yet. A plan holds measures with partners and terms.")
    untitled = mark("Work plan without a name")
    named_by, dated_by = "title", "starts_on"

    title: Mapped[str | None] = field(mark("Name"), under=mark("Plan"), required=True, stays=True)
    starts_on: Mapped[date | None] = field(mark("From"), required=True, index=True)
    ends_on: Mapped[date | None] = field(mark("Until"), beside=True, required=True)
    partners: Mapped[str | None] = field(
        mark("Partners"), long=True, listed=False, hint=mark("Organisations, one a line")
    )
    finding: Mapped[str | None] = field(mark("From the finding"), link="finding", listed=False)


class Measure(Part):
    """One measure of a plan: who with whom, by when, and what came of it."""

    __tablename__ = kind = "measure"
    label = mark("Measure")
    held = Held("anticorruption", "record", "official", "office")
    parents = ("work_plan",)
    heading, another = mark("Measures"), mark("Add a measure")
    none_yet = mark("No measures yet. A measure says who does it, with whom and by when.")
    begins: ClassVar = {"state": "open"}

    text: Mapped[str | None] = field(mark("Measure"), required=True, long=True)
    responsible: Mapped[str | None] = field(
        mark("Responsible"), required=True, offers="responsible"
    )
    partner: Mapped[str | None] = field(mark("Partner"), beside=True, offers="partner")
    due_on: Mapped[date | None] = field(mark("Term"), required=True, index=True)
    state: Mapped[str | None] = field(
        mark("State"), beside=True, choices="decision_state", live=True
    )
    done_on: Mapped[date | None] = field(mark("Done on"), beside=True, live=True)
    result: Mapped[str | None] = field(mark("Result"), long=True, listed=False, live=True)
