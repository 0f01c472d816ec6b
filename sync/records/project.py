"""An object of «Ауыл – ел бесігі»: its contract, its money, and, apart from that, the work that is seen."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Part, Reviewed, field
from sync.records.held import Held

HELD = Held("village_projects", "project")


class Project(Reviewed):
    """Money and physical progress are two figures: neither is reckoned from the other."""

    __tablename__ = kind = "project"
    label, several = mark("Village project"), mark("Projects")
    held = HELD
    another = mark("New project")
    none_yet = mark("No projects yet. Write down the first object; no network is needed.")
    untitled = mark("Project without a name")
    named_by, told_by, dated_by = "title", "sphere", "starts_on"
    begins: ClassVar = {"starts_on": None, "state": "planned"}

    title: Mapped[str | None] = field(
        mark("Object"), under=mark("What and where"), required=True, stays=True
    )
    village: Mapped[str | None] = field(mark("Village"), required=True, place=True, index=True)
    sphere: Mapped[str | None] = field(mark("Sphere"), required=True, choices="project_sphere")
    work: Mapped[str | None] = field(mark("Kind of work"), beside=True, choices="project_work")

    client: Mapped[str | None] = field(
        mark("Client"), under=mark("Contract"), listed=False, stays=True
    )
    contractor: Mapped[str | None] = field(mark("Contractor"), stays=True)
    contractor_bin: Mapped[str | None] = field(
        mark("BIN of the contractor"), beside=True, listed=False, check="bin", stays=True
    )
    contract_number: Mapped[str | None] = field(
        mark("Number of the contract"), listed=False, stays=True
    )
    contract_on: Mapped[date | None] = field(
        mark("Date of the contract"), beside=True, listed=False
    )
    supervisor: Mapped[str | None] = field(mark("Technical supervision"), listed=False, stays=True)
    starts_on: Mapped[date | None] = field(mark("Begins on"), required=True, index=True)
    ends_on: Mapped[date | None] = field(mark("To be finished on"), beside=True, required=True)

    money_source: Mapped[str | None] = field(
        mark("Source of money"), under=mark("Money"), choices="money_source", listed=False
    )
    contract_sum: Mapped[int | None] = field(
        mark("Sum of the contract, tenge"), beside=True, smallest=0, money=True
    )
    allotted: Mapped[int | None] = field(
        mark("Allotted this year, tenge"), smallest=0, money=True, live=True
    )

    state: Mapped[str | None] = field(
        mark("State"), under=mark("Work"), choices="project_state", live=True, index=True
    )
    physical: Mapped[int | None] = field(
        mark("Work done, %"), beside=True, smallest=0, largest=100, live=True
    )
    jobs: Mapped[int | None] = field(
        mark("Jobs"), beside=True, smallest=0, listed=False, live=True
    )
    accepted_on: Mapped[date | None] = field(mark("Accepted on"), listed=False, live=True)
    warranty_until: Mapped[date | None] = field(
        mark("Warranty until"), beside=True, listed=False, live=True
    )


class Payment(Part):
    """Money that was disbursed for a project."""

    __tablename__ = kind = "payment"
    label = mark("Payment")
    held = Held("village_projects", "record")
    parents = ("project",)
    heading, another = mark("Payments"), mark("Add a payment")
    none_yet = mark("No payments yet.")
    late = True

    paid_on: Mapped[date | None] = field(mark("Paid on"), required=True, index=True)
    sum: Mapped[int | None] = field(
        mark("Sum, tenge"), beside=True, required=True, smallest=0, money=True
    )
    act: Mapped[str | None] = field(mark("Act of completed work"), beside=True, stays=True)
