"""How many interviews of each wave were held: what laptops have told, and the sums that they are told.

A row is one laptop's, under an id of chance; neither the laptop, nor its person, nor the time is kept.
The sums go to those who ask people or rate by them, of their district, or of all.
"""

from collections.abc import Collection
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from sync.person import Person
from sync.policy import Action, Place, may, reach
from sync.progress import Done, Told, add_up, mark_of_done
from sync.server.tables import KeptDone


def keep(session: Session, done: Collection[Done], person: Person) -> None:
    """Write down what a laptop has finished. What cannot be, or is not theirs to tell, is dropped.

    The larger number stands: a letter that comes late, or a laptop put back from a copy, takes nothing
    away.
    """
    for one in done:
        if not one.fits() or not may(person, Action.ANSWER, one.district):
            continue
        body = msgspec.json.encode(one)
        key = (one.wave, one.district, one.id)
        known = session.get(KeptDone, key, populate_existing=True)
        if known is None:
            names = dict(zip(("wave", "district", "id"), key, strict=True))
            session.add(KeptDone(**names, answers=one.answers, mark=mark_of_done(body), body=body))
        elif known.answers < one.answers:
            known.answers, known.mark, known.body = one.answers, mark_of_done(body), body
        session.flush()


def told_to(role: str) -> frozenset[Place]:
    """Where people of this role hear of progress: where they ask, and where they rate."""
    return reach(role, Action.ANSWER) | reach(role, Action.RATE)


def sums(session: Session, person: Person, mark: str) -> Told:
    """What this person is told, for which `mark` stands."""
    rows = session.execute(select(KeptDone.body).where(*seen_by(person))).scalars()
    done = [msgspec.json.decode(body, type=Done) for body in rows]
    return Told(mark=mark, waves=add_up(done))


def seen_by(person: Person) -> list[ColumnElement[bool]]:
    """Everything, or their own district."""
    everywhere = Place.OTHER in told_to(person.role)
    return [] if everywhere else [KeptDone.district == person.district]


def waves(session: Session) -> set[UUID]:
    """Of which something was told."""
    return set(session.scalars(select(KeptDone.wave).distinct()))


def forget(session: Session, wave: UUID) -> None:
    """The term of its answers is over."""
    session.execute(delete(KeptDone).where(KeptDone.wave == wave))
