"""The answers of surveys that are on this laptop to rate by."""

from uuid import UUID

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from sync.client.tables import TakenAnswer, TakenCounts

WAVE = TakenAnswer.__table__.c.wave
COUNTED = select(WAVE, func.count()).group_by(WAVE)
PAST = TakenCounts.__table__.c
BOTH = union_all(  # one statement: it is asked with every exchange
    select(literal(0), WAVE, func.count()).group_by(WAVE),
    select(literal(1), PAST.wave, PAST.answers),
)


def counts(session: Session) -> dict[UUID, int]:
    """{wave: how many}."""
    return dict(session.execute(COUNTED).all())


def both(session: Session) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """(what `counts` says, {wave: how many answers are counts by now})."""
    found: tuple[dict[UUID, int], dict[UUID, int]] = ({}, {})
    for is_past, wave, number in session.execute(BOTH):
        found[is_past][wave] = number
    return found
