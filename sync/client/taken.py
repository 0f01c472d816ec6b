"""The answers of surveys that are on this laptop to rate by."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync.client.tables import TakenAnswer

WAVE = TakenAnswer.__table__.c.wave
COUNTED = select(WAVE, func.count()).group_by(WAVE)


def counts(session: Session) -> dict[UUID, int]:
    """{wave: how many}."""
    return dict(session.execute(COUNTED).all())
