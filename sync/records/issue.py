"""A citizen's issue, from its first word to the answer and the citizen's verdict."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records import consented
from sync.records.base import Part, Reviewed, field
from sync.records.consented import Consented
from sync.records.held import Held
from sync.records.numbered import numbered

OF_THE_APPLICANT = Held("contact", "issue", "citizen", "consent")


class Issue(Consented, Reviewed):
    __tablename__ = kind = "issue"
    label = mark("Issue")
    held = Held("casework", "issue", "citizen", "request")

    another = mark("New issue")
    none_yet = mark("No issues yet. Write down what people tell you; no network is needed.")
    untitled = mark("Issue without words yet")
    named_by, told_by, dated_by = "essence", "category", "received_on"
    begins: ClassVar = {"state": "new"}

    essence: Mapped[str | None] = field(
        mark("Essence"), under=mark("What happened"), required=True, long=True
    )
    category: Mapped[str | None] = field(
        mark("Category"), required=True, choices="issue_category", index=True
    )
    urgency: Mapped[str | None] = field(mark("Urgency"), beside=True, choices="urgency")
    appeal: Mapped[str | None] = field(mark("Kind of appeal"), choices="appeal_kind", listed=False)
    number: Mapped[str | None] = numbered("")

    village: Mapped[str | None] = field(
        mark("Village"), under=mark("Where and when"), required=True, place=True, index=True
    )
    address: Mapped[str | None] = field(mark("Where exactly"), listed=False)
    received_on: Mapped[date | None] = field(mark("Received on"), required=True, index=True)
    received_how: Mapped[str | None] = field(
        mark("Received how"), beside=True, choices="received_how", listed=False
    )
    meeting: Mapped[str | None] = field(
        mark("From the meeting"), link="meeting", listed=False, index=True
    )
    reception: Mapped[str | None] = field(
        mark("From the reception"), link="reception", listed=False, index=True
    )
    project: Mapped[str | None] = field(
        mark("About the project"), link="project", listed=False, index=True
    )

    applicant: Mapped[str | None] = consented.applicant(OF_THE_APPLICANT)
    phone: Mapped[str | None] = consented.phone(OF_THE_APPLICANT)

    state: Mapped[str | None] = field(
        mark("State"),
        under=mark("What is done about it"),
        choices="issue_state",
        live=True,
        index=True,
    )
    due_on: Mapped[date | None] = field(
        mark("Our control term"), beside=True, live=True, index=True
    )
    handed_to: Mapped[str | None] = field(
        mark("Handed over to"), listed=False, live=True, offers="department"
    )
    handed_on: Mapped[date | None] = field(
        mark("Handed over on"),
        listed=False,
        live=True,
        index=True,
        hint=mark("The day they received it: their term runs from it"),
    )
    incoming_number: Mapped[str | None] = field(
        mark("Their incoming number"), beside=True, listed=False, live=True
    )
    answer_rule: Mapped[str | None] = field(
        mark("Rule of their term"),
        choices="deadline_rule",
        listed=False,
        live=True,
        hint=mark("Empty: the law of the day they received it"),
    )
    outcome: Mapped[str | None] = field(
        mark("Outcome"), choices="appeal_outcome", listed=False, live=True
    )
    satisfied: Mapped[bool | None] = field(
        mark("Applicant satisfied"), beside=True, listed=False, live=True
    )


class Step(Part):
    """What was done about an issue. Written once; a mistake is put right by another step."""

    __tablename__ = kind = "step"
    label = mark("Step")
    held = Held("casework", "record", "citizen", "request")
    parents = ("issue",)
    append_only = late = True

    type: Mapped[str | None] = field(mark("What"), required=True, choices="step_type")
    done_on: Mapped[date | None] = field(mark("Date"), beside=True, required=True)
    until: Mapped[date | None] = field(mark("Extended until"))
    body: Mapped[str | None] = field(mark("Forwarded to"), offers="department")
    part: Mapped[bool | None] = field(mark("Only a part of it"), beside=True)
    text: Mapped[str | None] = field(mark("Details"), long=True)


# What reports of a region's year are added up from, without a look at the words of any issue.
Index(
    "ix_issue_report",
    *(Issue.received_on, Issue.district, Issue.village, Issue.category, Issue.state),
    *(Issue.due_on, Issue.satisfied, Issue.removed, Issue.review, Issue.id),
)
Index(
    "ix_step_reply", Step.parent, Step.done_on, Step.removed, sqlite_where=text("type = 'reply'")
)
