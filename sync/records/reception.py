"""The register of the public business reception: who came, with what, and what came of it.

Its columns follow the registers in use and article 63 of the Code of Administrative Procedure on what
an appeal says (to be checked by counsel).
"""

from datetime import date, time
from typing import ClassVar

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records import consented
from sync.records.base import Reviewed, field
from sync.records.consented import Consented
from sync.records.held import Held
from sync.records.numbered import numbered

BY_CONSENT = Held("contact", "reception_visit", "citizen", "consent")


class Reception(Consented, Reviewed):
    """One visitor, an entrepreneur too. Legal advice and its lawyer stand beside the complaint."""

    __tablename__ = kind = "reception"
    label = mark("Visit to the reception")
    held = Held("casework", "reception_visit", "citizen", "request")
    consent_texts = "reception"
    another = mark("New visitor")
    none_yet = mark("Nobody yet. Write down the first visitor; no network is needed.")
    untitled = mark("Visitor without words yet")
    named_by, told_by, dated_by = "essence", "category", "received_on"
    begins: ClassVar = {"state": "open"}

    received_on: Mapped[date | None] = field(
        mark("Date"), under=mark("When and how"), required=True, index=True
    )
    received_at: Mapped[time | None] = field(mark("Time"), beside=True, listed=False)
    received_by: Mapped[str | None] = field(mark("Received by"), beside=True, listed=False)
    form: Mapped[str | None] = field(mark("Received how"), required=True, choices="reception_form")
    number: Mapped[str | None] = numbered("K")
    village: Mapped[str | None] = field(mark("Village"), required=True, place=True, index=True)

    essence: Mapped[str | None] = field(
        mark("Essence"), under=mark("With what they came"), required=True, long=True
    )
    category: Mapped[str | None] = field(
        mark("Category"), required=True, choices="issue_category", index=True
    )
    appeal: Mapped[str | None] = field(
        mark("Kind of appeal"), beside=True, choices="appeal_kind", listed=False
    )
    papers: Mapped[str | None] = field(mark("Papers shown"), listed=False)

    visitor_type: Mapped[str | None] = field(
        mark("Who came"), under=mark("Entrepreneurs"), required=True, choices="visitor_type"
    )
    bin: Mapped[str | None] = field(mark("BIN"), beside=True, listed=False, check="bin")
    sphere: Mapped[str | None] = field(mark("Sphere of business"), listed=False)
    regulator: Mapped[str | None] = field(
        mark("Body that hinders or decides"), beside=True, listed=False, offers="department"
    )
    damage: Mapped[int | None] = field(mark("Damage, tenge"), smallest=0, money=True, listed=False)

    applicant: Mapped[str | None] = consented.applicant(BY_CONSENT)
    phone: Mapped[str | None] = consented.phone(BY_CONSENT)
    iin: Mapped[str | None] = field(
        mark("IIN"),
        private=True,
        listed=False,
        check="iin",
        hint=mark("Only where a body asks for it"),
        held=BY_CONSENT,
    )
    address: Mapped[str | None] = field(
        mark("Address"), beside=True, private=True, listed=False, held=BY_CONSENT
    )
    social: Mapped[str | None] = field(
        mark("Social category"),
        choices="social_category",
        private=True,
        listed=False,
        held=BY_CONSENT,
    )

    advice: Mapped[str | None] = field(
        mark("First advice"), under=mark("What was done"), long=True, listed=False
    )
    lawyer: Mapped[str | None] = field(mark("Lawyer who advised"), listed=False, live=True)
    asked_of: Mapped[str | None] = field(
        mark("Asked of"), listed=False, live=True, offers="department"
    )
    outgoing_number: Mapped[str | None] = field(
        mark("Our outgoing number"), listed=False, live=True
    )
    outgoing_on: Mapped[date | None] = field(mark("Sent on"), beside=True, listed=False, live=True)
    due_on: Mapped[date | None] = field(mark("Term"), live=True, index=True)
    prolonged_to: Mapped[date | None] = field(
        mark("Prolonged to"), beside=True, listed=False, live=True
    )
    answer_number: Mapped[str | None] = field(
        mark("Number of the answer"), listed=False, live=True
    )
    answered_on: Mapped[date | None] = field(
        mark("Answered on"), beside=True, listed=False, live=True
    )
    state: Mapped[str | None] = field(
        mark("State"), choices="reception_state", live=True, index=True
    )
    outcome: Mapped[str | None] = field(
        mark("Outcome"), beside=True, choices="appeal_outcome", live=True
    )
    told_on: Mapped[date | None] = field(mark("Applicant told on"), listed=False, live=True)
    satisfied: Mapped[bool | None] = field(
        mark("Applicant satisfied"), beside=True, listed=False, live=True
    )
