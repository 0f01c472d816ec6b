"""How many people live where, as the statistics office counted them: what ratings are fitted to."""

from datetime import date

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Record, field
from sync.records.held import Held

LONGEST_COUNTS = 400_000  # characters: seventeen districts by sex and by year of age have half


class Census(Record):
    """A table of population counts. `counts` is written as desktop.surveys.census.kept says."""

    __tablename__ = kind = "census"
    label = mark("Population counts")
    held = Held("survey", "wave")
    regional = True

    title: Mapped[str | None] = field(mark("Title"), required=True)
    source: Mapped[str | None] = field(mark("Source"), required=True)
    counted_on: Mapped[date | None] = field(mark("Counted on"), required=True)
    counts: Mapped[str | None] = field(
        mark("Numbers of people"), required=True, long=True, longest=LONGEST_COUNTS, listed=False
    )
