"""A form that was filled in by name: a household visit, say. Anonymous answers are in sync/answers.py.

What tells of nobody is in `answers`, all else in `personal`, which is kept by the person's consent.
The form says which question is which (`FormNode.personal`), and the laptop puts each answer in its
place: desktop/actions/filled_forms.py. Both are {path: value}, a question in a repeat with its number:
`/data/member[2]/age`. Each question is merged by itself, see sync/elements.py.
"""

from datetime import date

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Reviewed, field
from sync.records.consented import Consented
from sync.records.held import Held

BY_CONSENT = Held("field_work", "filled_form", "citizen", "consent")


class FilledForm(Consented, Reviewed):
    __tablename__ = kind = "filled_form"
    label = mark("Filled-in form")
    held = Held("field_work", "filled_form")
    consent_texts = "form"

    form: Mapped[str | None] = field(mark("Form to fill in"), required=True, link="form")
    title: Mapped[str | None] = field(mark("What was filled in"), stays=True)  # the form's name
    filled_on: Mapped[date | None] = field(mark("Date"), required=True, index=True)
    village: Mapped[str | None] = field(mark("Village"), required=True, place=True)
    answers: Mapped[dict[str, str] | None] = field(mark("Answers"), listed=False)
    personal: Mapped[dict[str, str] | None] = field(
        mark("Answers about people"), private=True, listed=False, held=BY_CONSENT
    )
