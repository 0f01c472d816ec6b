"""The answers of surveys that are on this laptop to rate by."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync.client.tables import TakenAnswer


def counts(session: Session) -> dict[UUID, int]:
    """{wave: how many}."""
    counted = select(TakenAnswer.wave, func.count()).group_by(TakenAnswer.wave)
    return dict(session.execute(counted).all())
