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

    another = mark("Fill in a form")
    none_yet = mark("No forms filled in yet. Fill in the first one; no network is needed.")
    untitled = mark("Form that is not chosen yet")
    named_by, dated_by = "title", "filled_on"

    form: Mapped[str | None] = field(
        mark("Form to fill in"), under=mark("What, when and where"), required=True, link="form"
    )
    title: Mapped[str | None] = field(  # the form's name
        mark("What was filled in"), apart=True, stays=True
    )
    filled_on: Mapped[date | None] = field(mark("Date"), beside=True, required=True, index=True)
    village: Mapped[str | None] = field(mark("Village"), required=True, place=True)
    answers: Mapped[dict[str, str] | None] = field(mark("Answers"), apart=True, listed=False)
    personal: Mapped[dict[str, str] | None] = field(
        mark("Answers about people"),
        under=mark("By whose consent"),
        apart=True,
        private=True,
        listed=False,
        held=BY_CONSENT,
    )
