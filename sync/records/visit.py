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

    another = mark("New visit")
    none_yet = mark("No visits yet. Write down where you were today; no network is needed.")
    named_by, dated_by = "topic", "visited_on"

    visited_on: Mapped[date | None] = field(
        mark("Date"), under=mark("When and where"), required=True, index=True
    )
    topic: Mapped[str | None] = field(
        mark("Topic"), beside=True, required=True, choices="visit_topic"
    )
    village: Mapped[str | None] = field(mark("Village"), required=True, place=True)

    households: Mapped[int | None] = field(
        mark("Households visited"), under=mark("Whom and what"), smallest=0
    )
    people: Mapped[int | None] = field(mark("People met"), beside=True, smallest=0)
    outcome: Mapped[str | None] = field(mark("What came of it"), long=True, listed=False)
