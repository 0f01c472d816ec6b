"""A working day in a village: where, whom, about what, and what came of it."""

from datetime import date

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Reviewed, field
from sync.records.held import Held


class Visit(Reviewed):
    __tablename__ = kind = "visit"
    label = mark("Visit")
    held = Held("field_work", "visit")

    visited_on: Mapped[date | None] = field(mark("Date"), required=True, index=True)
    village: Mapped[str | None] = field(mark("Village"), required=True, place=True)
    topic: Mapped[str | None] = field(mark("Topic"), required=True, choices="visit_topic")
    households: Mapped[int | None] = field(mark("Households visited"), smallest=0)
    people: Mapped[int | None] = field(mark("People met"), smallest=0)
    outcome: Mapped[str | None] = field(mark("What came of it"), long=True, listed=False)
