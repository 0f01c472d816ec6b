"""The form of a wave on this laptop, and what is wrong with a wave that somebody wants to save."""

from functools import lru_cache
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.session import Desk
from desktop.surveys.form import Form as Asked
from desktop.surveys.form import load_form
from desktop.surveys.waves.checking import problems
from sync.errors import UserError
from sync.language import mark
from sync.records.base import Values
from sync.records.survey import Form, is_survey

BY_NAME = mark("This form is filled in by name. A survey is anonymous: choose another form.")


def form_of(session: Session, id: object) -> Asked | None:
    """The form of this id; None where it is not here, or cannot be read."""
    row = _form(session, id)
    return _loaded(row.xform) if row is not None and row.xform else None


def check(desk: Desk, session: Session, values: Values) -> dict[str, UserError]:
    """A sentence by field; empty when all is well."""
    id = values.get("form")
    named = {} if _is_survey(session, id) else {"form": UserError(BY_NAME)}
    return problems(values, form_of(session, id), desk.pack) | named


@lru_cache(maxsize=8)
def _loaded(xform: str) -> Asked | None:
    try:
        return load_form(xform)
    except UserError:  # whoever runs it is told
        return None


def _is_survey(session: Session, id: object) -> bool:
    row = _form(session, id)
    return row is None or is_survey({"use": row.use})


def _form(session: Session, id: object) -> Form | None:
    try:
        return session.get(Form, UUID(id)) if isinstance(id, str) else None
    except ValueError:
        return None
