"""A day of the calendar that is not as the program has it: moved by the government, or a year entered."""

from datetime import date

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Record, field
from sync.records.held import Held


class CalendarDay(Record):
    """One entry of the coordinator's. It goes before `sync.working_days`, on every laptop."""

    __tablename__ = kind = "calendar_day"
    label = mark("Day of the calendar")
    held = Held("calendar", "calendar")
    regional = True

    day: Mapped[date | None] = field(mark("Day"), required=True, index=True)
    sort: Mapped[str | None] = field(mark("What it is"), required=True, choices="calendar_day")
    said: Mapped[str | None] = field(
        mark("Act or holiday"),
        required=True,
        hint=mark("By which act: the body, the date and the number"),
    )
