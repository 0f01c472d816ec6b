"""Anonymous answers: kept until sent in a crowd of people who are alike, and taken by those who rate."""

import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.actions import signs
from desktop.actions.signs import Seen
from desktop.copied_answers import DUE, INTERVIEW, forget_copied
from desktop.second_place import owe
from desktop.session import Desk
from desktop.surveys.crowds import crowds
from desktop.surveys.names import screened
from desktop.surveys.waves.cells import design_of
from desktop.tidying import empty_journal
from sync.answers import MOST, Answer, anonymous
from sync.client import progress, taken
from sync.client.facts import recall, remember
from sync.client.scrub import AGED
from sync.client.tables import Draft, TakenAnswer, TakenCounts, TakenSigns, WaitingAnswer
from sync.counts import DAYS
from sync.errors import Refused
from sync.records.base import Values
from sync.records.survey import Wave

REFUSED = "answers_refused"  # the fact: {wave: how many were refused when last offered}


def finish(
    desk: Desk, wave: UUID, okrug: str, on: date, values: Values, seen: Seen | None = None
) -> None:
    """Keep one finished interview: who was asked, by whom and on which day is not written down.

    `values` is {path: value} of the relevant questions; `okrug` the code of a place of the region
    pack; `seen` goes into sums (desktop.actions.signs) and is forgotten. Texts that were typed are kept
    with black in the place of people (desktop.surveys.names).
    """
    values = {path: screened(value) for path, value in values.items()}
    with desk.store.begin() as session:
        of = session.get_one(Wave, wave)
        given = Answer(
            wave=wave,
            form=UUID(of.form),
            district=desk.pack.district_of(okrug) or desk.person.district,
            okrug=okrug,
            on=on,
            values=values,
        )
        answer = anonymous(given, of.starts_on, desk.pack)
        if seen is not None:
            signs.add(session, answer, seen)
        session.add(WaitingAnswer(id=answer.id, wave=wave, body=msgspec.json.encode(answer)))
        cell = design_of(of).cell_of(okrug or answer.district, values, desk.pack)
        progress.count(session, wave, answer.district, cell.key if cell else "")
        remember(session, _done(wave), done_here(session, wave) + 1)
        # in the same transaction: a crash must not offer an interview again that was counted
        session.execute(delete(Draft).where(Draft.key == draft_key(wave)))


def draft_key(wave: UUID) -> str:
    """Where an interview that is going on is kept, see desktop.actions.drafts."""
    return f"{INTERVIEW}{wave}"


def done_here(session: Session, wave: UUID) -> int:
    """How many interviews of a wave were finished on this laptop."""
    return recall(session, _done(wave), int) or 0


@dataclass(frozen=True)
class Given:
    """How many answers the server took, and how many it refused; those are kept here."""

    sent: int
    refused: int


def send(desk: Desk, now: datetime | None = None) -> Given:
    """Send finished interviews whose crowd is there (desktop.surveys.crowds), and forget them.

    Whether a wave has ended is told by `now`, the server's clock: by that of a laptop which is years
    behind it never would, and what is few would wait until it is deleted. Without it by the laptop's.
    What the server refuses of one wave does not stop the others; it is offered again next time. So is
    what it may have taken without our hearing of it, in the same batch: another one might be few.
    """
    sent, refused = 0, dict[UUID, int]()
    with desk.store() as session:
        waves = session.scalars(select(WaitingAnswer.wave).distinct()).all()
    for wave in waves:
        _gather(desk, wave, now)
        for upload, batch in _uploads(desk, wave):
            try:
                desk.server.send_answers(batch)
            except Refused:
                refused[wave] = refused.get(wave, 0) + len(batch)
                continue
            with desk.store.begin() as session:
                session.execute(delete(WaitingAnswer).where(WaitingAnswer.upload == upload))
                owe(session, [], datetime.now(UTC))  # copies on a stick hold them
                remember(session, DUE, True)  # and those here
            sent += len(batch)
    if sent:
        empty_journal(desk)
    forget_copied(desk)
    _note_refused(desk, refused)
    return Given(sent, sum(refused.values()))


