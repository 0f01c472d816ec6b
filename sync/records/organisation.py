"""The directory of bodies that answer for things, and of partners: from when until when each is one."""

from datetime import date

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Record, field
from sync.records.held import Held

DEPARTMENT, PARTNER = "department", "partner"  # of the vocabulary organisation_sort


class Organisation(Record):
    """A department that issues are handed to, or a partner of the work. Nobody's name stands here."""

    __tablename__ = kind = "organisation"
    label = mark("Body or partner")
    held = Held("partners", "body")
    regional = True
    another = mark("New body or partner")
    none_yet = mark("None yet. Who is written down here is offered where bodies are named.")
    named_by, told_by = "name", "sort"

    name: Mapped[str | None] = field(mark("Name"), under=mark("Body or partner"), required=True)
    sort: Mapped[str | None] = field(
        mark("Kind of body"), required=True, choices="organisation_sort"
    )
    territory: Mapped[str | None] = field(
        mark("District"), beside=True, hint=mark("Empty: the whole region")
    )
    address: Mapped[str | None] = field(mark("Address"), listed=False)
    phone: Mapped[str | None] = field(mark("Phone"), beside=True, listed=False)
    since: Mapped[date | None] = field(mark("In force from"), under=mark("When"))
    until: Mapped[date | None] = field(
        mark("In force until"), beside=True, hint=mark("Afterwards it is offered no more")
    )
