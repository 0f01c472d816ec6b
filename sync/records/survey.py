"""What a survey is made of: its form, the officials it rates, and its waves.

Answers are not here: they are anonymous and no records, see sync/answers.py.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Record, field
from sync.records.held import Held, by_team

LONGEST_FORM = 1_000_000  # characters of an XForm with its lists
LONGEST_PICTURES = 1_500_000  # characters of the pictures in it, besides
NAMED = "named"  # of the vocabulary form_use: filled in by name, see sync.records.filled_form


class Form(Record):
    """One version of an XLSForm, as the XForm that pyxform made of it. Never edited once used."""

    __tablename__ = kind = "form"
    label = mark("Form")
    held = Held("survey", "wave")
    regional = True

    name: Mapped[str | None] = field(mark("Name"), required=True)
    version: Mapped[str | None] = field(mark("Version"))
    use: Mapped[str | None] = field(mark("Used as"), choices="form_use")  # none: of a survey
    xform: Mapped[str | None] = field(
        mark("Questions"),
        required=True,
        long=True,
        longest=LONGEST_FORM + LONGEST_PICTURES,
        listed=False,
    )


class Official(Record):
    """A post of the akimat or the party whose work is rated. The office, not the person."""

    __tablename__ = kind = "official"
    label = mark("Official")
    held = Held("office", "official", "official", "office")
    regional = True

    post: Mapped[str | None] = field(mark("Post"), required=True)
    name: Mapped[str | None] = field(mark("Held by"))
    body: Mapped[str | None] = field(mark("Body"), required=True, choices="official_body")
    territory: Mapped[str | None] = field(mark("Territory"))
    since: Mapped[date | None] = field(mark("In office from"))
    until: Mapped[date | None] = field(mark("In office until"))


class Wave(Record):
    """One survey in time: a form, its dates, its territories, its cells, and its passport.

    What `groups` and `quotas` mean is said in sync/quotas.py; what a passport must hold by law is
    desktop/surveys/waves/passport.py's. Both are sets of lines, so that two people's edits merge.
    """

    __tablename__ = kind = "wave"
    label = mark("Survey wave")
    held = Held("survey", "wave")
    regional = True

    title: Mapped[str | None] = field(mark("Title"), required=True)
    form: Mapped[str | None] = field(mark("Form"), required=True, link="form")
    starts_on: Mapped[date | None] = field(mark("From"), required=True)
    ends_on: Mapped[date | None] = field(mark("Until"), required=True)

    districts: Mapped[list[str] | None] = field(mark("Districts"), listed=False)
    places: Mapped[list[str] | None] = field(mark("Okrugs and settlements"), listed=False)
    rated: Mapped[list[str] | None] = field(mark("Officials rated"), listed=False)

    target: Mapped[int | None] = field(mark("Interviews planned in each district"), smallest=0)
    cell_place: Mapped[str | None] = field(
        mark("Cells of each"), choices="cell_place", listed=False
    )
    groups: Mapped[list[str] | None] = field(mark("Groups that make cells"), listed=False)
    quotas: Mapped[list[str] | None] = field(mark("Interviews planned in a cell"), listed=False)

    asker: Mapped[str | None] = field(mark("Who asks"), listed=False)
    client: Mapped[str | None] = field(mark("Who ordered it and who pays"), listed=False)
    method: Mapped[str | None] = field(mark("Method"), long=True, listed=False)
    mode: Mapped[str | None] = field(
        mark("How people are asked"), choices="wave_mode", listed=False
    )
    sample: Mapped[str | None] = field(
        mark("How people are chosen"), choices="wave_sample", listed=False
    )
    population: Mapped[str | None] = field(mark("Whose opinion it is"), listed=False)
    consent_line: Mapped[str | None] = field(
        mark("What is said before the first question"), long=True, listed=False
    )
    census: Mapped[str | None] = field(mark("Fitted to"), link="census", listed=False)
    weighting: Mapped[str | None] = field(mark("Notes on weights"), long=True, listed=False)

    linked_to: Mapped[str | None] = field(mark("Linked to"), choices="ballot", listed=False)
    polling_day: Mapped[date | None] = field(mark("Voting day"), listed=False)
    experience: Mapped[int | None] = field(
        mark("Years of experience in polling"), smallest=0, listed=False
    )
    specialists: Mapped[str | None] = field(
        mark("Specialists who make it"), long=True, listed=False, held=by_team("survey", "wave")
    )
    notice_number: Mapped[str | None] = field(
        mark("Number of the notice to the election commission"), listed=False
    )
    notice_on: Mapped[date | None] = field(mark("Date of that notice"), listed=False)


def is_survey(form: Mapping[str, Any]) -> bool:
    """Whether a form asks anonymously, so that a wave may have it. Those from before `use` do."""
    return form.get("use") != NAMED
