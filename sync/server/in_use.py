"""A form that people were asked by stays as it is, whatever comes from a laptop.

A laptop refuses the same where it knows that the form is used (desktop.actions.in_use). It may not know:
somebody else opened the wave, or filled the form in, while it was offline.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.change import UNSURE, Change
from sync.errors import Refused
from sync.in_use import FORM_FILLED, FORM_USED
from sync.merge import Standing
from sync.person import REGION
from sync.records.base import field_map
from sync.records.filled_form import FilledForm
from sync.records.survey import Form, Wave
from sync.server import lives
from sync.server.tables import Kept

ASKED = (*field_map(Form), "removed")  # what a form is; its other fields say who worked on it


def check(session: Session, change: Change, before: Standing, after: Standing) -> None:
    """Raise Refused, with the reason, where a form that is used would become another one.

    All that was accepted must be in the tables. What is told again after a restore is taken, once: so
    it stood, and the wave that asks by it may have come back sooner.
    """
    if all(before.fields.get(name) == after.fields.get(name) for name in ASKED):
        return
    if _is_told_again(session, change, before):
        return
    by_it = Kept.fields["form"].as_string() == str(before.record)
    waves = select(Kept.fields).where(Kept.district == REGION, Kept.kind == Wave.kind, by_it)
    for wave in session.scalars(waves):
        if not wave.get("removed"):
            raise Refused(FORM_USED, wave=wave.get("title") or "")
    filled = select(Kept.id).where(Kept.kind == FilledForm.kind, by_it)
    if session.scalar(filled.limit(1)) is not None:
        raise Refused(FORM_FILLED)


def _is_told_again(session: Session, change: Change, before: Standing) -> bool:
    """Whether a laptop says that a restored server lost this, and it can be so."""
    said = change.whole or change.witness or change.base == UNSURE
    return said and before.revision <= lives.began_at(session, before.district)