def let_go(desk: Desk, now: datetime | None) -> int:
    """Delete those that are too few to be sent, and whose wave ended DAYS ago → how many.

    `now` is the server's clock; None deletes nothing.
    """
    if now is None:
        return 0
    past = Wave.ends_on < now.date() - timedelta(days=DAYS)
    with desk.store.begin() as session:
        few = session.execute(
            select(WaitingAnswer.wave, func.count())
            .join(Wave, Wave.id == WaitingAnswer.wave)
            .where(past, WaitingAnswer.upload.is_(None))
            .group_by(WaitingAnswer.wave)
        ).all()
        waves = [wave for wave, _ in few]
        alone = WaitingAnswer.wave.in_(waves) & WaitingAnswer.upload.is_(None)
        session.execute(delete(WaitingAnswer).where(alone))
        progress.let_go(session, list(session.scalars(select(Wave.id).where(past))))
    return sum(number for _, number in few)


def count_refused(session: Session) -> int:
    """How many of the answers that wait the server refused when they were last offered."""
    return sum((recall(session, REFUSED, dict[UUID, int]) or {}).values())


def _gather(desk: Desk, wave: UUID, now: datetime | None = None) -> None:
    """Name the uploads in which those go whose crowd is there now, and take out of them what stays.

    In one transaction, before anything is sent: whatever happens on the way, they go together.
    """
    with desk.store.begin() as session:
        of = session.get(Wave, wave)
        waiting = select(WaitingAnswer).where(
            WaitingAnswer.wave == wave, WaitingAnswer.upload.is_(None)
        )
        rows = {row.id: row for row in session.scalars(waiting)}
        answers = [msgspec.json.decode(row.body, type=Answer) for row in rows.values()]
        today = now.date() if now else date.today()  # noqa: DTZ011  # the day of the place
        ended = of is not None and of.ends_on is not None and of.ends_on < today
        design, chance = design_of(of), random.SystemRandom()
        found = crowds(answers, ended=ended, chance=chance, design=design)
        signs.add_likeness(session, [one for crowd in found for one in crowd])
        for batch in _cut(found):
            upload = uuid4()
            for one in batch:
                rows[one.id].body, rows[one.id].upload = msgspec.json.encode(one), upload


def _cut(found: Iterable[list[Answer]]) -> list[list[Answer]]:
    """Crowds in batches that the server takes. None is parted, but for one that is too large alone.

    Each is of one district: where somebody may not answer any more, nothing else is refused with it.
    """
    batches: dict[str, list[list[Answer]]] = {}
    for crowd in found:
        own = batches.setdefault(crowd[0].district, [[]])
        number = math.ceil(len(crowd) / MOST)
        for part in (crowd[first::number] for first in range(number)):
            if len(own[-1]) + len(part) > MOST:
                own.append([])
            own[-1] += part
    return [batch for own in batches.values() for batch in own if batch]


def _uploads(desk: Desk, wave: UUID) -> list[tuple[UUID, list[Answer]]]:
    """What is to be sent of a wave: each upload with its answers, shuffled."""
    with desk.store() as session:
        going = select(WaitingAnswer.upload, WaitingAnswer.body).where(
            WaitingAnswer.wave == wave, WaitingAnswer.upload.is_not(None)
        )
        found: dict[UUID, list[Answer]] = {}
        for upload, body in session.execute(going):
            assert upload is not None
            found.setdefault(upload, []).append(msgspec.json.decode(body, type=Answer))
    for batch in found.values():
        random.SystemRandom().shuffle(batch)
    return list(found.items())


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
        session.execute(delete(TakenSigns).where(TakenSigns.wave == wave))
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
