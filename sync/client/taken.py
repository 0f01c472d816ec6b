"""The answers of surveys that are on this laptop to rate by."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync.client.tables import TakenAnswer, TakenCounts

WAVE = TakenAnswer.__table__.c.wave
COUNTED = select(WAVE, func.count()).group_by(WAVE)


def counts(session: Session) -> dict[UUID, int]:
    """{wave: how many}."""
    return dict(session.execute(COUNTED).all())


def counted(session: Session) -> dict[UUID, int]:
    """{wave: how many answers are counts by now}."""
    return dict(session.execute(select(TakenCounts.wave, TakenCounts.answers)).all())
