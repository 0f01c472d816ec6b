"""A household that moves to another region, through all states and the checks after it.

The states follow the programme «Еңбек» and what came after it (order No. 20 of 15.01.2016, to be
checked by counsel); a return is a state, not an error.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records import consented
from sync.records.base import Part, Record, Reviewed, field
from sync.records.consented import Consented
from sync.records.held import Held

BY_CONSENT = Held("contact", "relocation", "citizen", "consent")


class RelocationCase(Consented, Reviewed):
    __tablename__ = kind = "relocation_case"
    label, several = mark("Relocation case"), mark("Cases")
    held = Held("casework", "relocation", "citizen", "request")
    consent_texts = "relocation"
    another = mark("New case")
    none_yet = mark("No cases yet. Write down the first household; no network is needed.")
    untitled = mark("Household without a description")
    named_by, told_by, dated_by = "household", "state", "opened_on"
    begins: ClassVar = {"state": "interested"}

    household: Mapped[str | None] = field(
        mark("Household in short"),
        under=mark("From where"),
        required=True,
        hint=mark("Without names: “six people, two of them at school”"),
    )
    village: Mapped[str | None] = field(mark("Village"), required=True, place=True, index=True)
    opened_on: Mapped[date | None] = field(mark("Opened on"), required=True, index=True)
    people: Mapped[int | None] = field(mark("People"), beside=True, required=True, smallest=1)
    workers: Mapped[int | None] = field(mark("Of working age"), beside=True, smallest=0)

    region: Mapped[str | None] = field(
        mark("Receiving region"), under=mark("To where"), choices="receiving_region", live=True
    )
    place: Mapped[str | None] = field(
        mark("District and village there"), beside=True, listed=False, live=True
    )
    job: Mapped[str | None] = field(mark("Work that was found"), listed=False, live=True)
    dwelling: Mapped[str | None] = field(
        mark("Dwelling that was found"), beside=True, listed=False, live=True
    )

    applicant: Mapped[str | None] = consented.applicant(BY_CONSENT)
    phone: Mapped[str | None] = consented.phone(BY_CONSENT)

    state: Mapped[str | None] = field(
        mark("State"),
        under=mark("How far it is"),
        required=True,
        choices="relocation_state",
        live=True,
        index=True,
    )
    moved_on: Mapped[date | None] = field(mark("Moved on"), beside=True, live=True, index=True)
    subsidy: Mapped[int | None] = field(
        mark("Subsidy, tenge"), smallest=0, money=True, listed=False, live=True
    )
    returned_on: Mapped[date | None] = field(mark("Returned on"), beside=True, live=True)
    why_returned: Mapped[str | None] = field(
        mark("Why they returned"), long=True, listed=False, live=True
    )


class RelocationStage(Part):
    """A state that a case came to, or a check after the move. Written once."""

    __tablename__ = kind = "relocation_stage"
    label = mark("Stage")
    held = Held("casework", "record", "citizen", "request")
    parents = ("relocation_case",)
    append_only = late = True
    heading, another = mark("Stages and checks"), mark("Add a stage")
    none_yet = mark("No stages yet. Write down each step, and the checks after the move.")

    state: Mapped[str | None] = field(mark("Stage"), required=True, choices="relocation_state")
    reached_on: Mapped[date | None] = field(mark("Date"), beside=True, required=True, index=True)
    text: Mapped[str | None] = field(mark("Details"), long=True)


class RelocationQuota(Record):
    """How many people a region takes in a year, by whose act. The coordinator writes it down.

    What is used of it, cases tell (desktop/figures/casework.py).
    """

    __tablename__ = kind = "relocation_quota"
    label, several = mark("Relocation quota"), mark("Quotas")
    held = Held("casework", "quota")
    regional = True
    another = mark("New quota")
    photographed = False
    none_yet = mark("No quotas yet. The coordinator writes down what each region takes in a year.")
    untitled = mark("Quota without a region")
    named_by, told_by = "region", "year"

    region: Mapped[str | None] = field(
        mark("Receiving region"),
        under=mark("Quota"),
        required=True,
        choices="receiving_region",
        index=True,
    )
    place: Mapped[str | None] = field(
        mark("District there"), stays=True, hint=mark("Empty: the whole region")
    )
    year: Mapped[int | None] = field(
        mark("Year"), required=True, smallest=2015, largest=2099, index=True
    )
    people: Mapped[int | None] = field(mark("People"), beside=True, required=True, smallest=0)
    act: Mapped[str | None] = field(
        mark("By which act"), stays=True, hint=mark("The body, the date and the number")
    )
