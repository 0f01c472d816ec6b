"""The directory of bodies that a sealed report may be handed over to."""

from datetime import date

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Record, field
from sync.records.held import Held


class CompetentBody(Record):
    """Who may look into corruption. The powers move from one body to another, hence a directory."""

    __tablename__ = kind = "competent_body"
    label = mark("Competent body")
    held = Held("directory", "body")
    regional = True

    name: Mapped[str | None] = field(mark("Name"), required=True)
    address: Mapped[str | None] = field(mark("Address"))
    phone: Mapped[str | None] = field(mark("Phone"), beside=True)
    since: Mapped[date | None] = field(mark("In force from"))
    until: Mapped[date | None] = field(
        mark("In force until"), beside=True, hint=mark("Afterwards it is offered no more")
    )
