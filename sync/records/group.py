"""The operative group itself: its ten people with the okrugs that each covers, and the week's plan."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Part, Reviewed, field
from sync.records.held import Held, by_team


class Member(Reviewed):
    """One of the ten. Who may sign in is an account's business; this is the roster."""

    __tablename__ = kind = "member"
    label, several = mark("Member of the group"), mark("Members")
    held = by_team("roster", "member")
    another = mark("New member")
    photographed = False  # a face is biometric data
    none_yet = mark("Nobody yet. A group has ten members, one of them the leader.")
    untitled = mark("Member without a name")
    named_by, told_by, dated_by = "name", "role", "since"
    begins: ClassVar = {"role": "member", "state": "active"}

    name: Mapped[str | None] = field(
        mark("Full name"), under=mark("Member of the group"), required=True, stays=True
    )
    role: Mapped[str | None] = field(mark("Role"), required=True, choices="member_role")
    phone: Mapped[str | None] = field(
        mark("Phone"),
        beside=True,
        private=True,
        listed=False,
        held=by_team("roster", "member"),
    )
    since: Mapped[date | None] = field(mark("In the group from"), required=True, index=True)
    until: Mapped[date | None] = field(mark("In the group until"), beside=True, live=True)
    state: Mapped[str | None] = field(
        mark("State"), beside=True, required=True, choices="member_state", live=True
    )
    okrugs: Mapped[list[str] | None] = field(
        mark("Okrugs covered"), under=mark("Where"), okrugs=True
    )


class WeekPlan(Reviewed):
    """Who goes where in a week."""

    __tablename__ = kind = "week_plan"
    label, several = mark("Plan of the week"), mark("Plans of the week")
    held = Held("field_work", "week_plan")
    another = mark("New plan")
    photographed = False
    none_yet = mark("No plans yet. Write down who goes where this week.")
    untitled = mark("Plan of the week")
    named_by, dated_by = "aim", "week_on"

    week_on: Mapped[date | None] = field(
        mark("Week from"), under=mark("Week"), required=True, index=True
    )
    aim: Mapped[str | None] = field(mark("What matters this week"), stays=True)


class Outing(Part):
    """One trip of a plan."""

    __tablename__ = kind = "outing"
    label = mark("Trip")
    held = by_team("field_work", "record")
    parents = ("week_plan",)
    heading, another = mark("Trips"), mark("Add a trip")
    none_yet = mark("No trips yet. A trip says who goes where, and on which day.")

    day: Mapped[date | None] = field(mark("Date"), required=True, index=True)
    village: Mapped[str | None] = field(mark("Village"), beside=True, required=True, place=True)
    who: Mapped[str | None] = field(mark("Who goes"), required=True)
    topic: Mapped[str | None] = field(mark("Topic"), beside=True, choices="visit_topic")
