"""Anonymous answers: kept until sent in a shuffled batch, and taken by those who rate."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.session import Desk
from sync.answers import FEWEST, MOST, Answer
from sync.client import taken
from sync.client.facts import recall, remember
from sync.client.scrub import AGED
from sync.client.tables import Draft, TakenAnswer, TakenCounts, WaitingAnswer
from sync.errors import Refused
from sync.records.base import Values
from sync.records.survey import Wave

REFUSED = "answers_refused"  # the fact: {wave: how many were refused when last offered}


def finish(desk: Desk, wave: UUID, okrug: str, on: date, values: Values) -> None:
    """Keep one finished interview: who was asked, by whom and at what hour is not written down.

    `values` is {path: value} of the relevant questions; `okrug` a code of the region pack.
    """
    with desk.store.begin() as session:
        form = session.get_one(Wave, wave).form
        answer = Answer(
            wave=wave,
            form=UUID(form),
            district=desk.pack.district_of(okrug) or desk.person.district,
            okrug=okrug,
            on=on,
            values=values,
        )
        session.add(WaitingAnswer(id=answer.id, wave=wave, body=msgspec.json.encode(answer)))
        remember(session, _done(wave), done_here(session, wave) + 1)
        # in the same transaction: a crash must not offer an interview again that was counted
        session.execute(delete(Draft).where(Draft.key == draft_key(wave)))


def draft_key(wave: UUID) -> str:
    """Where an interview that is going on is kept, see desktop.actions.drafts."""
    return f"interview:{wave}"


def done_here(session: Session, wave: UUID) -> int:
    """How many interviews of a wave were finished on this laptop."""
    return recall(session, _done(wave), int) or 0


@dataclass(frozen=True)
class Given:
    """How many answers the server took, and how many it refused; those are kept here."""

    sent: int
    refused: int


def send(desk: Desk) -> Given:
    """Send finished interviews, shuffled, at least FEWEST of a wave unless it has ended.

    What the server refuses of one wave does not stop the others; it is offered again next time.
    """
    sent, refused = 0, dict[UUID, int]()
    with desk.store() as session:
        waves = session.scalars(select(WaitingAnswer.wave).distinct()).all()
    for wave in waves:
        for batch in _batches(desk, wave):
            try:
                desk.server.send_answers(batch)
            except Refused:
                refused[wave] = refused.get(wave, 0) + len(batch)
                continue
            with desk.store.begin() as session:
                ids = [answer.id for answer in batch]
                session.execute(delete(WaitingAnswer).where(WaitingAnswer.id.in_(ids)))
            sent += len(batch)
    _note_refused(desk, refused)
    return Given(sent, sum(refused.values()))


def count_refused(session: Session) -> int:
    """How many of the answers that wait the server refused when they were last offered."""
    return sum((recall(session, REFUSED, dict[UUID, int]) or {}).values())


def _batches(desk: Desk, wave: UUID) -> list[list[Answer]]:
    """All that waits of a wave, shuffled, in batches of which none is small; [] while too few."""
    with desk.store() as session:
        bodies = session.scalars(
            select(WaitingAnswer.body).where(WaitingAnswer.wave == wave)
        ).all()
        known = session.get(Wave, wave)
    waiting = [msgspec.json.decode(body, type=Answer) for body in bodies]
    ends_on = known.ends_on if known is not None else None
    if len(waiting) < FEWEST and (ends_on is None or ends_on >= date.today()):  # noqa: DTZ011
        return []
    random.SystemRandom().shuffle(waiting)
    number = math.ceil(len(waiting) / MOST)
    return [waiting[first::number] for first in range(number)]


def _note_refused(desk: Desk, refused: dict[UUID, int]) -> None:
    with desk.store() as session:
        before = recall(session, REFUSED, dict[UUID, int]) or {}
    if refused != before:
        with desk.store.begin() as session:
            remember(session, REFUSED, refused)


def take(desk: Desk, counts: Mapping[UUID, int], counted: Mapping[UUID, int] | None = None) -> int:
    """Take the answers of those waves of which the server has another number; how many are new.

    `counted`: of these the server has counts instead, and the answers go from this laptop.
    """
    for wave in counted or ():
        _take_counts(desk, wave)
    new = 0
    with desk.store() as session:
        here = taken.counts(session)
    for wave, count in counts.items():
        known = here.get(wave, 0)
        fresh = desk.server.take_answers(wave, known) if count != known else []
        if not fresh:
            continue
        with desk.store.begin() as session:
            session.execute(delete(TakenAnswer).where(TakenAnswer.wave == wave))
            session.add_all(
                TakenAnswer(id=one.id, wave=wave, body=msgspec.json.encode(one)) for one in fresh
            )
        new += len(fresh) - known
    return new


def _take_counts(desk: Desk, wave: UUID) -> None:
    """In the place of its answers. What came to the server since it counted is taken anew."""
    told = desk.server.take_counts(wave)
    body, answers = msgspec.json.encode(told), sum(one.answers for one in told)
    with desk.store.begin() as session:
        session.merge(TakenCounts(wave=wave, answers=answers, body=body))
        session.execute(delete(TakenAnswer).where(TakenAnswer.wave == wave))
        remember(session, AGED, True)  # the next look empties the file's journal


def of_wave(desk: Desk, wave: UUID) -> list[Answer]:
    """All answers of a wave on this laptop: those taken, and those that still wait."""
    with desk.store() as session:
        came = session.scalars(select(TakenAnswer.body).where(TakenAnswer.wave == wave)).all()
        unsent = session.scalars(
            select(WaitingAnswer.body).where(WaitingAnswer.wave == wave)
        ).all()
    return [msgspec.json.decode(body, type=Answer) for body in [*came, *unsent]]


def _done(wave: UUID) -> str:
    return f"interviews:{wave}"
