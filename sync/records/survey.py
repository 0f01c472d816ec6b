"""What a survey is made of: its form, the officials it rates, and its waves.

Answers are not here: they are anonymous and no records, see sync/answers.py.
"""

from datetime import date

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Record, field
from sync.records.held import Held


class Form(Record):
    """One version of an XLSForm, as the XForm that pyxform made of it. Never edited once used."""

    __tablename__ = kind = "form"
    label = mark("Form")
    held = Held("survey", "wave")
    regional = True

    name: Mapped[str | None] = field(mark("Name"), required=True)
    version: Mapped[str | None] = field(mark("Version"))
    xform: Mapped[str | None] = field(mark("Questions"), required=True, long=True, listed=False)


class Official(Record):
    """A post of the akimat or the party whose work is rated. The office, not the person."""

    __tablename__ = kind = "official"
    label = mark("Official")
    held = Held("office", "official", "official", "office")
    regional = True

    post: Mapped[str | None] = field(mark("Post"), required=True)
    name: Mapped[str | None] = field(mark("Name"))
    body: Mapped[str | None] = field(mark("Body"), required=True, choices="official_body")
    territory: Mapped[str | None] = field(mark("Territory"))
    since: Mapped[date | None] = field(mark("In office from"))
    until: Mapped[date | None] = field(mark("In office until"))


class Wave(Record):
    """One survey in time: a form, its dates, its territories, and its passport."""

    __tablename__ = kind = "wave"
    label = mark("Survey wave")
    held = Held("survey", "wave")
    regional = True

    title: Mapped[str | None] = field(mark("Title"), required=True)
    form: Mapped[str | None] = field(mark("Form"), required=True, link="form")
    starts_on: Mapped[date | None] = field(mark("From"), required=True)
    ends_on: Mapped[date | None] = field(mark("Until"), required=True)
    districts: Mapped[list[str] | None] = field(mark("Districts"), listed=False)
    rated: Mapped[list[str] | None] = field(mark("Officials rated"), listed=False)
    target: Mapped[int | None] = field(mark("Interviews planned in each district"), smallest=0)
    client: Mapped[str | None] = field(mark("Who asks and who pays"), listed=False)
    method: Mapped[str | None] = field(mark("Method"), long=True, listed=False)
