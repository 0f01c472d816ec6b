"""The waves that run, and their forms."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from desktop.actions.answers import done_here
from desktop.session import Desk
from desktop.surveys.form import Form, load_form
from desktop.surveys.waves.anonymity import telling
from sync.answers import FEWEST
from sync.client import taken
from sync.client.tables import WaitingAnswer
from sync.errors import UserError
from sync.language import mark
from sync.person import REGION
from sync.records.survey import Form as FormRecord
from sync.records.survey import Wave


@dataclass(frozen=True)
class WaveState:
    """A wave as an interviewer sees it: how many are done here, of how many planned."""

    id: UUID
    title: str
    starts_on: date | None
    ends_on: date | None
    target: int | None
    done: int
    unsent: int
    taken: int  # answers from everyone, counted ones too, on the laptop of one who rates

    def runs(self, on: date) -> bool:
        """Whether interviews may be held on this day."""
        return (self.starts_on or on) <= on <= (self.ends_on or on)

    def gathers(self, on: date) -> bool:
        """Whether interviews wait here for others of their like, or because they are too few."""
        over = self.ends_on is not None and self.ends_on < on
        return bool(self.unsent) and (not over or self.unsent < FEWEST)


def list_waves(desk: Desk) -> list[WaveState]:
    """The waves of this person's district, the newest first."""
    with desk.store() as session:
        waves = session.scalars(
            select(Wave).where(~Wave.removed).order_by(Wave.starts_on.desc(), Wave.id)
        )
        answers, counted = taken.both(session)
        return [
            WaveState(
                id=wave.id,
                title=wave.title or "",
                starts_on=wave.starts_on,
                ends_on=wave.ends_on,
                target=wave.target,
                done=done_here(session, wave.id),
                unsent=session.scalar(
                    select(func.count(WaitingAnswer.id)).where(WaitingAnswer.wave == wave.id)
                )
                or 0,
                taken=answers.get(wave.id, 0) + counted.get(wave.id, 0),
            )
            for wave in waves
            if not wave.districts or desk.person.district in (REGION, *wave.districts)
        ]


def form_to_ask(desk: Desk, wave: UUID) -> Form:
    """The form of a wave, ready to be asked by.

    Raises UserError where it has not come yet, or would say who answers: a wave may be older than
    the rule, or of another program.
    """
    form = load_form(xform_of(desk, wave))
    if told := next(telling(form), None):
        raise told.why
    return form


def xform_of(desk: Desk, wave: UUID) -> str:
    """The XForm of a wave. Raises UserError where it has not come with a sync yet."""
    with desk.store() as session:
        found = session.get(Wave, wave)
        form = session.get(FormRecord, UUID(found.form)) if found and found.form else None
        if form is None or not form.xform:
            raise UserError(mark("The form of this survey is not on this laptop yet. Sync first."))
        return form.xform
